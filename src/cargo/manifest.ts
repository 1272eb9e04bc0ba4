import path from "node:path";

import { InputError } from "../util/errors.ts";
import { readToml, string, strings, table, type Table } from "./toml.ts";

/** One entry of a dependency table, with what the workspace says mixed in. */
export interface DeclaredDependency {
  /** The key in the table: the name in code before `-` becomes `_`. */
  readonly key: string;
  /** The name of the package behind it. */
  readonly name: string;
  readonly kind: "normal" | "build" | "dev";
  /** The `[target.'…']` table it stands in. */
  readonly target?: string;
  readonly requirement?: string;
  readonly optional: boolean;
  readonly defaultFeatures: boolean;
  readonly features: readonly string[];
  readonly path?: string;
  readonly git?: string;
  readonly registry?: string;
}

/** A Cargo.toml, with workspace inheritance resolved. */
export interface Manifest {
  readonly file: string;
  readonly dir: string;
  /** Undefined for a virtual manifest. */
  readonly package?: Table;
  readonly raw: Table;
  readonly dependencies: readonly DeclaredDependency[];
  readonly features: Readonly<Record<string, readonly string[]>>;
}

/** The manifest of a workspace's root, for what its members inherit. */
export interface WorkspaceManifest {
  readonly raw: Table;
  readonly dir: string;
}

const TABLES = [
  ["dependencies", "normal"],
  ["build-dependencies", "build"],
  ["build_dependencies", "build"],
  ["dev-dependencies", "dev"],
  ["dev_dependencies", "dev"],
] as const;

/**
 * Reads a Cargo.toml.
 * @param workspace the manifest of the workspace's root, for `key.workspace = true`.
 * @returns undefined when the file does not exist.
 */
export function readManifest(file: string, workspace?: WorkspaceManifest): Manifest | undefined {
  const raw = readToml(file);
  return raw && interpretManifest(raw, file, workspace);
}

/** Gives a parsed Cargo.toml its meaning. */
export function interpretManifest(
  raw: Table,
  file: string,
  workspace?: WorkspaceManifest,
): Manifest {
  const dir = path.dirname(file);
  const root = workspace ?? { raw, dir };
  const shared = table(root.raw["workspace"]);
  const pkg = table(raw["package"]) ?? table(raw["project"]);
  return {
    file,
    dir,
    raw,
    ...(pkg && { package: inheritPackage(pkg, table(shared?.["package"])) }),
    dependencies: declaredDependencies(raw, {
      dir,
      rootDir: root.dir,
      shared: table(shared?.["dependencies"]),
    }),
    features: featureTable(raw),
  };
}

/** The package's own name and version; a manifest without a name is an InputError. */
export function nameOf(manifest: Manifest): { readonly name: string; readonly version: string } {
  const name = string(manifest.package?.["name"]);
  if (!name) throw new InputError("this manifest names no package", { place: manifest.file });
  return { name, version: string(manifest.package?.["version"]) ?? "0.0.0" };
}

function inheritPackage(pkg: Table, shared: Table | undefined): Table {
  const own: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(pkg))
    own[key] = table(value)?.["workspace"] === true ? shared?.[key] : value;
  return own;
}

interface Surroundings {
  readonly dir: string;
  readonly rootDir: string;
  readonly shared: Table | undefined;
}

function declaredDependencies(raw: Table, around: Surroundings): readonly DeclaredDependency[] {
  const found: DeclaredDependency[] = [];
  const scopes: (readonly [string | undefined, Table])[] = [[undefined, raw]];
  for (const [target, entry] of Object.entries(table(raw["target"]) ?? {}))
    scopes.push([target, table(entry) ?? {}]);
  for (const [target, scope] of scopes) {
    for (const [section, kind] of TABLES) {
      for (const [key, value] of Object.entries(table(scope[section]) ?? {})) {
        found.push(declared({ key, value, kind, target, ...around }));
      }
    }
  }
  return found;
}

interface Entry extends Surroundings {
  readonly key: string;
  readonly value: unknown;
  readonly kind: DeclaredDependency["kind"];
  readonly target: string | undefined;
}

function declared({ key, value, kind, target, shared, dir, rootDir }: Entry): DeclaredDependency {
  const own = dependencyTable(value);
  const inherited = own["workspace"] === true ? dependencyTable(shared?.[key]) : {};
  const all = { ...inherited, ...own };
  const local = string(all["path"]);
  const base = own["workspace"] === true ? rootDir : dir;
  return {
    key,
    name: string(all["package"]) ?? key,
    kind,
    ...(target !== undefined && { target }),
    ...optionalText("requirement", all["version"]),
    optional: own["optional"] === true,
    defaultFeatures: wantsDefaults(inherited, own),
    features: [...strings(inherited["features"]), ...strings(own["features"])],
    ...(local !== undefined && { path: path.resolve(base, local) }),
    ...optionalText("git", all["git"]),
    ...optionalText("registry", all["registry"] ?? all["registry-index"]),
  };
}

function dependencyTable(value: unknown): Table {
  return typeof value === "string" ? { version: value } : (table(value) ?? {});
}

/** NOTE: a member can switch defaults on that the workspace has switched off, not the other way round. */
function wantsDefaults(inherited: Table, own: Table): boolean {
  const said = (entry: Table): unknown => entry["default-features"] ?? entry["default_features"];
  if (own["workspace"] !== true) return said(own) !== false;
  return said(inherited) !== false || said(own) === true;
}

function optionalText<K extends string>(key: K, value: unknown): { readonly [P in K]?: string } {
  return typeof value === "string" ? ({ [key]: value } as { readonly [P in K]?: string }) : {};
}

function featureTable(raw: Table): Record<string, readonly string[]> {
  const features: Record<string, readonly string[]> = {};
  for (const [name, value] of Object.entries(table(raw["features"]) ?? {}))
    features[name] = strings(value);
  return features;
}
