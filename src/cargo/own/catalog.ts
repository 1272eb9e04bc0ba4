import { existsSync } from "node:fs";
import path from "node:path";

import semver from "semver";

import type { LockedPackage } from "../lockfile.ts";
import { nameOf, readManifest, type DeclaredDependency, type Manifest } from "../manifest.ts";
import { workspaceAbove } from "../owner.ts";
import { string, table } from "../toml.ts";
import type { Layout } from "../workspace-root.ts";
import { findLocked, findVersions, quietly, type Places } from "./sources.ts";
import { findTargets, type FoundTarget } from "./targets.ts";

/** A package of the graph, with its manifest read. */
export interface Node {
  /** In the form of cargo's package ids. */
  readonly id: string;
  readonly name: string;
  readonly manifest: Manifest;
  readonly isMember: boolean;
  readonly targets: readonly FoundTarget[];
  readonly locked?: LockedPackage;
  /** `[features]`, with the features that optional dependencies imply. */
  readonly features: ReadonlyMap<string, readonly string[]>;
}

/** All packages that can be reached, read when they are asked for. */
export interface Catalog {
  readonly members: readonly Node[];
  /** The package behind an entry of a manifest; undefined when it is not on this machine. */
  readonly follow: (node: Node, dependency: DeclaredDependency) => Node | undefined;
}

export interface CatalogInput {
  readonly layout: Layout;
  readonly lock: readonly LockedPackage[] | undefined;
  readonly places: Places;
}

/** Prepares the graph of a workspace from its lockfile, or without one from what lies on this machine. */
export function openCatalog(input: CatalogInput): Catalog {
  const memory = new Map<string, Node | undefined>();
  const context: Context = {
    ...input,
    memory,
    memberDirs: new Set(input.layout.members.map(({ dir }) => dir)),
    patches: patchesOf(input.layout),
  };
  const members = input.layout.members.map((manifest) =>
    nodeOf(manifest, context, lockedOf(manifest, context)),
  );
  for (const node of members) memory.set(node.manifest.dir, node);
  const edges = new Map<DeclaredDependency, Node | undefined>();
  const follow = (node: Node, dependency: DeclaredDependency): Node | undefined => {
    if (!edges.has(dependency)) edges.set(dependency, followEdge(node, dependency, context));
    return edges.get(dependency);
  };
  return { members, follow };
}

interface Context extends CatalogInput {
  readonly memory: Map<string, Node | undefined>;
  readonly memberDirs: ReadonlySet<string>;
  /** Folders that `[patch]` names, by package. */
  readonly patches: ReadonlyMap<string, string>;
}

function followEdge(
  node: Node,
  dependency: DeclaredDependency,
  context: Context,
): Node | undefined {
  const locked = lockedBehind(node, dependency, context);
  if (locked?.source)
    return remember(
      `${locked.name} ${locked.version} ${locked.source}`,
      context,
      () => findLocked(locked, context.places),
      locked,
    );
  const dir =
    dependency.path ?? context.patches.get(dependency.name) ?? memberDir(dependency.name, context);
  if (dir)
    return remember(
      dir,
      context,
      () => readManifest(path.join(dir, "Cargo.toml"), workspaceAbove(dir)),
      locked,
    );
  return context.lock ? undefined : newestOnDisk(dependency, context);
}

function remember(
  key: string,
  context: Context,
  read: () => Manifest | undefined,
  locked?: LockedPackage,
): Node | undefined {
  if (context.memory.has(key)) return context.memory.get(key);
  const manifest = quietly(read);
  const node = manifest?.package && nodeOf(manifest, context, locked);
  context.memory.set(key, node);
  return node;
}

