import { string, strings, table } from "../cargo/toml.ts";
import type { DoctorFinding } from "../model/doctor.ts";
import { keySpan } from "../source/toml-place.ts";
import type { TomlText } from "./cargo-config.ts";

const FILE = "rust-toolchain.toml";

/** A custom target needs a nightly compiler with the sources of std. */
export function checkToolchain(toolchain: TomlText | undefined): DoctorFinding[] {
  const nightly =
    'Write `channel = "nightly-YYYY-MM-DD"` and `components = ["rust-src"]` under `[toolchain]`.';
  if (toolchain === undefined) {
    return [
      {
        check: "toolchain",
        level: "note",
        file: FILE,
        start: { line: 1, column: 1 },
        message:
          "no rust-toolchain.toml: target specifications change with the compiler, so pin one",
        fix: nightly,
      },
    ];
  }
  const { file, text, raw } = toolchain;
  const settings = table(raw["toolchain"]);
  const channel = string(settings?.["channel"]) ?? "";
  const at = (key: string): DoctorFinding["start"] =>
    keySpan({ text, table: "toolchain", key }).start;
  const found: DoctorFinding[] = [];
  if (!channel.startsWith("nightly")) {
    found.push({
      check: "toolchain",
      level: "error",
      file,
      start: at("channel"),
      message: `the toolchain is \`${channel}\`: -Zbuild-std and -Zjson-target-spec are nightly's`,
      fix: nightly,
    });
  }
  if (!strings(settings?.["components"]).includes("rust-src")) {
    found.push({
      check: "rust-src",
      level: "error",
      file,
      start: at("components"),
      message: "the sources of std are not among the components, and std has to be built from them",
      fix: 'Write `components = ["rust-src"]`.',
    });
  }
  return found;
}
