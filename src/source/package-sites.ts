import type { Package } from "../model/workspace.ts";
import { manifestSites } from "./manifest-sites.ts";
import type { BuildTool, SitesFound } from "./manifest-sites.ts";
import { nativeSites } from "./native-sites.ts";

/** The facts of one package that stand outside Rust code: its manifest, and files in other languages. */
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
