import type { RunOptions } from "../model/options.ts";
import type { Report } from "../model/result.ts";
import type { Site } from "../model/site.ts";
import type { Suppression } from "../model/suppression.ts";
import type { CrateRow } from "../model/verdict.ts";
import type { PackageId, Workspace } from "../model/workspace.ts";
import { examine, type Examination } from "./examine.ts";
import { isOwn } from "../util/own.ts";

/** A run with what an editor needs of it besides the report: plain data, so that a worker can do it. */
export interface Tree {
  readonly report: Report;
  /** Every crate against the hosts. */
  readonly crates: readonly CrateRow[];
  readonly workspace: Workspace;
  /** The facts in the user's own packages. */
  readonly sites: readonly Site[];
  readonly suppressions: readonly Suppression[];
}

/** Run all stages and keep what an editor needs. */
export async function examineTree(
  options: RunOptions,
  reportOf: (found: Examination) => Report,
): Promise<Tree> {
  const found = await examine(options);
  const { workspace, sites, suppressions } = found.facts;
  const own = new Set(ownPackages(workspace));
  return {
    report: reportOf(found),
    crates: found.verdicts.crates,
    workspace,
    sites: sites.filter((site) => own.has(site.package)),
    suppressions,
  };
}

/** The packages whose files are the user's own. */
export function ownPackages(workspace: Workspace): PackageId[] {
  return [...workspace.packages.values()]
    .filter((pkg) => isOwn(workspace, pkg))
    .map(({ id }) => id);
}
