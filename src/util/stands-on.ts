import type { PackageId, Workspace } from "../model/workspace.ts";

/** A package and all that its code stands on, nearest first: what build scripts alone use is left out. */
export function standsOn({ packages }: Workspace, id: PackageId): ReadonlySet<PackageId> {
  const found = new Set([id]);
  for (const one of found)
    for (const edge of packages.get(one)?.dependencies ?? [])
      if (edge.kind === "normal" && packages.has(edge.package)) found.add(edge.package);
  return found;
}
