import semver from "semver";
import type { CrateFact, CrateSwitch, KnownCrate } from "../model/crate.ts";
import type { Host } from "../model/host.ts";
import type { Knowledge } from "../model/knowledge.ts";
import type { PatchedCrate, Profile, Repair, Repairs } from "../model/profile.ts";
import type { Package, PackageId, Workspace } from "../model/workspace.ts";

/** What facts are joined with. */
export interface Ground {
  readonly knowledge: Knowledge;
  readonly profile: Profile;
  readonly hosts: readonly Host[];
  readonly packages: ReadonlyMap<PackageId, Package>;
  readonly crates: ReadonlyMap<string, KnownCrate>;
  /** What holds for each package here: asked for at every place, worked out once. */
  readonly known: Map<PackageId, KnownHere>;
}

/** What is known about one package, as far as it holds for its version, its features and the profile. */
interface KnownHere {
  readonly facts: readonly CrateFact[];
  readonly switches: readonly CrateSwitch[];
  readonly patches: readonly PatchedCrate[];
}

/** Gathers what rules look things up in. */
export function groundOf(options: {
  workspace: Workspace;
  knowledge: Knowledge;
  profile: Profile;
  hosts: readonly Host[];
  crates?: readonly KnownCrate[];
}): Ground {
  const { workspace, knowledge, profile, hosts, crates = [] } = options;
  return {
    knowledge,
    profile,
    hosts,
    packages: workspace.packages,
    crates: new Map(crates.map((each) => [each.name, each])),
    known: new Map(),
  };
}

/** A row of a table by name. Names come from code that others wrote: `constructor` must find nothing. */
export function row<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** The profile's repair of a key in one of its tables. */
export function repairOf(options: {
  profile: Profile;
  table: RepairTable;
  key: string;
}): Repair | undefined {
  const table: Repairs = options.profile[options.table];
  return row(table, options.key);
}

export type RepairTable = "constants" | "functions" | "structs" | "std" | "rules";

/** What is known about a package by its name, as far as it holds for this version, these features and this profile. */
export function factsAbout(ground: Ground, id: PackageId): readonly CrateFact[] {
  return knownAbout(ground, id).facts;
}

/** The ways out that are known for a package, as far as they hold for it here. */
export function switchesOf(ground: Ground, id: PackageId): readonly CrateSwitch[] {
  return knownAbout(ground, id).switches;
}

/** What the profile changes in a package of this version. */
export function patchesOf(ground: Ground, id: PackageId): readonly PatchedCrate[] {
  return knownAbout(ground, id).patches;
}

/** Under what a piece of knowledge holds. */
type Conditions = Pick<CrateFact, "versions" | "profiles" | "unlessFeatures" | "whenFeatures">;

const NOTHING: KnownHere = { facts: [], switches: [], patches: [] };

function knownAbout(ground: Ground, id: PackageId): KnownHere {
  const before = ground.known.get(id);
  if (before !== undefined) return before;
  const found = ground.packages.get(id);
  const known = found === undefined ? NOTHING : lookUp(ground, found);
  ground.known.set(id, known);
  return known;
}

function lookUp({ profile, crates }: Ground, { name, version, builds }: Package): KnownHere {
  const crate = crates.get(name);
  const features = new Set(
    builds.flatMap((build) => (build.for === "target" ? build.features : [])),
  );
  const isHere = (fact: Conditions): boolean =>
    holds({ fact, version, features, profile: profile.id });
  const patches = profile.crates.filter(
    (patch) =>
      patch.name === name && semver.satisfies(version, patch.versions, { includePrerelease: true }),
  );
  return {
    facts: crate?.facts.filter(isHere) ?? [],
    switches: crate?.switches?.filter(isHere) ?? [],
    patches,
  };
}

function holds(options: {
  fact: Conditions;
  version: string;
  features: ReadonlySet<string>;
  profile: string;
}): boolean {
  const { fact, version, features, profile } = options;
  if (!semver.satisfies(version, fact.versions, { includePrerelease: true })) return false;
  if (fact.profiles !== undefined && !fact.profiles.includes(profile)) return false;
  if (fact.unlessFeatures?.some((feature) => features.has(feature)) === true) return false;
  return (
    fact.whenFeatures === undefined || fact.whenFeatures.some((feature) => features.has(feature))
  );
}

/** True when the package is compiled into the program and not only for the machine that builds. */
export function isInProgram(ground: Ground, id: PackageId): boolean {
  const found = ground.packages.get(id);
  return found === undefined || found.builds.some((build) => build.for === "target");
}
