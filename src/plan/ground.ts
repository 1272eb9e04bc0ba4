import semver from "semver";
import type { CrateSwitch, KnownCrate } from "../model/crate.ts";
import type { Host } from "../model/host.ts";
import type { Knowledge } from "../model/knowledge.ts";
import type { Profile } from "../model/profile.ts";
import type { Result } from "../model/result.ts";
import type { RuleInfo } from "../model/rule.ts";
import type { CrateRow } from "../model/verdict.ts";
import type { Package, Workspace } from "../model/workspace.ts";
import { crateKey } from "../util/crate-key.ts";

/** What a plan under one profile is made from. */
export interface PlanGround {
  readonly workspace: Workspace;
  readonly knowledge: Knowledge;
  readonly profile: Profile;
  readonly hosts: readonly Host[];
  readonly results: readonly Result[];
  readonly rows: readonly CrateRow[];
  readonly rules: readonly Pick<RuleInfo, "id" | "tags">[];
  readonly crates: readonly KnownCrate[];
}

/** A crate of the tree with what is found in it. */
export interface PlanCrate {
  readonly pkg: Package;
  readonly row: CrateRow;
  /** Reachable and not judged by the user; what the profile answers is in, marked. */
  readonly results: readonly Result[];
  /** Of these: open under the profile, and sure enough to act on. */
  readonly open: readonly Result[];
}

/** The crates of the program, in the order of the verdict's rows. */
export function cratesOf(ground: PlanGround): PlanCrate[] {
  const packages = new Map(
    [...ground.workspace.packages.values()].map((pkg) => [crateKey(pkg), pkg]),
  );
  const byCrate = new Map<string, Result[]>();
  for (const result of ground.results.filter(isReached)) {
    const key = crateKey(result.package);
    byCrate.set(key, [...(byCrate.get(key) ?? []), result]);
  }
  return ground.rows.flatMap((row) => {
    const pkg = packages.get(crateKey(row));
    const results = byCrate.get(crateKey(row)) ?? [];
    return pkg === undefined ? [] : [{ pkg, row, results, open: results.filter(isOpen) }];
  });
}

function isReached({ reachable, suppressed }: Result): boolean {
  if (suppressed?.kind === "inSource" || suppressed?.kind === "config") return false;
  return reachable !== "no";
}

/** Nothing answers it, and it is surer than a guess. */
export function isOpen({ closed, demoted, level, confidence }: Result): boolean {
  return closed === undefined && demoted === undefined && level !== "note" && confidence !== "low";
}

/** True for results of rules that carry this tag. */
export function tagged(ground: PlanGround, tag: string): (result: Result) => boolean {
  const ids = new Set(ground.rules.filter(({ tags }) => tags.includes(tag)).map(({ id }) => id));
  return ({ rule }) => ids.has(rule);
}

/** Features of a package as part of the program. */
export function featuresOf(pkg: Package): ReadonlySet<string> {
  return new Set(pkg.builds.flatMap((build) => (build.for === "target" ? build.features : [])));
}

/** The ways out that are known for a crate, as far as they hold here. */
export function switchesOf(ground: PlanGround, pkg: Package): readonly CrateSwitch[] {
  const known = ground.crates.find(({ name }) => name === pkg.name)?.switches ?? [];
  const features = featuresOf(pkg);
  return known.filter(
    ({ versions, profiles, unlessFeatures }) =>
      satisfies(pkg.version, versions) &&
      (profiles === undefined || profiles.includes(ground.profile.id)) &&
      unlessFeatures?.some((feature) => features.has(feature)) !== true,
  );
}

/** Whether a version is in a range; prereleases count. */
export function satisfies(version: string, range: string): boolean {
  return semver.satisfies(version, range, { includePrerelease: true });
}

/** True under a profile whose libc crate turns constants into statics. */
export function makesStatics({ profile }: PlanGround): boolean {
  return Object.values(profile.constants).some(({ mode }) => mode === "extern-static");
}
