import type { Workspace } from "../../src/model/workspace.ts";
import { buildTools, type SitesFound } from "../../src/source/manifest-sites.ts";
import { joined, sitesOfPackage } from "../../src/source/package-sites.ts";
import { settingsSites } from "../../src/source/settings-sites.ts";

/** The facts outside Rust code of a whole tree: of the packages that are built for the target, and of its settings. */
export function packageSites(workspace: Workspace): SitesFound {
  const built = [...workspace.packages.values()].filter((owner) =>
    owner.builds.some((build) => build.for === "target"),
  );
  const ofPackages = built.map((owner) => sitesOfPackage(owner, buildTools(owner, workspace)));
  return joined([settingsSites(workspace), ...ofPackages]);
}
