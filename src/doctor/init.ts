import { loadInitTexts } from "../kb/init.ts";
import { loadSpecFormat, loadSpecNeeds } from "../kb/target-spec.ts";
import { ARCHS } from "../model/host.ts";
import type { Profile } from "../model/profile.ts";
import { newSpec, TARGET_DIR, targetName } from "./new-spec.ts";
import type { CfgAtom } from "../model/workspace.ts";
import { cfgText } from "../util/cfg-text.ts";

/** A file to write. */
export interface NewFile {
  /** Relative to the workspace's root, `/`-separated. */
  readonly file: string;
  readonly text: string;
  readonly executable?: boolean;
}

/**
 * The files that build an APE of a workspace under a profile: two target specifications with their linker, cargo's
 * configuration and the toolchain. None where the profile's SDK brings its own.
 */
export function initFiles(profile: Profile): NewFile[] {
  if (profile.drivesCargo === true) return [];
  const format = loadSpecFormat();
  const needs = loadSpecNeeds();
  const { linker, shims } = loadInitTexts();
  return [
    ...ARCHS.flatMap((arch): NewFile[] => [
      { file: `${TARGET_DIR}/${targetName(arch)}.json`, text: newSpec(arch, format, needs) },
      { file: `${TARGET_DIR}/${arch}-linker`, text: linker, executable: true },
    ]),
    { file: `${TARGET_DIR}/shims.c`, text: shims },
    { file: ".cargo/config.toml", text: configText(profile) },
    { file: "rust-toolchain.toml", text: toolchainText(format.rustc) },
  ];
}

function configText({ cfgs, rustflags }: Profile): string {
  const flags = [...cfgs.map((cfg) => `--cfg=${cfgText(cfg)}`), ...rustflags];
  const written = flags.map((flag) => JSON.stringify(flag)).join(", ");
  const targets = ARCHS.map((arch) => `\n[target.${targetName(arch)}]\nrustflags = [${written}]\n`);
  const aliases = ARCHS.map(
    (arch) => `ape-${arch} = "build --release --target ${TARGET_DIR}/${targetName(arch)}.json"\n`,
  );
  return `[unstable]
json-target-spec = true
build-std = ["std", "panic_abort"]
${flags.length === 0 ? "" : targets.join("")}
[alias]
${aliases.join("")}`;
}

/** A nightly carries the commits of the day before. */
function toolchainText(rustc: string): string {
  const date = /\d{4}-\d{2}-\d{2}/u.exec(rustc)?.[0];
  const day = date === undefined ? undefined : new Date(Date.parse(date) + 86_400_000);
  const channel = day === undefined ? "nightly" : `nightly-${day.toISOString().slice(0, 10)}`;
  return `[toolchain]\nchannel = "${channel}"\ncomponents = ["rust-src"]\n`;
}

/** What the compiler is told to know, for its lint about cfgs. */
function checked({ name, value }: CfgAtom): string {
  return value === undefined ? `cfg(${name})` : `cfg(${name}, values(${JSON.stringify(value)}))`;
}

/** Tables that belong into Cargo.toml, each with its header. */
export function manifestTables(
  profile: Profile,
): { readonly header: string; readonly text: string }[] {
  const sdk = (profile.forks ?? []).filter(
    ({ brought, git }) => brought === "sdk" && git !== undefined,
  );
  const cfgs = profile.cfgs.map((cfg) => `'${checked(cfg)}'`).join(", ");
  return [
    ...(sdk.length === 0
      ? []
      : [
          {
            header: "[patch.crates-io]",
            text: sdk
              .map(({ name, git = "", branch }) => {
                const at = branch === undefined ? "" : `, branch = "${branch}"`;
                return `${name} = { git = "${git}"${at} }\n`;
              })
              .join(""),
          },
        ]),
    ...(cfgs === ""
      ? []
      : [
          {
            header: "[lints.rust]",
            text: `unexpected_cfgs = { level = "warn", check-cfg = [${cfgs}] }\n`,
          },
        ]),
  ];
}
