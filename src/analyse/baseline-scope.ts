import type { Baseline, BaselineEntry } from "../model/baseline.ts";
import { HOSTS } from "../model/host.ts";
import type { RunOptions } from "../model/options.ts";
import type { Workspace } from "../model/workspace.ts";
import { isOwn } from "../util/own.ts";

/** What a baseline needs to know of a run. */
export interface BaselineScope {
  readonly isOwn: (name: string) => boolean;
  readonly couldMeet: (entry: BaselineEntry) => boolean;
}

/**
 * Which packages are the user's own, and whether an entry that was not met is stale: only in a run like the one that
 * the baseline was written in, and of a package that this run looked at (or of any, when it looked at all).
 */
export function baselineScope(
  options: RunOptions,
  workspace: Workspace,
  release: string,
): BaselineScope {
  const packages = [...workspace.packages.values()];
  const own = packages.filter((pkg) => isOwn(workspace, pkg));
  const ownNames = new Set(own.map(({ name }) => name));
  const names = new Set(packages.map(({ name }) => name));
  const { packages: chosen = [], exclude = [] } = options.cargo ?? {};
  const whole = chosen.length === 0 && exclude.length === 0;
  const alike = options.baseline === undefined || isAlike(options.baseline, options, release);
  return {
    isOwn: (name) => ownNames.has(name),
    couldMeet: (entry) => {
      if (!alike || options.levels?.[entry.rule] === "off") return false;
      return whole || names.has(entry.package);
    },
  };
}

function isAlike(baseline: Baseline, options: RunOptions, release: string): boolean {
  const hosts = options.hosts ?? HOSTS;
  return (
    baseline.release === release &&
    baseline.profile === (options.profile ?? "none") &&
    baseline.hosts.every((host) => hosts.includes(host))
  );
}
