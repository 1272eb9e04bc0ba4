import type { Reached, Site } from "../../model/site.ts";
import { mergeSites } from "./site.ts";
import { largeTables } from "./tables.ts";

/** A site of which it is not known yet whether the program leads there. */
export interface RawSite extends Site {
  /** Number of the item that it stands in, among the items of its crate (`numberOf`). */
  readonly at: number;
}

/** The arm of a set of alternatives that cfg keeps; what it is told with depends on which of its uses are reached. */
export interface RawArm {
  readonly site: RawSite;
  /** Uses of the libc crate inside it, by their places in `RawSites.sites`. */
  readonly within: readonly number[];
}

/** What one crate says at its places: plain data, which changes only with the crate and what it stands on. */
export interface RawSites {
  readonly sites: readonly RawSite[];
  readonly arms: readonly RawArm[];
}

export const NO_SITES: RawSites = { sites: [], arms: [] };

/**
 * The sites of a crate, each with the answer to whether the program leads there.
 *
 * @param known sites that were finished before, with the same answers
 */
export function finishSites(
  { sites, arms }: RawSites,
  reachOf: (site: RawSite) => Partial<Reached>,
  known?: WeakMap<RawSite, Site>,
): Site[] {
  const reached = sites.map((site) => {
    const before = known?.get(site);
    if (before !== undefined) return before;
    const finished = { ...withoutItem(site), ...reachOf(site) };
    known?.set(site, finished);
    return finished;
  });
  const chosen = arms.flatMap((arm) => armSite(arm, reached));
  return largeTables(mergeSites([...reached, ...chosen]));
}

/** A module is in the program when something in it is. */
function armSite({ site, within }: RawArm, sites: readonly Site[]): Site[] {
  const uses = within.map((k) => sites[k]!);
  const live = uses.filter((use) => use.reachable !== "no");
  const symbols = [...new Set((live.length > 0 ? live : uses).map((use) => use.name))].sort();
  if (symbols.length === 0) return [];
  const { reachable, trail } =
    uses.find((use) => use.reachable === "yes") ??
    uses.find((use) => use.reachable === "unknown") ??
    uses[0]!;
  const reach = {
    ...(reachable === undefined ? {} : { reachable }),
    ...(trail === undefined ? {} : { trail }),
  };
  return [{ ...withoutItem(site), ...reach, data: { ...site.data, symbols } }];
}

function withoutItem(site: RawSite): Site {
  const { at: _, ...rest } = site;
  return rest;
}
