import { string, strings, table } from "../cargo/toml.ts";
import type { DoctorFinding } from "../model/doctor.ts";
import type { Profile } from "../model/profile.ts";
import { keySpan } from "../source/toml-place.ts";
import type { TomlText } from "./cargo-config.ts";

/** Checks what Cargo.toml says of the build: `lto`, `codegen-units`, `panic`, and the cfgs that rustc expects. */
export function checkManifest(
  manifest: TomlText,
  options: { readonly hasTargets: boolean; readonly profile: Profile },
): DoctorFinding[] {
  return [...profileFindings(manifest, options), ...cfgFindings(manifest, options)];
}

const SETTINGS: readonly {
  readonly key: string;
  readonly bad: (value: unknown) => boolean;
  readonly message: string;
  readonly fix: string;
}[] = [
  {
    key: "lto",
    bad: (value) => value === true || value === "fat",
    message: "fat link-time optimisation: on macOS arm64 a program that starts a thread crashes",
    fix: "Set `lto = false` for the build of the APE.",
  },
  {
    key: "codegen-units",
    bad: (value) => value === 1,
    message: "one codegen unit: on macOS arm64 `JoinHandle::join` never returns",
    fix: "Set `codegen-units = 16` for the build of the APE.",
  },
  {
    key: "panic",
    bad: (value) => value === "unwind",
    message:
      '`panic = "unwind"` asks for panic_unwind, which std is not built with by `build-std` of panic_abort',
    fix: 'Set `panic = "abort"`, or build panic_unwind too.',
  },
];

function profileFindings(
  { file, text, raw }: TomlText,
  { hasTargets, profile }: { readonly hasTargets: boolean; readonly profile: Profile },
): DoctorFinding[] {
  if (!hasTargets && profile.id === "none") return [];
  if (Object.hasOwn(profile.rules, "build-settings")) return [];
  return Object.entries(table(raw["profile"]) ?? {}).flatMap(([name, entry]) =>
    SETTINGS.flatMap(({ key, bad, message, fix }): DoctorFinding[] => {
      const value = table(entry)?.[key];
      if (value === undefined || !bad(value)) return [];
      const { start } = keySpan({ text, table: `profile.${name}`, key });
      return [{ check: `profile-${key}`, level: "warning", file, start, message, fix }];
    }),
  );
}

/** rustc warns of cfgs that nobody announced. */
function cfgFindings(
  { file, text, raw }: TomlText,
  { profile }: { readonly profile: Profile },
): DoctorFinding[] {
  const lints =
    table(table(raw["lints"])?.["rust"]) ??
    table(table(table(raw["workspace"])?.["lints"])?.["rust"]);
  const announced = strings(table(lints?.["unexpected_cfgs"])?.["check-cfg"]).join(" ");
  const used = profile.cfgs.filter(
    ({ name }) => !new RegExp(`cfg\\(\\s*${name}\\b`, "u").test(announced),
  );
  if (used.length === 0 || string(table(raw["package"])?.["name"]) === undefined) return [];
  const names = used.map(({ name }) => `'cfg(${name})'`).join(", ");
  const { start } = keySpan({ text, table: "lints.rust", key: "unexpected_cfgs" });
  return [
    {
      check: "check-cfg",
      level: "note",
      file,
      start,
      message: `rustc does not expect ${names}: code that asks for it is warned of`,
      fix: `Write \`unexpected_cfgs = { level = "warn", check-cfg = [${names}] }\` under \`[lints.rust]\`.`,
    },
  ];
}
