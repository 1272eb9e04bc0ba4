import type { Host } from "../model/host.ts";
import type { Judged } from "./judge.ts";
import { fixesOf } from "./fixes.ts";
import { byPlace } from "./order.ts";

/** Names that a message lists before it counts the rest. */
const LISTED = 6;

/**
 * Makes one result of those that a rule has about the entries of one table: the first live entry stands for all.
 * Entries that the program never reaches are a result of their own, as are those that weigh less.
 */
export function foldTables(
  judged: readonly Judged[],
  apart: (result: Judged["result"]) => string = () => "",
): Judged[] {
  const kept: Judged[] = [];
  const groups = new Map<string, Judged[]>();
  for (const each of judged) {
    if (each.site.table === undefined) {
      kept.push(each);
      continue;
    }
    const key = `${keyOf(each)}${apart(each.result)}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [each]);
    else group.push(each);
  }
  return [...kept, ...[...groups.values()].map(oneOf)];
}

function keyOf({ site, result }: Judged): string {
  const { rule, harm, level, confidence, closed, demoted } = result;
  const dead = result.reachable === "no";
  const weight = [harm, level, confidence, dead, closed?.how ?? "", demoted?.how ?? ""];
  return JSON.stringify([rule, site.package, site.target, site.table, ...weight]);
}

function oneOf(group: readonly Judged[]): Judged {
  const sorted = group.toSorted((a, b) => byPlace(a.result, b.result));
  const first = sorted.find(({ result }) => result.reachable === "yes") ?? (sorted[0] as Judged);
  if (sorted.length === 1) return first;
  const names = [...new Set(sorted.map(({ result }) => result.symbol))];
  const others = names.filter((name) => name !== first.result.symbol);
  const listed = others.slice(0, LISTED).join(", ");
  const more = others.length > LISTED ? ` and ${others.length - LISTED} more` : "";
  const message = `${first.result.message}; one of ${names.length} such entries of ${first.site.table ?? ""}: ${listed}${more}`;
  const hosts = [...new Set<Host>(sorted.flatMap(({ result }) => result.hosts))];
  const taxa = [...new Set(sorted.flatMap(({ result }) => result.taxa))].toSorted();
  const entries = names.toSorted();
  return {
    site: first.site,
    result: {
      ...first.result,
      message,
      hosts,
      taxa,
      places: sorted.length,
      entries,
      ...fixesOf(sorted),
    },
  };
}
