import { HOSTS } from "../../model/host.ts";
import type { Host } from "../../model/host.ts";
import type { PackageReport, Report, Result } from "../../model/result.ts";
import { ownerOf } from "../findings.ts";
import { byEvidence, byPlace, byWeight } from "../order.ts";
import { byText } from "../../util/sorted.ts";
import { crateKey } from "../../util/crate-key.ts";

/** What became of a result: what the profile does about it, and what its author said. */
export const STATES = ["open", "weakened", "repaired", "suppressed"] as const;
export type State = (typeof STATES)[number];

/** One line of code with what was found on it. */
export interface Spot {
  readonly id: string;
  readonly file: string;
  readonly line: number;
  readonly results: readonly Result[];
}

/** One rule in one crate, results of one state. */
export interface Group {
  readonly id: string;
  readonly owner: PackageReport;
  readonly rule: string;
  readonly state: State;
  /** The result that shows it best. */
  readonly best: Result;
  readonly hosts: readonly Host[];
  readonly taxa: readonly string[];
  readonly symbols: readonly string[];
  readonly spots: readonly Spot[];
  readonly count: number;
  /** How many different sentences its results have. */
  readonly messages: number;
}

/** A crate with what was found in it. */
export interface CrateGroups {
  readonly id: string;
  readonly owner: PackageReport;
  readonly groups: readonly Group[];
}

/** What became of a result. */
export function stateOf({ closed, demoted, suppressed }: Result): State {
  if (suppressed !== undefined) return "suppressed";
  if (closed !== undefined) return "repaired";
  return demoted === undefined ? "open" : "weakened";
}

/** The hosts of several results, in the order of reports. */
export function hostsOf(results: readonly Result[]): Host[] {
  const given = new Set(results.flatMap(({ hosts }) => hosts));
  return HOSTS.filter((host) => given.has(host));
}

function gathered<T>(items: Iterable<T>, key: (item: T) => string): T[][] {
  const lists = new Map<string, T[]>();
  for (const item of items) {
    const list = lists.get(key(item));
    if (list === undefined) lists.set(key(item), [item]);
    else list.push(item);
  }
  return [...lists.values()];
}

function spotsOf(group: string, results: readonly Result[]): Spot[] {
  const places = gathered(
    results.toSorted(byPlace),
    ({ file, span }) => `${span.start.line} ${file}`,
  );
  return places.map((here, index) => {
    const { file, span } = here[0]!;
    return { id: `${group}-${index + 1}`, file, line: span.start.line, results: here };
  });
}

type Unnamed = Omit<Group, "id" | "spots">;

function unnamed(
  owner: PackageReport,
  results: readonly Result[],
): Unnamed & { all: readonly Result[] } {
  const ranked = results.toSorted(byEvidence);
  const best = ranked[0]!;
  return {
    owner,
    rule: best.rule,
    state: stateOf(best),
    best,
    hosts: hostsOf(results),
    taxa: [...new Set(results.flatMap(({ taxa }) => taxa))].toSorted(byText),
    symbols: [...new Set(ranked.map(({ symbol }) => symbol))],
    count: results.length,
    messages: new Set(results.map(({ message }) => message)).size,
    all: results,
  };
}

function byGroup(a: Unnamed, b: Unnamed): number {
  return (
    STATES.indexOf(a.state) - STATES.indexOf(b.state) ||
    byWeight(a.best, b.best) ||
    b.count - a.count ||
    byText(a.rule, b.rule)
  );
}

function byCrate([a]: readonly Unnamed[], [b]: readonly Unnamed[]): number {
  return (
    STATES.indexOf(a!.state) - STATES.indexOf(b!.state) ||
    byWeight(a!.best, b!.best) ||
    Number(b!.owner.own) - Number(a!.owner.own) ||
    b!.count - a!.count ||
    byText(crateKey(a!.owner), crateKey(b!.owner))
  );
}

/**
 * Sorts the results of a report for reading: by crate, then by rule, worst first; what the profile repairs and what was
 * suppressed behind what is open. Ids are made of positions: nothing that a crate says gets into one.
 */
export function crateGroups(report: Report): CrateGroups[] {
  const owner = ownerOf(report);
  return gathered(report.results, (result) => crateKey(result.package))
    .map((results) => {
      const kinds = gathered(
        results,
        (result) => `${stateOf(result)} ${result.level === "note"} ${result.rule}`,
      );
      return kinds.map((kind) => unnamed(owner(results[0]!), kind)).toSorted(byGroup);
    })
    .toSorted(byCrate)
    .map((kinds, index) => {
      const id = `c${index + 1}`;
      const groups = kinds.map(({ all, ...rest }, at) => {
        const name = `${id}-${at + 1}`;
        return { ...rest, id: name, spots: spotsOf(name, all) };
      });
      return { id, owner: groups[0]!.owner, groups };
    });
}
