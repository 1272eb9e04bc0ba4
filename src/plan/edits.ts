import path from "node:path";
import { readManifest, type DeclaredDependency } from "../cargo/manifest.ts";
import type { CrateSwitch } from "../model/crate.ts";
import type { ManifestEdit } from "../model/plan.ts";
import type { Profile } from "../model/profile.ts";
import type { Package } from "../model/workspace.ts";
import { keySpan } from "../source/toml-place.ts";
import { PackageReader } from "../source/read-file.ts";
import { InputError } from "../util/errors.ts";
import { strings, table, type Table } from "../cargo/toml.ts";
import { requirement } from "../util/requirement.ts";

const FILE = "Cargo.toml";

interface OwnManifest {
  readonly pkg: Package;
  readonly text: string;
  /** As it is written. */
  readonly raw: Table;
  readonly dependencies: readonly DeclaredDependency[];
  readonly defaults: readonly string[] | undefined;
}

/** The manifest of one of the user's own packages; `undefined` when it cannot be read. */
export function ownManifest(pkg: Package): OwnManifest | undefined {
  const source = new PackageReader(pkg.dir).read(FILE);
  if (!("text" in source)) return undefined;
  try {
    const manifest = readManifest(path.join(pkg.dir, FILE));
    if (manifest === undefined) return undefined;
    const { raw, dependencies, features } = manifest;
    return { pkg, text: source.text, raw, dependencies, defaults: features["default"] };
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

/** Takes features out of `default`. Empty when none of them is there. */
export function defaultsEdit(manifest: OwnManifest, off: readonly string[]): ManifestEdit[] {
  const { defaults = [], pkg, text } = manifest;
  // NOTE: with several packages a feature is named with its own
  const isOff = (feature: string): boolean =>
    off.includes(feature) || off.includes(`${pkg.name}/${feature}`);
  const kept = defaults.filter((feature) => !isOff(feature));
  if (kept.length === defaults.length) return [];
  const { start } = keySpan({ text, table: "features", key: "default" });
  return [
    {
      package: pkg.name,
      place: { file: FILE, line: start.line },
      from: `default = ${list(defaults)}`,
      to: `default = ${list(kept)}`,
    },
  ];
}

/** Turns a feature of a crate on, where it is a dependency, or beside the others when it is somebody else's. */
export function featureEdit(
  manifest: OwnManifest,
  crate: { readonly name: string; readonly version: string },
  { feature = "" }: CrateSwitch,
): ManifestEdit {
  const own = manifest.dependencies.find(
    ({ name, kind }) => name === crate.name && kind === "normal",
  );
  const version = requirement(crate.version);
  if (own === undefined) {
    return {
      package: manifest.pkg.name,
      to: `[dependencies]\n${crate.name} = { version = "${version}", default-features = false, features = ${list([feature])} }`,
    };
  }
  const given = written(manifest.raw, own);
  return {
    package: manifest.pkg.name,
    place: placeOf(manifest, own),
    from: entry(own.key, given),
    to: entry(own.key, { ...given, features: [...strings(given["features"]), feature] }),
  };
}

/** Leaves a dependency out of the build of the APE: by the profile's cfg where it has one, else for good. */
export function withoutEdit(
  manifest: OwnManifest,
  name: string,
  profile: Profile,
): ManifestEdit | undefined {
  const own = manifest.dependencies.find((each) => each.name === name && each.kind === "normal");
  if (own === undefined) return undefined;
  const place = placeOf(manifest, own);
  const table =
    own.target === undefined ? "[dependencies]" : `[target.'${own.target}'.dependencies]`;
  const [cfg] = profile.cfgs;
  const to =
    cfg === undefined
      ? `# leave ${own.key} out`
      : `[target.'${butNot(own.target, cfg.name)}'.dependencies]`;
  return { package: manifest.pkg.name, place, from: `${table} ${own.key}`, to };
}

function butNot(target: string | undefined, cfg: string): string {
  const inner = /^cfg\((?<inner>.*)\)$/su.exec(target ?? "")?.groups?.["inner"];
  return inner === undefined ? `cfg(not(${cfg}))` : `cfg(all(${inner}, not(${cfg})))`;
}

function placeOf(
  { text }: OwnManifest,
  { key }: DeclaredDependency,
): NonNullable<ManifestEdit["place"]> {
  return { file: FILE, line: keySpan({ text, table: "dependencies", key }).start.line };
}

/** What the manifest itself says of a dependency. */
function written(raw: Table, { key, target }: DeclaredDependency): Table {
  const holder = target === undefined ? raw : table(table(raw["target"])?.[target]);
  const value = table(holder?.["dependencies"])?.[key];
  return typeof value === "string" ? { version: value } : (table(value) ?? {});
}

function entry(key: string, given: Table): string {
  const parts = Object.entries(given).map(([name, value]) => `${name} = ${valueText(value)}`);
  return `${key} = { ${parts.join(", ")} }`;
}

function valueText(value: unknown): string {
  return Array.isArray(value) ? list(strings(value)) : JSON.stringify(value);
}

function list(words: readonly string[]): string {
  return `[${words.map((word) => `"${word}"`).join(", ")}]`;
}
