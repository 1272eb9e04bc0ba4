import path from "node:path";

import type { Workspace } from "../model/workspace.ts";
import { findCargo } from "./command.ts";
import { readProjectConfig } from "./config.ts";
import { addedCfgs } from "./flags.ts";
import { cargoHome } from "./home.ts";
import { defaultCacheDir, type CargoOptions, type WorkspaceInput } from "./options.ts";
import { checkoutCrate, type CrateInput } from "./published.ts";
import { loadWithCargo, type Project } from "./with-cargo.ts";
import { loadWithoutCargo } from "./without-cargo.ts";
import { manifestAt } from "./workspace-root.ts";

export {
  DEFAULT_TRIPLES,
  defaultCacheDir,
  type CargoOptions,
  type WorkspaceInput,
} from "./options.ts";

export { workspaceFolderOf } from "./workspace-root.ts";

/**
 * Finds out what would be compiled: packages, features, targets and edges, for the compile target and
 * for the machine that builds. Runs no code of any package and writes nowhere but into the cache.
 * @throws InputError for everything that the user has to change.
 */
export async function loadWorkspace(
  input: WorkspaceInput,
  options: CargoOptions = {},
): Promise<Workspace> {
  if (input.kind === "crate") return loadPublished(input, options);
  const manifest = manifestAt(input.path);
  const config = readProjectConfig(path.dirname(manifest), cargoHome(options.env));
  return load({ manifest, ours: false, config }, options);
}

async function loadPublished(input: CrateInput, options: CargoOptions): Promise<Workspace> {
  const cargo = findCargo(options);
  const cacheDir = path.resolve(options.cacheDir ?? defaultCacheDir(options.env));
  const { manifest } = await checkoutCrate(
    { cacheDir, cargoHome: cargoHome(options.env), ...(cargo && { cargo }) },
    input,
  );
  // NOTE: the folders above our cache are not the crate's, so their configuration is not either.
  return asPublished(await load({ manifest, ours: true }, options));
}

async function load(project: Project, given: CargoOptions): Promise<Workspace> {
  const cfgs = addedCfgs(project.config, given);
  const options = { ...given, cfgs: [...(given.cfgs ?? []), ...cfgs] };
  const cargo = findCargo(options);
  const workspace = await (cargo
    ? loadWithCargo(cargo, project)
    : loadWithoutCargo(project, options));
  const names = [...Object.keys(given.env ?? process.env), ...(project.config?.variables ?? [])];
  const variables = new Set(names);
  return { ...workspace, variables, ...(cfgs.length > 0 && { cfgs }) };
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
