import type { Package, Workspace } from "../model/workspace.ts";
import { buildTools, manifestSites } from "./manifest-sites.ts";
import type { BuildTool, SitesFound } from "./manifest-sites.ts";
import { nativeSites } from "./native-sites.ts";
import { settingsSites } from "./settings-sites.ts";

/**
 * The facts that stand outside Rust code, of every package that is built for the target: manifests, files in other
 * languages, and the settings of the workspace.
 */
export function packageSites(workspace: Workspace): SitesFound {
  return joined([settingsSites(workspace), sitesOfPackages(workspace)]);
}

/** The same without the settings: what only changes when a package does. */
function sitesOfPackages(workspace: Workspace): SitesFound {
  const built = [...workspace.packages.values()].filter((owner) =>
    owner.builds.some((build) => build.for === "target"),
  );
  return joined(built.map((owner) => sitesOfPackage(owner, buildTools(owner, workspace))));
}

/** The part of one package. */
export function sitesOfPackage(owner: Package, tools: readonly BuildTool[]): SitesFound {
  return joined([manifestSites(owner, tools), nativeSites(owner)]);
}

/** What several packages say together. */
export function joined(found: readonly SitesFound[]): SitesFound {
  return {
    sites: found.flatMap((each) => each.sites),
    notAnalysed: found.flatMap((each) => each.notAnalysed),
  };
}
