import path from "node:path";

import type { Workspace } from "../model/workspace.ts";
import { findCargo } from "./command.ts";
import { readProjectConfig } from "./config.ts";
import { cargoHome } from "./home.ts";
import type { CargoOptions, WorkspaceInput } from "./options.ts";
import { checkoutCrate } from "./published.ts";
import { loadWithCargo } from "./with-cargo.ts";
import { loadWithoutCargo } from "./without-cargo.ts";
import { manifestAt } from "./workspace-root.ts";

export {
  DEFAULT_TRIPLES,
  defaultCacheDir,
  type CargoOptions,
  type Triples,
  type WorkspaceInput,
} from "./options.ts";

/**
 * Finds out what would be compiled: packages, features, targets and edges, for the compile target and
 * for the machine that builds. Runs no code of any package and writes nowhere but into the cache.
 * @throws InputError for everything that the user has to change.
 */
export async function loadWorkspace(
  input: WorkspaceInput,
  options: CargoOptions = {},
): Promise<Workspace> {
  const cargo = findCargo(options);
  const checkout = input.kind === "crate" ? await checkoutCrate(cargo, input) : undefined;
  const manifest = checkout?.manifest ?? manifestAt(input.kind === "path" ? input.path : "");
  // NOTE: the folders above our cache are not the crate's.
  const config = checkout
    ? undefined
    : readProjectConfig(path.dirname(manifest), cargoHome(options.env));
  const project = { manifest, ours: checkout !== undefined, ...(config && { config }) };
  const workspace = await (cargo
    ? loadWithCargo(cargo, project)
    : loadWithoutCargo(project, options));
  return checkout ? asPublished(workspace) : workspace;
}

/** What we have copied into the cache came from the registry, whatever cargo thinks of its folder. */
function asPublished(workspace: Workspace): Workspace {
  const packages = new Map(workspace.packages);
  for (const id of workspace.roots) {
    const root = packages.get(id);
    if (root) packages.set(id, { ...root, source: "registry" });
  }
  return { ...workspace, packages };
}
