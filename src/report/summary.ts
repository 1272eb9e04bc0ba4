import { PACKAGE_VERDICTS } from "../model/result.ts";
import type { MatrixRow, PackageReport, PackageVerdict, Report } from "../model/result.ts";
import type { NotAnalysed, NotAnalysedCause } from "../model/place.ts";
import { crateKey } from "../util/crate-key.ts";
import { fold, isOpen } from "./findings.ts";
import type { Finding } from "./findings.ts";
import { byText } from "../util/sorted.ts";
import { pathStep } from "./paths.ts";
import { count } from "./plain.ts";

const CAUSES: Readonly<Record<NotAnalysedCause, readonly [one: string, many: string]>> = {
  "missing-file": ["missing file", "missing files"],
  "unreadable-file": ["unreadable file", "unreadable files"],
  "not-utf8": ["file that is not UTF-8", "files that are not UTF-8"],
  "outside-package": ["path that leads out of its package", "paths that lead out of their package"],
  "too-large": ["file that is too large", "files that are too large"],
  syntax: ["stretch of code that does not parse", "stretches of code that do not parse"],
  macro: ["macro body", "macro bodies"],
  include: ["included file", "included files"],
  "generated-code": ["piece of generated code", "pieces of generated code"],
  package: ["package", "packages"],
  approximate: ["approximation", "approximations"],
  limit: ["limit of the analysis reached", "limits of the analysis reached"],
};

/** What was not looked into, by cause, the most frequent first. */
export interface Gap {
  readonly cause: NotAnalysedCause;
  /** `2 macro bodies (tracing, mio)`. */
  readonly text: string;
  readonly items: readonly NotAnalysed[];
}

/** Counts what was not analysed; a few packages are named for each cause. */
export function gaps(items: readonly NotAnalysed[]): Gap[] {
  const groups = new Map<NotAnalysedCause, NotAnalysed[]>();
  for (const item of items) {
    const group = groups.get(item.cause);
    if (group) group.push(item);
    else groups.set(item.cause, [item]);
  }
  return [...groups]
    .map(([cause, group]) => ({ cause, text: gapText(cause, group), items: group }))
    .toSorted((a, b) => b.items.length - a.items.length || byText(a.cause, b.cause));
}

function gapText(cause: NotAnalysedCause, group: readonly NotAnalysed[]): string {
  const [one, many] = CAUSES[cause];
  const names = [
    ...new Set(group.flatMap((item) => (item.package ? [pathStep(item.package).name] : []))),
  ].toSorted(byText);
  const more = names.length > 3 ? `, ${names.length - 3} more` : "";
  const where = names.length > 0 ? ` (${names.slice(0, 3).join(", ")}${more})` : "";
  return `${count(group.length, one, many)}${where}`;
}

/** Packages that the run was asked about. */
export function rootsOf(report: Report): readonly PackageReport[] {
  const tops = report.packages.filter((one) => one.path.length <= 1);
  if (tops.length > 0) return tops;
  return report.packages.filter((one) => one.own);
}

/** Name for the whole: `xh 0.26.3`, or `a, b and 3 more`. Version 0.0.0 says that there is none. */
export function subject(report: Report): string {
  const roots = rootsOf(report);
  const [first] = roots;
  if (first === undefined) return "nothing";
  if (roots.length === 1)
    return first.version === "0.0.0" ? first.name : `${first.name} ${first.version}`;
  const names = roots.map((one) => one.name);
  if (names.length <= 3) return names.join(", ");
  return `${names.slice(0, 2).join(", ")} and ${names.length - 2} more`;
}

/** Results by what became of them. */
export interface Tally {
  readonly open: number;
  readonly errors: number;
  readonly warnings: number;
  readonly notes: number;
  readonly closed: number;
  readonly suppressed: number;
  /** Crates with an open result. */
  readonly crates: number;
}

/** Counts the results of a report. */
export function tally(report: Report): Tally {
  const open = report.results.filter(isOpen);
  const level = (wanted: string): number => open.filter((one) => one.level === wanted).length;
  return {
    open: open.length,
    errors: level("error"),
    warnings: level("warning"),
    notes: level("note"),
    closed: report.results.filter((one) => one.suppressed === undefined && one.closed !== undefined)
      .length,
    suppressed: report.results.filter((one) => one.suppressed !== undefined).length,
    crates: new Set(open.map((one) => crateKey(one.package))).size,
  };
}

const VERDICT_WORDS: Readonly<Record<PackageVerdict, string>> = {
  "as is": "as is",
  patch: "to patch",
  fork: "to fork",
  replace: "to replace",
  blocked: "with no way on some host",
  unknown: "unknown",
};

/** `118 crates: 97 as is, 16 to patch, 4 to fork (mio, …)`. */
export function verdictLine(packages: readonly PackageReport[]): string {
  const parts = PACKAGE_VERDICTS.flatMap((verdict) => {
    const of = packages.filter((one) => one.verdict === verdict);
    if (of.length === 0) return [];
    const names = of.map((one) => one.name);
    const shown = names.length > 6 ? [...names.slice(0, 5), `${names.length - 5} more`] : names;
    const list = verdict === "as is" || verdict === "unknown" ? "" : ` (${shown.join(", ")})`;
    return [`${of.length} ${VERDICT_WORDS[verdict]}${list}`];
  });
  return `${count(packages.length, "crate")}: ${parts.join(", ")}`;
}

/** Stands for a result that a verdict rests on and that the report leaves out. */
export const LEFT_OUT = "a result that this report leaves out";

/** Whether a reason of a verdict is the fingerprint of a result; else it is a sentence. */
export function isPrint(reason: string): boolean {
  return /^[0-9a-f]{16,}$/.test(reason);
}

/** The reasons of a host's verdict as text: a fingerprint becomes `F-016 compile-time-backend in mio`. */
export function reasons(report: Report, row: MatrixRow): string[] {
  const byPrint = new Map(report.results.map((result) => [result.fingerprint, result]));
  const texts = row.because.map((reason) => {
    const result = byPrint.get(reason);
    if (result === undefined) return isPrint(reason) ? LEFT_OUT : reason;
    const taxa = result.taxa.length > 0 ? `${result.taxa.join(" ")} ` : "";
    return `${taxa}${result.rule} in ${result.package.name}`;
  });
  return [...new Set(texts)];
}

/** Open findings of a report, worst first. */
export function openFindings(report: Report, all = false): Finding[] {
  return fold(report, report.results.filter(isOpen), { spread: all });
}
