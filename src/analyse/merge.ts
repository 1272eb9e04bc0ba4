import path from "node:path";
import { WORST_FIRST } from "../model/result.ts";
import type { MatrixRow, PackageReport, Report, Result } from "../model/result.ts";
import { byHarm } from "../rules/order.ts";
import { crateKey } from "../util/crate-key.ts";
import { InputError } from "../util/errors.ts";
import { byText } from "../util/sorted.ts";

/** A report, and the file that it comes from. */
export interface ReportFile {
  readonly file: string;
  readonly report: Report;
}

/**
 * Joins reports of one kind of run: the parts of `--shard`, or several trees. What is told twice is told once; where
 * two runs differ about reachability, the one that found a way is right. Throws an InputError when the runs were asked
 * different questions, or when a report tells nothing of a host.
 */
export function mergeReports(files: readonly ReportFile[], root: string): Report {
  const [first, ...others] = files;
  if (first === undefined) throw new InputError("there is nothing to merge");
  for (const other of others) checkAlike(first, other);
  for (const each of files) checkWhole(each);
  const reports = files.map(({ report }) => report);
  return {
    ...first.report,
    root,
    packages: packagesOf(reports, root),
    results: resultsOf(reports),
    matrix: first.report.hosts.map((host) => worst(reports.flatMap((each) => rowsOf(each, host)))),
    notAnalysed: joined(reports.map(({ notAnalysed }) => notAnalysed)),
    notices: joined(reports.map(({ notices = [] }) => notices)),
    stats: {
      packages: Math.max(...reports.map(({ stats }) => stats.packages)),
      files: Math.max(...reports.map(({ stats }) => stats.files)),
      bytes: Math.max(...reports.map(({ stats }) => stats.bytes)),
      milliseconds: {},
    },
  };
}

const QUESTION = ["release", "profile", "target"] as const;

function checkAlike(a: ReportFile, b: ReportFile): void {
  const said = ({ report }: ReportFile): readonly (readonly [string, string])[] => [
    ["version", report.tool.version],
    ...QUESTION.map((key) => [key, report[key]] as const),
    ["hosts", report.hosts.join(" ")],
  ];
  for (const [index, [key, value]] of said(a).entries()) {
    const other = said(b)[index]?.[1];
    if (value === other) continue;
    throw new InputError(`${key} is ${other} here and ${value} in ${a.file}`, {
      place: b.file,
      hint: "only runs with the same settings can be told as one",
    });
  }
}

function checkWhole({ file, report }: ReportFile): void {
  const missing = report.hosts.find((host) => rowsOf(report, host).length === 0);
  if (missing === undefined) return;
  throw new InputError(`the matrix has no row for ${missing}`, {
    place: file,
    hint: "write the report again with `ape-lint check --format json`",
  });
}

function packagesOf(reports: readonly Report[], root: string): PackageReport[] {
  const found = new Map<string, PackageReport>();
  for (const report of reports) {
    for (const each of report.packages) {
      const key = crateKey(each);
      const known = found.get(key);
      if (known === undefined || known.path.length > each.path.length)
        found.set(key, { ...each, dir: moved(each.dir, report.root, root) });
    }
  }
  return [...found.values()].toSorted(
    (a, b) => byText(a.name, b.name) || byText(a.version, b.version),
  );
}

/** A folder inside the tree that a report was about, in the tree at hand. */
function moved(dir: string, from: string, to: string): string {
  const below = path.posix.relative(from, dir);
  return below.startsWith("..") ? dir : path.join(to, below);
}

const REACHED = ["yes", "unknown", "no"] as const;

function resultsOf(reports: readonly Report[]): Result[] {
  const found = new Map<string, Result>();
  for (const { results } of reports) {
    for (const each of results) {
      const key = keyOf(each);
      const known = found.get(key);
      const better =
        known === undefined || REACHED.indexOf(each.reachable) < REACHED.indexOf(known.reachable);
      if (better) found.set(key, each);
    }
  }
  // NOTE: equal ones keep their order: the parts of a run never split a package.
  return [...found.values()].toSorted(byHarm);
}

function keyOf({ rule, package: { name, version }, file, span, fingerprint }: Result): string {
  const { line, column } = span.start;
  return [rule, name, version, file, line, column, fingerprint].join("\n");
}

function rowsOf({ matrix }: Report, host: string): MatrixRow[] {
  return matrix.filter((row) => row.host === host);
}

/** The worst of the rows of one host; those that agree with it say why, too. */
function worst(rows: readonly MatrixRow[]): MatrixRow {
  const [row] = rows.toSorted(
    (a, b) => WORST_FIRST.indexOf(a.verdict) - WORST_FIRST.indexOf(b.verdict),
  ) as [MatrixRow];
  const agreeing = rows.filter(({ verdict }) => verdict === row.verdict);
  return { ...row, because: [...new Set(agreeing.flatMap(({ because }) => because))] };
}

/** All that any list has, as often as the list that has it most often. */
function joined<T>(lists: readonly (readonly T[])[]): T[] {
  const most = new Map<string, T[]>();
  for (const list of lists) {
    const here = new Map<string, T[]>();
    for (const each of list) {
      const key = JSON.stringify(each);
      here.set(key, [...(here.get(key) ?? []), each]);
    }
    for (const [key, same] of here)
      if (same.length > (most.get(key)?.length ?? 0)) most.set(key, same);
  }
  return [...most.values()].flat();
}
