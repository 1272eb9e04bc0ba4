import { HOSTS } from "../model/host.ts";
import type { Host } from "../model/host.ts";
import type { PackageReport, Report, Result } from "../model/result.ts";
import type { Confidence, Harm, Level, RuleInfo } from "../model/rule.ts";
import { crateKey } from "../util/crate-key.ts";
import { byEvidence, byPlace, byWeight } from "./order.ts";
import { byText } from "../util/sorted.ts";

/** What a person is told once: a place of own code, or all uses of one rule in a dependency. */
export interface Finding {
  readonly rule: string;
  readonly package: PackageReport;
  readonly harm: Harm;
  readonly level: Level;
  readonly confidence: Confidence;
  readonly taxa: readonly string[];
  /** Where that harm is done. */
  readonly hosts: readonly Host[];
  /** The result that shows it best. */
  readonly best: Result;
  /** All of it, in order of place; `best` among them. */
  readonly results: readonly Result[];
  /** Distinct names, the most telling first. */
  readonly symbols: readonly string[];
}

/** Whether a result is a problem of this run: not repaired by the profile, not suppressed. */
export function isOpen(result: Result): boolean {
  return result.closed === undefined && result.suppressed === undefined;
}

/** Finds the package that a result is in. */
export function ownerOf(report: Report): (result: Result) => PackageReport {
  const known = new Map(report.packages.map((one) => [crateKey(one), one]));
  return ({ package: crate }) =>
    known.get(crateKey(crate)) ?? {
      ...crate,
      source: "registry",
      edition: "2021",
      dir: "",
      path: [crateKey(crate)],
      features: [],
      verdict: "unknown",
      counts: { error: 0, warning: 0, note: 0 },
      own: false,
    };
}

function finding(owner: PackageReport, results: readonly Result[]): Finding {
  const ranked = results.toSorted(byEvidence);
  const best = ranked[0]!;
  const alike = results.filter(({ harm }) => harm === best.harm);
  const hosts = new Set(alike.flatMap((result) => result.hosts));
  return {
    rule: best.rule,
    package: owner,
    harm: best.harm,
    level: best.level,
    confidence: best.confidence,
    taxa: [...new Set(results.flatMap((result) => result.taxa))].toSorted(byText),
    hosts: HOSTS.filter((host) => hosts.has(host)),
    best,
    results: results.toSorted(byPlace),
    symbols: [...new Set(ranked.map((result) => result.symbol))],
  };
}

function keyOf(owner: PackageReport, result: Result, spread: boolean): string {
  const base = `${crateKey(result.package)}\n${result.rule}`;
  if (!owner.own && !spread) return `${base}\n${result.level === "note"}`;
  return `${base}\n${result.file}\n${result.span.start.line}\n${result.harm}`;
}

function byFinding(a: Finding, b: Finding): number {
  return (
    byWeight(a, b) ||
    Number(b.package.own) - Number(a.package.own) ||
    b.results.length - a.results.length ||
    byText(a.package.name, b.package.name) ||
    byText(a.package.version, b.package.version) ||
    byText(a.rule, b.rule) ||
    byPlace(a.results[0]!, b.results[0]!)
  );
}

/**
 * Folds results into findings, worst first: one per rule and dependency (what is only a note stays apart), one per
 * rule, line and harm of own code. `spread` treats dependencies as own code.
 */
export function fold(
  report: Report,
  results: readonly Result[],
  { spread = false } = {},
): Finding[] {
  const owner = ownerOf(report);
  const groups = new Map<string, { owner: PackageReport; results: Result[] }>();
  for (const result of results) {
    const of = owner(result);
    const key = keyOf(of, result, spread);
    const group = groups.get(key);
    if (group) group.results.push(result);
    else groups.set(key, { owner: of, results: [result] });
  }
  return [...groups.values()]
    .map((group) => finding(group.owner, group.results))
    .toSorted(byFinding);
}

/** Findings of each crate together; crates in the order of their worst finding. */
export function byCrate(findings: readonly Finding[]): Finding[][] {
  const groups = new Map<string, Finding[]>();
  for (const one of findings) {
    const key = crateKey(one.package);
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return [...groups.values()];
}

/** `SOL_SOCKET, AF_INET6, SO_REUSEADDR … +40`. */
export function symbolList(symbols: readonly string[], shown = 3): string {
  const names = symbols.filter((name) => name !== "");
  const head = names.slice(0, shown).join(", ");
  return names.length > shown ? `${head} … +${names.length - shown}` : head;
}

/** One sentence without a period: what was found, for one place or for many. */
export function headline(one: Finding, rules: ReadonlyMap<string, RuleInfo>): string {
  const text = one.best.message.replace(/[.\s]+$/, "");
  if (one.results.length === 1) return text;
  if (one.package.own) {
    const others = one.symbols.filter((name) => name !== one.best.symbol);
    return others.length === 0 ? text : `${text}; also on this line: ${symbolList(others)}`;
  }
  const title = rules.get(one.rule)?.title.replace(/[.\s]+$/, "") ?? one.rule;
  return `${one.package.name}: ${title}: ${symbolList(one.symbols)}, ${one.results.length} places`;
}

/** What to do about a finding, one sentence; empty when nobody said. */
export function helpOf(one: Finding, rules: ReadonlyMap<string, RuleInfo>): string {
  return one.best.help ?? rules.get(one.rule)?.help ?? "";
}

/** Rules by id. */
export function rulesById(rules: readonly RuleInfo[] = []): ReadonlyMap<string, RuleInfo> {
  return new Map(rules.map((rule) => [rule.id, rule]));
}
