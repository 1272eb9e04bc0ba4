import { HOSTS } from "../../model/host.ts";
import type { HostVerdict, MatrixRow, Report } from "../../model/result.ts";
import type { RuleInfo } from "../../model/rule.ts";
import type { Finding } from "../findings.ts";
import { tellingGaps } from "../gaps.ts";
import { count, plain } from "../plain.ts";
import { gaps, reasons, verdictLine } from "../summary.ts";
import type { Tally } from "../summary.ts";
import { padded, wrap } from "../width.ts";
import { crateKey } from "../../util/crate-key.ts";
import { drawn } from "./style.ts";
import type { Pen } from "./style.ts";

function verdictPaint(pen: Pen, verdict: HostVerdict): (text: string) => string {
  if (verdict === "works") return pen.green;
  return verdict === "fails" || verdict === "does not build" ? pen.red : pen.yellow;
}

function hanging(
  pen: Pen,
  lead: string,
  text: string,
  paint = (line: string): string => line,
): string[] {
  const room = pen.width - lead.length;
  return wrap(drawn(pen, text), room).map((line, index) =>
    index === 0
      ? `${paint(line === "" ? lead.trimEnd() : lead)}${line}`
      : `${" ".repeat(lead.length)}${line}`,
  );
}

/** One line per host: what we predict and what decides it; one for all where every host gets the same. */
export function matrixLines(report: Report, pen: Pen): string[] {
  const all = report.matrix.map((row) => ({
    host: row.host as string,
    verdict: row.verdict,
    why: whyText(report, row),
  }));
  const [first] = all;
  const isSame = all.every(({ verdict, why }) => verdict === first?.verdict && why === first.why);
  const rows =
    first !== undefined && isSame && all.length === HOSTS.length
      ? [{ ...first, host: "every host" }]
      : all;
  const hostWidth = Math.max(0, ...rows.map(({ host }) => host.length));
  const verdictWidth = Math.max(0, ...rows.map(({ verdict }) => verdict.length));
  return rows.flatMap(({ host, verdict, why }) => {
    const lead = `  ${padded(host, hostWidth)}  ${padded(verdict, verdictWidth)}  `;
    return hanging(pen, lead, why, verdictPaint(pen, verdict));
  });
}

function whyText(report: Report, row: MatrixRow): string {
  const why = reasons(report, row).map((reason) => plain(reason, 300));
  const shown = why.length > 3 ? [...why.slice(0, 3), `${why.length - 3} more`] : why;
  return shown.join("; ");
}

function leftOut(counts: Tally, hiddenNotes: number): string[] {
  const parts = [
    hiddenNotes > 0 ? `${count(hiddenNotes, "note")} not shown (--all)` : "",
    counts.closed > 0 ? `${counts.closed} repaired by the profile` : "",
    counts.suppressed > 0 ? `${counts.suppressed} suppressed` : "",
  ].filter((part) => part !== "");
  return parts.length > 0 ? [`Besides: ${parts.join(", ")}.`] : [];
}

function totals(counts: Tally): string {
  if (counts.open === 0) return "No results.";
  const parts = [
    counts.errors > 0 ? count(counts.errors, "error") : "",
    counts.warnings > 0 ? count(counts.warnings, "warning") : "",
    counts.notes > 0 ? count(counts.notes, "note") : "",
  ].filter((part) => part !== "");
  return `${parts.join(", ")} in ${count(counts.crates, "crate")}.`;
}

/** Crates need no change for what std does: that is said of std, once. */
function stdLine(findings: readonly Finding[], rules: ReadonlyMap<string, RuleInfo>): string {
  const about = findings.filter(({ rule }) => rules.get(rule)?.tags.includes("std") === true);
  const crates = new Set(about.map((one) => crateKey(one.package))).size;
  if (crates === 0) return "";
  const use = crates === 1 ? "crate uses" : "crates use";
  return `std: ${crates} ${use} parts of it that break; build with a patched std and check with its profile (--profile).`;
}

const WORST_FIRST = ["blocked", "replace", "fork"];

/** The dependency that most has to be done about; the first that is named, where none needs a change. */
function worstDependency(findings: readonly Finding[]): string | undefined {
  const others = findings.filter((one) => !one.package.own).map((one) => one.package);
  const ranked = WORST_FIRST.map((verdict) => others.find((one) => one.verdict === verdict));
  return [...ranked, others[0]].find((one) => one !== undefined)?.name;
}

function nextSteps(findings: readonly Finding[], pen: Pen): string {
  const [worst] = findings;
  if (worst === undefined) return "";
  const steps = [`${pen.command} plan${pen.input}`, `${pen.command} matrix${pen.input}`];
  const crate = worstDependency(findings);
  if (crate !== undefined) steps.push(`${pen.command} why ${plain(crate, 100)}${pen.input}`);
  steps.push(`${pen.command} explain ${plain(worst.taxa[0] ?? worst.rule, 100)}`);
  return `Next: ${steps.join(` ${pen.dot} `)}`;
}

/** Everything below the findings: hosts, crates, totals, what was not analysed, what to do next. */
export function footer(
  report: Report,
  {
    findings,
    rules,
    counts,
    hiddenNotes,
    pen,
  }: {
    findings: readonly Finding[];
    rules: ReadonlyMap<string, RuleInfo>;
    counts: Tally;
    hiddenNotes: number;
    pen: Pen;
  },
): string[] {
  const counted = gaps(report.notAnalysed).filter(({ cause }) => cause !== "approximate");
  const missing = counted.map((gap) => gap.text);
  const prose = [
    plain(verdictLine(report.packages)),
    stdLine(findings, rules),
    totals(counts),
    ...leftOut(counts, hiddenNotes),
    missing.length === 0 ? "" : `Not analysed: ${plain(missing.join(", "))}.`,
    ...tellingGaps(report).map((line) => `${pen.dot} ${plain(line, 500)}`),
    nextSteps(findings, pen),
  ].filter((line) => line !== "");
  const hosts = matrixLines(report, pen);
  return [
    ...hosts,
    ...(hosts.length > 0 ? [""] : []),
    ...prose.flatMap((line) => hanging(pen, "", line)),
  ];
}
