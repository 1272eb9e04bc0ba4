import path from "node:path";
import { readManifest, type DeclaredDependency } from "../cargo/manifest.ts";
import type { CrateSwitch } from "../model/crate.ts";
import type { ManifestEdit } from "../model/plan.ts";
import type { Profile } from "../model/profile.ts";
import type { Package } from "../model/workspace.ts";
import { keySpan } from "../source/toml-place.ts";
import { PackageReader } from "../source/read-file.ts";
import { InputError } from "../util/errors.ts";

const FILE = "Cargo.toml";

interface OwnManifest {
  readonly pkg: Package;
  readonly text: string;
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
    const { dependencies, features } = manifest;
    return { pkg, text: source.text, dependencies, defaults: features["default"] };
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

/** Takes features out of `default`. Empty when none of them is there. */
export function defaultsEdit(manifest: OwnManifest, off: readonly string[]): ManifestEdit[] {
  const { defaults = [], pkg, text } = manifest;
  const kept = defaults.filter((feature) => !off.includes(feature));
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
  const features = [...own.features, feature];
  return {
    package: manifest.pkg.name,
    place: placeOf(manifest, own),
    from: entry(own, own.features),
    to: entry(own, features),
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

function entry(own: DeclaredDependency, features: readonly string[]): string {
  const parts = [
    ...(own.requirement === undefined ? [] : [`version = "${own.requirement}"`]),
    ...(own.defaultFeatures ? [] : ["default-features = false"]),
    ...(own.optional ? ["optional = true"] : []),
    ...(features.length === 0 ? [] : [`features = ${list(features)}`]),
  ];
  return `${own.key} = { ${parts.join(", ")} }`;
}

function list(words: readonly string[]): string {
  return `[${words.map((word) => `"${word}"`).join(", ")}]`;
}

/** What cargo takes for the same: `1.1.5` is `1`, `0.38.44` is `0.38`. */
function requirement(version: string): string {
  const [major = "0", minor = "0", patch = "0"] = version.split(/[.+-]/u);
  if (major !== "0") return major;
  return minor === "0" ? `0.0.${patch}` : `0.${minor}`;
}
