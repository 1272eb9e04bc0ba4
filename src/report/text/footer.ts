import type { HostVerdict, Report } from "../../model/result.ts";
import type { Finding } from "../findings.ts";
import { count, plain } from "../plain.ts";
import { gaps, reasons, verdictLine } from "../summary.ts";
import type { Tally } from "../summary.ts";
import { padded, wrap } from "../width.ts";
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

/** One line per host: what we predict and what decides it. */
export function matrixLines(report: Report, pen: Pen): string[] {
  const hostWidth = Math.max(0, ...report.matrix.map((row) => row.host.length));
  const verdictWidth = Math.max(0, ...report.matrix.map((row) => row.verdict.length));
  return report.matrix.flatMap((row) => {
    const why = reasons(report, row).map((reason) => plain(reason, 300));
    const shown = why.length > 3 ? [...why.slice(0, 3), `${why.length - 3} more`] : why;
    const lead = `  ${padded(row.host, hostWidth)}  ${padded(row.verdict, verdictWidth)}  `;
    return hanging(pen, lead, shown.join("; "), verdictPaint(pen, row.verdict));
  });
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

function nextSteps(findings: readonly Finding[], pen: Pen): string {
  const [worst] = findings;
  if (worst === undefined) return "";
  const steps = [`${pen.command} plan`, `${pen.command} matrix`];
  const dependency = findings.find((one) => !one.package.own);
  if (dependency) steps.push(`${pen.command} why ${plain(dependency.package.name, 100)}`);
  steps.push(`${pen.command} explain ${plain(worst.taxa[0] ?? worst.rule, 100)}`);
  return `Next: ${steps.join(` ${pen.dot} `)}`;
}

/** Everything below the findings: hosts, crates, totals, what was not analysed, what to do next. */
export function footer(
  report: Report,
  {
    findings,
    counts,
    hiddenNotes,
    pen,
  }: { findings: readonly Finding[]; counts: Tally; hiddenNotes: number; pen: Pen },
): string[] {
  const missing = gaps(report.notAnalysed).map((gap) => gap.text);
  const prose = [
    plain(verdictLine(report.packages)),
    totals(counts),
    ...leftOut(counts, hiddenNotes),
    missing.length === 0 ? "" : `Not analysed: ${plain(missing.join(", "))}.`,
    nextSteps(findings, pen),
  ].filter((line) => line !== "");
  const hosts = matrixLines(report, pen);
  return [
    ...hosts,
    ...(hosts.length > 0 ? [""] : []),
    ...prose.flatMap((line) => hanging(pen, "", line)),
  ];
}
