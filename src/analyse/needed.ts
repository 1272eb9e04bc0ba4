import type { PackageId, Workspace } from "../model/workspace.ts";
import { SUBJECT } from "../resolve/sites/subject.ts";

/**
 * What has to be in memory for a package to be judged by itself: the package, those of the user's and the libc crate that
 * it stands on surely (true); direct dependencies if they are small (false).
 */
export function neededBy({ packages }: Workspace, start: PackageId): Map<PackageId, boolean> {
  const needed = new Map<PackageId, boolean>([[start, true]]);
  for (const [id, sure] of needed) {
    const pkg = packages.get(id);
    if (!sure || pkg?.source !== "path") continue;
    for (const edge of pkg.dependencies) {
      const next = packages.get(edge.package);
      if (edge.kind !== "normal" || next === undefined || needed.get(next.id) === true) continue;
      needed.set(next.id, next.source === "path" || next.name === SUBJECT);
    }
  }
  return needed;
}
