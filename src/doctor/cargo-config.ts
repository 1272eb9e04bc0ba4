import { parseToml, string, strings, table, type Table } from "../cargo/toml.ts";
import type { DoctorFinding, FileEdit } from "../model/doctor.ts";
import type { Profile } from "../model/profile.ts";
import { keySpan } from "../source/toml-place.ts";
import { cfgText } from "../util/cfg-text.ts";
import { applyEdits } from "./spec-edits.ts";

/** A TOML file of the toolchain's, read. */
export interface TomlText {
  readonly file: string;
  readonly text: string;
  readonly raw: Table;
}

/** What the configuration is held against. */
export interface ConfigGround {
  /** Stems of the target specifications: what cargo calls the targets. */
  readonly targets: readonly string[];
  readonly profile: Profile;
}

const FILE = ".cargo/config.toml";

/** Checks cargo's configuration: the switches for a custom target, pins that win over the SDK, cfgs. */
export function checkConfig(config: TomlText | undefined, ground: ConfigGround): DoctorFinding[] {
  if (ground.targets.length === 0 && config === undefined) return [];
  const findings = config === undefined ? [] : pins(config, ground);
  if (ground.targets.length === 0 || ground.profile.drivesCargo === true) return findings;
  return [...unstable(config), ...findings, ...cfgs(config, ground)];
}

/** `-Zjson-target-spec` and `-Zbuild-std`, the first of the six drifts and its companion. */
function unstable(config: TomlText | undefined): DoctorFinding[] {
  const settings = table(config?.raw["unstable"]);
  const text = config?.text ?? "";
  const file = config?.file ?? FILE;
  const { start } = keySpan({ text, table: "unstable", key: "build-std" });
  const found: DoctorFinding[] = [];
  if (settings?.["json-target-spec"] !== true) {
    found.push({
      check: "json-target-spec",
      level: "error",
      file,
      start,
      message: "cargo refuses a target specification in a file without -Zjson-target-spec",
      fix: "Write `json-target-spec = true` under `[unstable]`, or give the switch each time.",
      ...thatFit(text, jsonTargetSpec(text, settings?.["json-target-spec"])),
    });
  }
  const std = settings?.["build-std"];
  const parts = Array.isArray(std) ? strings(std) : [];
  if (std !== true && !parts.includes("std")) {
    found.push({
      check: "build-std",
      level: "error",
      file,
      start,
      message: "there is no std to download for this target, and cargo is not told to build it",
      fix: 'Write `build-std = ["std", "panic_abort"]` under `[unstable]`, or give -Zbuild-std each time.',
      ...(std === undefined
        ? thatFit(text, inUnstable(text, 'build-std = ["std", "panic_abort"]'))
        : {}),
    });
  }
  return found;
}

/** An edit that leaves a file which can be read: not every way to write a table leaves room for a further key. */
function thatFit(text: string, edit: FileEdit): { readonly edits?: readonly FileEdit[] } {
  try {
    parseToml(applyEdits(text, [edit]), FILE);
    return { edits: [edit] };
  } catch {
    return {};
  }
}

/** The switch on: in the place of another value, where it has one. */
function jsonTargetSpec(text: string, before: unknown): FileEdit {
  const known = /^(?<key>\s*(?:unstable\s*\.\s*)?json-target-spec\s*=\s*)[^\s#]+/mu.exec(text);
  if (before === undefined || known === null) return inUnstable(text, "json-target-spec = true");
  const start = known.index + (known.groups?.["key"] ?? "").length;
  return { start, end: known.index + known[0].length, text: "true" };
}

/** Behind the table's header, or as a dotted key at the top, which needs no table. */
function inUnstable(text: string, line: string): FileEdit {
  const header = /^\[unstable\][^\n]*(?<end>\n|$)/mu.exec(text);
  if (header === null) return { start: 0, end: 0, text: `unstable.${line}\n` };
  const at = header.index + header[0].length;
  const gap = header.groups?.["end"] === "" ? "\n" : "";
  return { start: at, end: at, text: `${gap}${line}\n` };
}

/** A `linker` of the configuration wins over the specification's and the SDK's. */
function pins({ file, text, raw }: TomlText, { targets }: ConfigGround): DoctorFinding[] {
  const known = new Set([...targets, "x86_64-unknown-linux-musl", "aarch64-unknown-linux-musl"]);
  return Object.entries(table(raw["target"]) ?? {}).flatMap(([triple, entry]): DoctorFinding[] => {
    const linker = string(table(entry)?.["linker"]);
    if (linker === undefined || !known.has(triple)) return [];
    const { start } = keySpan({ text, table: `target.${triple}`, key: "linker" });
    return [
      {
        check: "linker-pin",
        level: targets.includes(triple) ? "error" : "warning",
        file,
        start,
        message: `the linker of ${triple} is pinned to \`${linker}\`: it wins over the target specification's and the SDK's`,
        fix: "Take the line out for the build of the APE.",
      },
    ];
  });
}

/** The profile's cfgs have to reach the compiler. */
function cfgs(config: TomlText | undefined, { profile, targets }: ConfigGround): DoctorFinding[] {
  const text = config?.text ?? "";
  const given = new Set(flagsOf(config?.raw, targets));
  const missing = profile.cfgs.filter((cfg) => !given.has(cfgText(cfg)));
  if (missing.length === 0) return [];
  const { start } = keySpan({ text, table: "build", key: "rustflags" });
  const flags = missing.map((cfg) => JSON.stringify(`--cfg=${cfgText(cfg)}`)).join(", ");
  return [
    {
      check: "profile-cfg",
      level: "warning",
      file: config?.file ?? FILE,
      start,
      message: `profile ${profile.id} wants ${missing.map((cfg) => `\`--cfg ${cfgText(cfg)}\``).join(", ")}, and the configuration does not set it`,
      fix: `Write \`rustflags = [${flags}]\` under \`[build]\` or the target, or set RUSTFLAGS, which wins over both.`,
    },
  ];
}

function flagsOf(raw: Table | undefined, targets: readonly string[]): string[] {
  const all = table(raw?.["target"]);
  const tables = [table(raw?.["build"]), ...targets.map((triple) => table(all?.[triple]))];
  const words = tables.flatMap((each) => {
    const value = each?.["rustflags"];
    return typeof value === "string" ? value.split(/\s+/u) : strings(value);
  });
  return words.map((word) => word.replace(/^--cfg=?/u, "")).filter((word) => word !== "");
}