function nodeOf(manifest: Manifest, context: Context, locked?: LockedPackage): Node {
  const { name, version } = nameOf(manifest);
  const source =
    locked?.source?.replace(/#.*$/, "") ??
    (locked || context.memberDirs.has(manifest.dir) ? undefined : registryGuess(manifest, context));
  return {
    id: `${source ?? `path+file://${manifest.dir}`}#${name}@${version}`,
    name,
    manifest,
    isMember: context.memberDirs.has(manifest.dir),
    targets: findTargets(manifest),
    ...(locked && { locked }),
    features: allFeatures(manifest),
  };
}

/** Without a lockfile only the folder tells whether a package was published. */
function registryGuess(manifest: Manifest, { places }: Context): string | undefined {
  const published =
    existsSync(path.join(manifest.dir, ".cargo-checksum.json")) ||
    manifest.dir.startsWith(path.join(places.cargoHome, "registry"));
  return published ? "registry+https://github.com/rust-lang/crates.io-index" : undefined;
}

/** An optional dependency is a feature too, unless some feature speaks of it as `dep:NAME`. */
function allFeatures({ features, dependencies }: Manifest): ReadonlyMap<string, readonly string[]> {
  const all = new Map(Object.entries(features));
  const spoken = new Set(Object.values(features).flat());
  for (const { key, optional } of dependencies) {
    if (optional && !all.has(key) && !spoken.has(`dep:${key}`)) all.set(key, [`dep:${key}`]);
  }
  return all;
}

function lockedOf(manifest: Manifest, { lock }: CatalogInput): LockedPackage | undefined {
  const { name, version } = nameOf(manifest);
  return (
    lock?.find((one) => one.name === name && one.version === version && !one.source) ??
    lock?.find((one) => one.name === name && !one.source)
  );
}

/** What the lockfile chose for an entry: of the dependant's packages of that name, the one that fits. */
function lockedBehind(
  node: Node,
  dependency: DeclaredDependency,
  { lock }: Context,
): LockedPackage | undefined {
  if (!lock || !node.locked) return undefined;
  const candidates = node.locked.dependencies.flatMap((text) => {
    const [name, version, source] = text.split(" ");
    if (name !== dependency.name) return [];
    return lock.filter(
      (one) =>
        one.name === name &&
        (!version || one.version === version) &&
        (!source || `(${one.source})` === source),
    );
  });
  if (candidates.length <= 1) return candidates[0];
  const range = requirementRange(dependency.requirement);
  const fits = (one: LockedPackage): boolean =>
    comesFrom(one, dependency) && semver.satisfies(one.version, range);
  return candidates.find(fits) ?? candidates[0];
}

function comesFrom({ source }: LockedPackage, { path: local, git }: DeclaredDependency): boolean {
  if (local) return source === undefined || source.startsWith("git+");
  return git ? (source?.startsWith("git+") ?? false) : true;
}

/** Cargo's version requirement in the notation of the semver library: `1.2` means `^1.2`. */
export function requirementRange(requirement = "*"): string {
  const parts = requirement.split(",").map((part) => part.trim());
  return parts
    .map((part) => (/^\d/.test(part) && !part.includes("*") ? `^${part}` : part))
    .join(" ");
}

function newestOnDisk(dependency: DeclaredDependency, context: Context): Node | undefined {
  const range = requirementRange(dependency.requirement);
  const fitting = findVersions(dependency.name, context.places).filter((manifest) =>
    semver.satisfies(nameOf(manifest).version, range),
  );
  const newest = fitting.sort((a, b) => semver.rcompare(nameOf(a).version, nameOf(b).version))[0];
  return newest && remember(newest.dir, context, () => newest);
}

function memberDir(name: string, { layout }: Context): string | undefined {
  return layout.members.find((member) => nameOf(member).name === name)?.dir;
}

function patchesOf({ root }: Layout): ReadonlyMap<string, string> {
  const patches = new Map<string, string>();
  for (const source of Object.values(table(root.raw["patch"]) ?? {})) {
    for (const [key, entry] of Object.entries(table(source) ?? {})) {
      const dir = string(table(entry)?.["path"]);
      if (dir) patches.set(string(table(entry)?.["package"]) ?? key, path.resolve(root.dir, dir));
    }
  }
  return patches;
}
