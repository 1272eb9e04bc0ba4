import type { Report, Result } from "../../model/result.ts";
import type { RuleInfo, Taxon } from "../../model/rule.ts";
import { rulesById } from "../findings.ts";
import { lineReader } from "../lines.ts";
import type { LineReader } from "../lines.ts";
import type { RenderOptions } from "../options.ts";
import { crateKey } from "../../util/crate-key.ts";
import { crateGroups } from "./groups.ts";
import type { CrateGroups, Group, Spot } from "./groups.ts";

/** Where a result stands on the page. */
export interface Standing {
  readonly crate: CrateGroups;
  readonly group: Group;
  readonly spot: Spot;
  readonly result: Result;
}

/** What the sections of one page share. */
export interface Page {
  readonly report: Report;
  readonly rules: ReadonlyMap<string, RuleInfo>;
  readonly taxonomy: ReadonlyMap<string, Taxon>;
  readonly reader: LineReader;
  readonly crates: readonly CrateGroups[];
  /** Crates with results, by `name@version`. */
  readonly byKey: ReadonlyMap<string, CrateGroups>;
  readonly byFingerprint: ReadonlyMap<string, Standing>;
}

/** Sorts a report once for all sections. */
export function pageOf(report: Report, options: RenderOptions): Page {
  const crates = crateGroups(report);
  const byFingerprint = new Map<string, Standing>();
  for (const crate of crates)
    for (const group of crate.groups)
      for (const spot of group.spots)
        for (const result of spot.results)
          if (!byFingerprint.has(result.fingerprint))
            byFingerprint.set(result.fingerprint, { crate, group, spot, result });
  return {
    report,
    rules: rulesById(options.rules),
    taxonomy: new Map((options.taxonomy ?? []).map((each) => [each.id, each])),
    reader: lineReader(options),
    crates,
    byKey: new Map(crates.map((crate) => [crateKey(crate.owner), crate])),
    byFingerprint,
  };
}

/** How many results of a crate are open. */
export function openCount(crate: CrateGroups | undefined): number {
  const open = crate?.groups.filter(({ state }) => state === "open" || state === "weakened") ?? [];
  return open.reduce((sum, { count }) => sum + count, 0);
}
