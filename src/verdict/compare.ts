import { HOSTS, type Host } from "../model/host.ts";
import type { Hazard, PackageChange, TreeDiff } from "../model/diff.ts";
import type { PackageReport, Report, Result } from "../model/result.ts";
import { counts } from "../util/counts.ts";

/** A report with the name that the user gave to its state. */
export interface NamedReport {
  readonly name: string;
  readonly report: Report;
}

/**
 * Compares two states of one tree. A hazard is a rule and a name in a crate, whatever its version and wherever it
 * stands; what is repaired, suppressed or not in the program is none.
 */
export function compareReports(before: NamedReport, after: NamedReport): TreeDiff {
  const old = hazardsByCrate(before.report);
  const now = hazardsByCrate(after.report);
  let stays = 0;
  const packages: PackageChange[] = [];
  for (const name of namesOf(before.report, after.report)) {
    const was = old.get(name) ?? new Map<string, Hazard>();
    const is = now.get(name) ?? new Map<string, Hazard>();
    const added = [...is].filter(([key]) => !was.has(key)).map(([, hazard]) => hazard);
    const removed = [...was].filter(([key]) => !is.has(key)).map(([, hazard]) => hazard);
    stays += is.size - added.length;
    const change = { ...changeOf(name, before.report, after.report), added, removed };
    if (isChange(change)) packages.push(change);
  }
  return {
    before: before.name,
    after: after.name,
    packages,
    hosts: hostChanges(before.report, after.report),
    stays,
  };
}

function hazardsByCrate(report: Report): Map<string, Map<string, Hazard>> {
  const crates = new Map<string, Map<string, Hazard>>();
  for (const result of report.results) {
    if (!counts(result)) continue;
    const { name } = result.package;
    const hazards = crates.get(name) ?? new Map<string, Hazard>();
    crates.set(name, hazards);
    const key = `${result.rule}\n${result.symbol}`;
    hazards.set(key, withPlace(hazards.get(key), result));
  }
  return crates;
}

function withPlace(known: Hazard | undefined, result: Result): Hazard {
  const places = (known?.places ?? 0) + (result.places ?? 1);
  if (known !== undefined) {
    const hosts = HOSTS.filter((host) => known.hosts.includes(host) || result.hosts.includes(host));
    return { ...known, places, hosts };
  }
  const { rule, symbol, level, harm, taxa, hosts, message, file, span } = result;
  const place = `${file}:${span.start.line}`;
  return { rule, symbol, level, harm, taxa, hosts, message, places, place };
}

function namesOf(...reports: readonly Report[]): string[] {
  const names = reports.flatMap(({ packages }) => packages.map(({ name }) => name));
  return [...new Set(names)].toSorted();
}

function changeOf(
  name: string,
  before: Report,
  after: Report,
): Omit<PackageChange, "added" | "removed"> {
  const was = before.packages.filter((each) => each.name === name);
  const is = after.packages.filter((each) => each.name === name);
  const last = is[0] ?? was[0];
  return {
    name,
    own: last?.own ?? false,
    before: versionsOf(was),
    after: versionsOf(is),
    verdicts: [was[0]?.verdict, is[0]?.verdict],
    path: last?.path ?? [],
  };
}

function versionsOf(packages: readonly PackageReport[]): string[] {
  return packages.map(({ version }) => version).toSorted();
}

function isChange({ before, after, added, removed, verdicts }: PackageChange): boolean {
  if (added.length + removed.length > 0 || verdicts[0] !== verdicts[1]) return true;
  return before.join() !== after.join();
}

function hostChanges(before: Report, after: Report): TreeDiff["hosts"] {
  const verdict = (report: Report, host: Host): TreeDiff["hosts"][number]["before"] =>
    report.matrix.find((row) => row.host === host)?.verdict;
  return after.hosts.map((host) => ({
    host,
    before: verdict(before, host),
    after: verdict(after, host),
  }));
}
