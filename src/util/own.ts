import type { Package, Workspace } from "../model/workspace.ts";

/** Whether a package is the user's own: one that lies in a folder of theirs, or that was asked about. */
export function isOwn(
  { roots }: Pick<Workspace, "roots">,
  { source, id }: Pick<Package, "source" | "id">,
): boolean {
  return source === "path" || roots.includes(id);
}
