import { existsSync } from "node:fs";
import path from "node:path";

import { EDITIONS, type Edition, type TargetKind } from "../../model/workspace.ts";
import { nameOf, type Manifest } from "../manifest.ts";
import { string, strings, table, type Table } from "../toml.ts";
import { entriesOf } from "../../util/entries.ts";

/** A compilation root as the manifest and the folder say, before anything is chosen. */
export interface FoundTarget {
  readonly kind: TargetKind;
  readonly name: string;
  /** Absolute. */
  readonly file: string;
  readonly edition: Edition;
  /** Features without which a bin is left out. */
  readonly requiredFeatures: readonly string[];
}

/** Lib, bins and build script of a package, found by cargo's rules. */
export function findTargets(manifest: Manifest): readonly FoundTarget[] {
  return [...findLib(manifest), ...findBins(manifest), ...findBuildScript(manifest)];
}

/** The edition of a package; 2015 where it says nothing. */
export function editionOf(entry: Table | undefined, fallback: Edition = "2015"): Edition {
  const said = string(entry?.["edition"]);
  return EDITIONS.find((edition) => edition === said) ?? fallback;
}

function findLib(manifest: Manifest): readonly FoundTarget[] {
  const lib = table(manifest.raw["lib"]);
  if (!lib && manifest.package?.["autolib"] === false) return [];
  const file = path.resolve(manifest.dir, string(lib?.["path"]) ?? "src/lib.rs");
  if (!lib && !existsSync(file)) return [];
  const types = strings(lib?.["crate-type"] ?? lib?.["crate_type"]);
  const isMacro =
    lib?.["proc-macro"] === true || lib?.["proc_macro"] === true || types.includes("proc-macro");
  const name = string(lib?.["name"]) ?? nameOf(manifest).name.replaceAll("-", "_");
  return [
    {
      kind: isMacro ? "proc-macro" : "lib",
      name,
      file,
      edition: editionOf(lib, editionOf(manifest.package)),
      requiredFeatures: [],
    },
  ];
}

function findBins(manifest: Manifest): readonly FoundTarget[] {
  const said: unknown = manifest.raw["bin"];
  const declared = Array.isArray(said) ? said.map((entry: unknown) => table(entry) ?? {}) : [];
  const inferred = inferBins(manifest);
  const bins = declared.map((entry) => declaredBin(entry, manifest, inferred));
  const auto = manifest.package?.["autobins"];
  // NOTE: in the first edition, one bin written out switches the search off.
  const searched =
    typeof auto === "boolean"
      ? auto
      : editionOf(manifest.package) !== "2015" || declared.length === 0;
  const names = new Set(bins.map((bin) => bin.name));
  const files = new Set(bins.map((bin) => bin.file));
  for (const [name, file] of searched ? inferred : []) {
    if (names.has(name) || files.has(file)) continue;
    bins.push({
      kind: "bin",
      name,
      file,
      edition: editionOf(manifest.package),
      requiredFeatures: [],
    });
  }
  return bins;
}

function declaredBin(
  entry: Table,
  manifest: Manifest,
  inferred: ReadonlyMap<string, string>,
): FoundTarget {
  const { name: packageName } = nameOf(manifest);
  const name = string(entry["name"]) ?? packageName;
  const given = string(entry["path"]);
  const found = given ? path.resolve(manifest.dir, given) : inferred.get(name);
  return {
    kind: "bin",
    name,
    file: found ?? path.join(manifest.dir, "src", "main.rs"),
    edition: editionOf(entry, editionOf(manifest.package)),
    requiredFeatures: strings(entry["required-features"]),
  };
}

/** Bins by cargo's naming: `src/main.rs`, `src/bin/NAME.rs`, `src/bin/NAME/main.rs`. */
function inferBins(manifest: Manifest): ReadonlyMap<string, string> {
  const bins = new Map<string, string>();
  const main = path.join(manifest.dir, "src", "main.rs");
  if (existsSync(main)) bins.set(nameOf(manifest).name, main);
  const folder = path.join(manifest.dir, "src", "bin");
  for (const entry of entriesOf(folder)) {
    if (entry.name.startsWith(".")) continue;
    const file = path.join(folder, entry.name);
    const nested = path.join(file, "main.rs");
    if (entry.name.endsWith(".rs") && !entry.isDirectory()) bins.set(entry.name.slice(0, -3), file);
    else if (existsSync(nested)) bins.set(entry.name, nested);
  }
  return bins;
}

function findBuildScript(manifest: Manifest): readonly FoundTarget[] {
  const said = manifest.package?.["build"];
  if (said === false) return [];
  const file = path.resolve(manifest.dir, string(said) ?? "build.rs");
  if (typeof said !== "string" && said !== true && !existsSync(file)) return [];
  const stem = path.basename(file, ".rs");
  return [
    {
      kind: "build-script",
      name: `build-script-${stem}`,
      file,
      edition: editionOf(manifest.package),
      requiredFeatures: [],
    },
  ];
}
