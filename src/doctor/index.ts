import { CONFIG_FILES } from "../cargo/config.ts";
import { parseToml } from "../cargo/toml.ts";
import { loadSpecFormat, loadSpecNeeds } from "../kb/target-spec.ts";
import type { DoctorFinding } from "../model/doctor.ts";
import type { Profile } from "../model/profile.ts";
import { PackageReader } from "../source/read-file.ts";
import { specFiles } from "../source/target-spec-sites.ts";
import { InputError } from "../util/errors.ts";
import { checkConfig, type TomlText } from "./cargo-config.ts";
import { checkManifest } from "./manifest.ts";
import { checkToolchain } from "./rust-toolchain.ts";
import { checkSpec } from "./target-spec.ts";

export { applyEdits } from "./spec-edits.ts";

/** Texts that a check has read, by path; `--fix` writes their changed forms. */
export interface Checkup {
  readonly findings: readonly DoctorFinding[];
  readonly texts: ReadonlyMap<string, string>;
}

/** Looks through the files that say how a workspace is built for an APE. Reads nothing outside its folder. */
export function checkToolchainOf(root: string, profile: Profile): Checkup {
  const reader = new PackageReader(root);
  const texts = new Map<string, string>();
  const findings: DoctorFinding[] = [];
  /** "broken": it has to be mended before anything else can be said of it, or written into it. */
  const toml = (files: readonly string[]): TomlText | "broken" | undefined => {
    for (const file of files) {
      const source = reader.read(file);
      if (!("text" in source)) continue;
      texts.set(file, source.text);
      const read = parsed(file, source.text);
      if ("raw" in read) return read;
      findings.push(read);
      return "broken";
    }
    return undefined;
  };
  const ground = { format: loadSpecFormat(), needs: loadSpecNeeds() };
  const targets: string[] = [];
  for (const file of specFiles(root)) {
    const source = reader.read(file);
    if (!("text" in source) || !looksLikeSpec(source.text)) continue;
    texts.set(file, source.text);
    targets.push(file.replace(/^.*\//u, "").replace(/\.json$/u, ""));
    findings.push(...checkSpec(file, source.text, ground));
  }
  const config = toml(CONFIG_FILES);
  if (config !== "broken") findings.push(...checkConfig(config, { targets, profile }));
  const manifest = toml(["Cargo.toml"]);
  const hasTargets = targets.length > 0;
  if (manifest !== undefined && manifest !== "broken")
    findings.push(...checkManifest(manifest, { hasTargets, profile }));
  const toolchain = hasTargets ? toml(["rust-toolchain.toml", "rust-toolchain"]) : "broken";
  if (toolchain !== "broken") findings.push(...checkToolchain(toolchain));
  return { findings, texts };
}

/** A broken specification is one too, as long as it means to be. */
function looksLikeSpec(text: string): boolean {
  return text.includes('"llvm-target"');
}

function parsed(file: string, text: string): TomlText | DoctorFinding {
  // NOTE: the old form of rust-toolchain is the channel and nothing else.
  if (file === "rust-toolchain" && !text.includes("["))
    return { file, text, raw: { toolchain: { channel: text.trim() } } };
  try {
    return { file, text, raw: parseToml(text, file) };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const [line = "1", column = "1"] = (error.place ?? "").split(":").slice(-2);
    return {
      check: "syntax",
      level: "error",
      file,
      start: { line: Number(line) || 1, column: Number(column) || 1 },
      message: error.message,
      fix: "Correct the line.",
    };
  }
}
