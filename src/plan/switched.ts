import type { Package } from "../model/workspace.ts";
import { crateKey } from "../util/crate-key.ts";
import { cratesOf, featuresOf, type PlanCrate, type PlanGround } from "./ground.ts";
import type { SwitchDraft } from "./switches.ts";

/** A crate examined by itself, with these features and no others; `undefined`: it could not be. */
export type WithFeatures = (
  pkg: Package,
  features: readonly string[],
) => Promise<PlanGround | undefined>;

/** The crates of the program as they will be once the features of switches are on. */
export interface Switched {
  readonly crates: readonly PlanCrate[];
  /** Features that were turned on, by crate. */
  readonly features: ReadonlyMap<string, readonly string[]>;
  /** Those that could not be looked at with them. */
  readonly unknown: readonly SwitchDraft[];
}

/**
 * Looks at each crate whose feature a switch turns on: another backend has other places at which the compiler stops.
 * Crates that come in with it are told too.
 */
export async function switchedCrates(options: {
  crates: readonly PlanCrate[];
  drafts: readonly SwitchDraft[];
  withFeatures: WithFeatures;
}): Promise<Switched> {
  const changed = new Map<string, PlanCrate>();
  const features = new Map<string, readonly string[]>();
  const unknown: SwitchDraft[] = [];
  const names = new Set(options.crates.map(({ pkg }) => pkg.name));
  for (const draft of options.drafts.filter(({ kind }) => kind === "feature")) {
    const { pkg } = draft.crateOf;
    const { feature } = draft.known ?? {};
    if (feature === undefined) continue;
    const ground = await options.withFeatures(pkg, [...featuresOf(pkg), feature]);
    if (ground === undefined) unknown.push(draft);
    for (const one of ground === undefined ? [] : cratesOf(ground)) {
      if (one.pkg.name === pkg.name)
        changed.set(crateKey(pkg), { ...one, pkg, row: draft.crateOf.row });
      else if (!names.has(one.pkg.name)) changed.set(crateKey(one.pkg), one);
    }
    if (ground !== undefined) features.set(crateKey(pkg), [feature]);
  }
  const kept = options.crates.map((crate) => changed.get(crateKey(crate.pkg)) ?? crate);
  const come = [...changed.values()].filter(({ pkg }) => !names.has(pkg.name));
  return { crates: [...kept, ...come], features, unknown };
}
