import type { PackageId, Workspace } from "../model/workspace.ts";

/** A package and all that its code stands on, nearest first: what build scripts alone use is left out. */
export function standsOn({ packages }: Workspace, id: PackageId): ReadonlySet<PackageId> {
  const found = new Set([id]);
  for (const one of found)
    for (const edge of packages.get(one)?.dependencies ?? [])
      if (edge.kind === "normal" && packages.has(edge.package)) found.add(edge.package);
  return found;
}

/** What a package's build script stands on. */
export function scriptStandsOn(workspace: Workspace, id: PackageId): ReadonlySet<PackageId> {
  const edges = workspace.packages.get(id)?.dependencies ?? [];
  const direct = edges.filter(({ kind }) => kind === "build").map((edge) => edge.package);
  const built = direct.filter((one) => workspace.packages.has(one));
  return new Set(built.flatMap((one) => [...standsOn(workspace, one)]));
}
