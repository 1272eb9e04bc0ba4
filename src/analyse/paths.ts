import type { PackageId, Workspace } from "../model/workspace.ts";

/** For every package that becomes part of the program one shortest way from a root to it, both ends included. */
export function shortestPaths(workspace: Workspace): Map<PackageId, readonly PackageId[]> {
  const paths = new Map<PackageId, readonly PackageId[]>(
    workspace.roots.map((root) => [root, [root]]),
  );
  const queue = [...workspace.roots];
  for (let at = 0; at < queue.length; at++) {
    const id = queue[at]!;
    for (const edge of workspace.packages.get(id)?.dependencies ?? []) {
      if (edge.kind !== "normal" || paths.has(edge.package)) continue;
      paths.set(edge.package, [...paths.get(id)!, edge.package]);
      queue.push(edge.package);
    }
  }
  return paths;
}
