import { HOSTS } from "../model/host.ts";
import type { HostVerdict, PackageReport, Report } from "../model/result.ts";
import { crateKey } from "../util/crate-key.ts";
import { byCrate, headline, helpOf, rulesById } from "./findings.ts";
import type { Finding } from "./findings.ts";
import type { Reporter, RenderOptions } from "./options.ts";
import { hostParts } from "./options.ts";
import { pathStep, shownPath } from "./paths.ts";
import { codeSpan, count, markdownText } from "./plain.ts";
import { gaps, openFindings, reasons, subject, tally, verdictLine } from "./summary.ts";

/** A job's summary may have 1 MiB; we stop before it. */
const MAX_BYTES = 900_000;

const SIGNS: Readonly<Record<HostVerdict, string>> = {
  works: "✅ works",
  "works with changes": "🟡 works with changes",
  degraded: "🟡 degraded",
  fails: "❌ fails",
  "does not build": "❌ does not build",
  unknown: "❔ unknown",
};

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [row(head), row(head.map(() => "---")), ...rows.map(row)];
}

function matrix(report: Report): string[] {
  if (report.matrix.length === 0) return [];
  const order = (host: (typeof HOSTS)[number]): number => HOSTS.indexOf(host);
  const rows = report.matrix
    .toSorted((a, b) => order(a.host) - order(b.host))
    .map((one) => {
      const why = reasons(report, one);
      const more = why.length > 3 ? `; ${why.length - 3} more` : "";
      return [
        hostParts(one.host).join(" "),
        SIGNS[one.verdict],
        why.slice(0, 3).map(markdownText).join("; ") + more,
      ];
    });
  return ["### Hosts", "", ...table(["Host", "Verdict", "Because"], rows), ""];
}

function crateLink(owner: PackageReport): string {
  const label = codeSpan(`${owner.name} ${owner.version}`);
  if (owner.source !== "registry") return label;
  return `[${label}](https://docs.rs/crate/${encodeURIComponent(owner.name)}/${encodeURIComponent(owner.version)})`;
}

function findingLine(report: Report, one: Finding, options: RenderOptions): string {
  const rules = rulesById(options.rules);
  const { best, package: owner } = one;
  const place = owner.own ? shownPath(report, owner, best.file) : best.file;
  const taxa = one.taxa.length > 0 ? ` ${one.taxa.map(markdownText).join(" ")}` : "";
  const help = helpOf(one, rules);
  return [
    `- **${one.level}** ${codeSpan(one.rule)}${taxa}: ${markdownText(headline(one, rules))}`,
    `  (${codeSpan(`${place}:${best.span.start.line}`)})`,
    ...(help === "" ? [] : [`  <br>Fix: ${markdownText(help)}`]),
  ].join("\n");
}

function crateBlock(
  report: Report,
  findings: readonly Finding[],
  options: RenderOptions,
): string[] {
  const owner = findings[0]!.package;
  const way = owner.path.map((step) => codeSpan(pathStep(step).name)).join(" → ");
  return [
    `#### ${crateLink(owner)}`,
    "",
    ...(owner.path.length > 1 ? [way, ""] : []),
    ...findings.map((one) => findingLine(report, one, options)),
    "",
  ];
}

function topRules(findings: readonly Finding[]): string[] {
  const totals = new Map<string, { places: number; crates: Set<string> }>();
  for (const one of findings) {
    const total = totals.get(one.rule) ?? { places: 0, crates: new Set() };
    total.places += one.results.length;
    total.crates.add(crateKey(one.package));
    totals.set(one.rule, total);
  }
  const rows = [...totals]
    .toSorted(([, a], [, b]) => b.places - a.places)
    .slice(0, 20)
    .map(([rule, { places, crates }]) => [codeSpan(rule), String(places), String(crates.size)]);
  return ["### Rules", "", ...table(["Rule", "Places", "Crates"], rows), ""];
}

function cut(lines: readonly string[]): string {
  let size = 0;
  const kept: string[] = [];
  for (const [index, line] of lines.entries()) {
    size += Buffer.byteLength(line) + 1;
    if (size > MAX_BYTES) {
      kept.push(
        "",
        `**Cut here: ${count(lines.length - index, "more line")} would not fit.** The JSON and SARIF outputs have everything.`,
      );
      break;
    }
    kept.push(line);
  }
  return `${kept.join("\n")}\n`;
}

/** For a job's summary or a pull request: hosts, rules, crates with what to do, what was not analysed. */
export const markdown: Reporter = (report, options) => {
  const findings = openFindings(report);
  const counts = tally(report);
  const missing = gaps(report.notAnalysed).map((gap) => `- ${markdownText(gap.text)}`);
  const besides = [
    counts.closed > 0 ? `${counts.closed} repaired by the profile` : "",
    counts.suppressed > 0 ? `${counts.suppressed} suppressed` : "",
  ].filter((part) => part !== "");
  const context = `cosmocc ${markdownText(report.release)}, profile ${markdownText(report.profile)}`;
  const totals = `${count(counts.errors, "error")}, ${count(counts.warnings, "warning")}, ${count(counts.notes, "note")}`;
  return cut([
    `## ape-lint: ${markdownText(subject(report))}`,
    "",
    `${context}. ${totals}${besides.length > 0 ? `; ${besides.join(", ")}` : ""}.`,
    "",
    `${markdownText(verdictLine(report.packages))}.`,
    "",
    ...matrix(report),
    ...(findings.length > 0 ? topRules(findings) : []),
    ...(findings.length > 0 ? ["### Crates, worst first", ""] : []),
    ...byCrate(findings).flatMap((group) => crateBlock(report, group, options)),
    ...(missing.length > 0 ? ["### Not analysed", "", ...missing, ""] : []),
  ]);
};
