import type { Host } from "../model/host.ts";
import type { Judged } from "./judge.ts";
import { fixesOf } from "./fixes.ts";
import { byPlace } from "./order.ts";
import type { Rule } from "./rule.ts";

/**
 * Makes one result of those of a package or file, for rules that ask for it: the first place stands for all, with
 * their number and all their hosts. What is closed, demoted or never reached stays apart from what is not.
 */
export function toldOnce(
  judged: readonly Judged[],
  rules: readonly Rule[],
  apart: (result: Judged["result"]) => string = () => "",
): Judged[] {
  const scopes = new Map(
    rules.flatMap((rule) => (rule.spec.once === undefined ? [] : [[rule.id, rule.spec.once]])),
  );
  const kept: Judged[] = [];
  const groups = new Map<string, Judged[]>();
  for (const each of judged) {
    const scope = scopes.get(each.result.rule);
    if (scope === undefined) {
      kept.push(each);
      continue;
    }
    const key = `${keyOf(each, scope === "file")}${apart(each.result)}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [each]);
    else group.push(each);
  }
  return [...kept, ...[...groups.values()].map(oneOf)];
}

function keyOf({ site, result }: Judged, perFile: boolean): string {
  const dead = result.reachable === "no";
  const weight = [
    result.harm,
    result.level,
    dead,
    result.closed?.how ?? "",
    result.demoted?.how ?? "",
  ];
  return JSON.stringify([result.rule, site.package, perFile ? site.file : "", ...weight]);
}

function oneOf(group: readonly Judged[]): Judged {
  if (group.length === 1) return group[0]!;
  const sorted = group.toSorted((a, b) => byPlace(a.result, b.result));
  const hosts = new Set<Host>(sorted.flatMap(({ result }) => result.hosts));
  // NOTE: a place that is surely reached is the better witness, and one whose message speaks of all hosts.
  const reached = sorted.filter(({ result }) => result.reachable === "yes");
  const witnesses = reached.length > 0 ? reached : sorted;
  const most = Math.max(...witnesses.map(({ result }) => result.hosts.length));
  const first = witnesses.find(({ result }) => result.hosts.length === most)!;
  const taxa = new Set(sorted.flatMap(({ result }) => result.taxa));
  const message = `${first.result.message} (${sorted.length} places)`;
  const all = { message, places: sorted.length, hosts: [...hosts], taxa: [...taxa].toSorted() };
  return { site: first.site, result: { ...first.result, ...all, ...fixesOf(sorted) } };
}
