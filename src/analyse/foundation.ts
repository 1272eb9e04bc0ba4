import type { CfgAtom, Package, PackageId, Workspace } from "../model/workspace.ts";
import { engineId, keyOf, packageState } from "../extract/cache-key.ts";
import { dependenciesFirst } from "../resolve/index.ts";
import { isOwn } from "../util/own.ts";

/**
 * The packages of a tree that do not change while one works on a program: those of registries and of git, as far as
 * all that they stand on is such, too. Each behind its dependencies.
 */
export function foundationOf(workspace: Workspace): PackageId[] {
  const { packages } = workspace;
  const fixed = new Map<PackageId, boolean>();
  const isFixed = (pkg: Package): boolean => {
    const known = fixed.get(pkg.id);
    if (known !== undefined) return known;
    fixed.set(pkg.id, true); // a cycle through dev-dependencies decides nothing
    const all = pkg.dependencies.flatMap((edge) => packages.get(edge.package) ?? []);
    const answer = !isOwn(workspace, pkg) && all.every(isFixed);
    fixed.set(pkg.id, answer);
    return answer;
  };
  const built = [...packages.values()].filter((pkg) => pkg.builds.length > 0 && isFixed(pkg));
  const ids = new Set(built.map((pkg) => pkg.id));
  return [...dependenciesFirst(workspace, ids)].filter((id) => ids.has(id));
}

/** Changes with everything that what is kept of a foundation depends on; undefined when that can't be told. */
export function foundationKey(
  workspace: Workspace,
  foundation: readonly PackageId[],
  { cfgs, std }: { cfgs: readonly CfgAtom[]; std?: readonly string[] | undefined },
): string | undefined {
  const states = foundation.map((id) => packageState(workspace.packages.get(id)!));
  if (foundation.length === 0 || states.includes(undefined)) return undefined;
  // manifests of the program's own packages, too: they choose features and bring crates together
  return keyOf([engineId(), cfgs, std, [...workspace.packages.values()], states]);
}
