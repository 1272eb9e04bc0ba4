import type { Package, Workspace } from "../model/workspace.ts";
import { crateKey } from "../util/crate-key.ts";
import { featuresOf } from "./ground.ts";

/** What would be in the program with these features and no default ones; `undefined`: cargo refuses them. */
export type Trial = (features: readonly string[]) => Promise<ReadonlySet<string> | undefined>;

/** Features of the user's own packages without which crates are gone. */
export interface Removal {
  readonly off: readonly string[];
  readonly keep: readonly string[];
  /** `name@version` of what is gone with them. */
  readonly gone: ReadonlySet<string>;
}

/** Trials take a second or more each; with more features than this the answer is left to the user. */
const MOST_FEATURES = 24;

/**
 * Finds the features that have to be off so that none of the crates is in the program any more, by trying: from no
 * features at all, each one is added back that does not bring them. `undefined` when that takes nothing out.
 * @param targets `name@version`
 */
export async function removalOf(options: {
  workspace: Workspace;
  targets: readonly string[];
  trial: Trial;
}): Promise<Removal | undefined> {
  const { workspace, targets, trial } = options;
  const roots = workspace.roots.flatMap((id) => workspace.packages.get(id) ?? []);
  const features = roots.flatMap((root) => namedFeatures(root, roots.length > 1));
  if (targets.length === 0 || features.length === 0 || features.length > MOST_FEATURES)
    return undefined;
  const bare = await trial([]);
  if (bare === undefined) return undefined;
  const removable = targets.filter((target) => !bare.has(target));
  if (removable.length === 0) return undefined;
  const keep: string[] = [];
  let left = bare;
  for (const feature of features) {
    const with_ = await trial([...keep, feature]);
    if (with_ === undefined || removable.some((target) => with_.has(target))) continue;
    keep.push(feature);
    left = with_;
  }
  const built = [...workspace.packages.values()]
    .filter((pkg) => pkg.builds.length > 0)
    .map(crateKey);
  return {
    keep,
    off: features.filter((feature) => !keep.includes(feature)),
    gone: new Set(built.filter((key) => !left.has(key))),
  };
}

function namedFeatures(root: Package, withName: boolean): string[] {
  return [...featuresOf(root)]
    .filter((feature) => feature !== "default")
    .map((feature) => (withName ? `${root.name}/${feature}` : feature));
}
