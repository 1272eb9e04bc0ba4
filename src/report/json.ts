import { FIX_ABOUT, type FixHint } from "../model/fix.ts";
import type { NotAnalysed } from "../model/place.ts";
import type { PackageReport, Report, Result } from "../model/result.ts";
import { safeJson } from "./plain.ts";
import { relativeTo } from "./paths.ts";
import type { ReportV1 } from "./json-schema.ts";
import type { Reporter } from "./options.ts";

type ResultV1 = ReportV1["results"][number];

/** One result as JSON v1 has it; keys in the order of the contract. */
export function resultV1(result: Result): ResultV1 {
  const { rule, taxa, level, confidence, harm, message, help, hosts, file, span } = result;
  const { symbol, construct, active, reachable, via, fingerprint, closed, demoted, suppressed } =
    result;
  return {
    rule,
    taxa: [...taxa],
    level,
    confidence,
    harm,
    message,
    ...(help !== undefined && { help }),
    hosts: [...hosts],
    package: { name: result.package.name, version: result.package.version },
    file,
    start: { line: span.start.line, column: span.start.column },
    end: { line: span.end.line, column: span.end.column },
    symbol,
    construct,
    active,
    reachable,
    ...(via && { via: [...via] }),
    fingerprint,
    ...(result.places !== undefined && { places: result.places }),
    ...(result.uses !== undefined && { uses: result.uses }),
    ...(result.entries && { entries: [...result.entries] }),
    ...(result.fixes && { fixes: result.fixes.map(fixV1) }),
    ...(closed && { closed: { by: closed.by, how: closed.how } }),
    ...(demoted && { demoted: { by: demoted.by, how: demoted.how } }),
    ...(suppressed && { suppressed: { kind: suppressed.kind, reason: suppressed.reason } }),
  };
}

function fixV1({
  apply,
  file,
  span,
  symbol,
  text,
}: FixHint): NonNullable<ResultV1["fixes"]>[number] {
  const { kind, does } = FIX_ABOUT[apply];
  return {
    apply,
    title: does,
    kind,
    symbol,
    file,
    start: { ...span.start },
    end: { ...span.end },
    ...(text !== undefined && { text }),
  };
}

function packageV1(root: string, one: PackageReport): ReportV1["packages"][number] {
  const { name, version, source, edition, path, features, verdict, counts, own } = one;
  const { error, warning, note } = counts;
  const folder = relativeTo(root, one.dir);
  return {
    name,
    version,
    source,
    edition,
    path: [...path],
    features: [...features],
    verdict,
    counts: { error, warning, note },
    own,
    ...(folder !== undefined && { folder }),
    ...(one.dependencies && { dependencies: [...one.dependencies] }),
    ...(one.cells && { cells: { ...one.cells } }),
  };
}

function notAnalysedV1(item: NotAnalysed): ReportV1["notAnalysed"][number] {
  const { cause, message, file, span } = item;
  return {
    cause,
    message,
    ...(item.package !== undefined && { package: item.package }),
    ...(file !== undefined && { file }),
    ...(span && { start: { ...span.start }, end: { ...span.end } }),
  };
}

/** The report as version 1 of the JSON contract: everything, closed and suppressed results too, no path of this machine. */
export function toV1(report: Report): ReportV1 {
  const { tool, release, profile, target, stats } = report;
  const notices = (report.notices ?? []).map(({ kind, place, message }) => ({
    kind,
    place,
    message,
  }));
  return {
    schemaVersion: 1,
    tool: { name: tool.name, version: tool.version },
    release,
    profile,
    target,
    hosts: [...report.hosts],
    packages: report.packages.map((one) => packageV1(report.root, one)),
    results: report.results.map(resultV1),
    matrix: report.matrix.map(({ host, verdict, because, notes }) => ({
      host,
      verdict,
      because: [...because],
      ...(notes && { notes: [...notes] }),
    })),
    notAnalysed: report.notAnalysed.map(notAnalysedV1),
    ...(notices.length > 0 && { notices }),
    stats: {
      packages: stats.packages,
      files: stats.files,
      bytes: stats.bytes,
      milliseconds: { ...stats.milliseconds },
    },
  };
}

/** JSON v1. */
export const json: Reporter = (report) => `${safeJson(toV1(report), 2)}\n`;

/** One result a line, as in JSON v1. */
export const jsonl: Reporter = (report) =>
  report.results.map((result) => `${safeJson(resultV1(result))}\n`).join("");

/** Any rows, one a line (`inventory`). */
export function rowsAsJsonl(rows: readonly object[]): string {
  return rows.map((row) => `${safeJson(row)}\n`).join("");
}
