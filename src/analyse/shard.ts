import type { Shard } from "../model/options.ts";
import type { Report } from "../model/result.ts";
import { crateKey, keyInId } from "../util/crate-key.ts";

/**
 * What one machine of several tells: every n-th package, with its results. Verdicts of hosts are those of the whole,
 * since reachability is: a method is in the program because of a call in one package and a value made in another.
 * Parts are disjoint and together the whole, so that joining them needs no judgement.
 */
export function partOf(report: Report, shard: Shard | undefined): Report {
  if (shard === undefined) return report;
  const { index, count } = shard;
  const mine = report.packages.filter((_, at) => at % count === index - 1);
  const all = new Set(report.packages.map(crateKey));
  const kept = new Set(mine.map(crateKey));
  // NOTE: what belongs to no package that is told (the build, a macro's package) is told once, by the first part.
  const isMine = (name: string): boolean => (all.has(name) ? kept.has(name) : index === 1);
  return {
    ...report,
    packages: mine,
    results: report.results.filter((result) => isMine(crateKey(result.package))),
    notAnalysed: report.notAnalysed.filter(({ package: id = "" }) =>
      isMine(keyInId(id, all) ?? ""),
    ),
    notices: index === 1 ? (report.notices ?? []) : [],
  };
}
