import type {
  CrateExplanation,
  Explanation,
  SymbolExplanation,
  TaxonExplanation,
} from "../model/explain.ts";
import type { CrateFact } from "../model/crate.ts";
import { ARCHS, HOSTS, archOf } from "../model/host.ts";
import type { Host } from "../model/host.ts";
import type { ConstantRow, HostValue } from "../model/knowledge.ts";
import { hostsText } from "../util/hosts-text.ts";
import type { TextStyle } from "./options.ts";
import { count, plain, safeJson } from "./plain.ts";
import { functionLines, structLines, syscallLines } from "./explain-tables.ts";
import { drawn, penOf } from "./text/style.ts";
import type { Pen } from "./text/style.ts";
import { wrap } from "./width.ts";

/** Forms that `ape-lint explain` has. */
export const EXPLAIN_FORMATS = ["text", "json"] as const;
export type ExplainFormat = (typeof EXPLAIN_FORMATS)[number];

/** Writes what is known about a name, a finding or a crate. Pure. */
export function renderExplanation(
  format: ExplainFormat,
  explanation: Explanation,
  style: TextStyle = {},
): string {
  if (format === "json") return `${safeJson({ schemaVersion: 1, ...explanation }, 2)}\n`;
  const pen = penOf({ text: style });
  return `${linesOf(explanation, pen).join("\n")}\n`;
}

function linesOf(explanation: Explanation, pen: Pen): string[] {
  if (explanation.kind === "symbol") return symbolLines(explanation, pen);
  return explanation.kind === "taxon" ? taxonLines(explanation, pen) : crateLines(explanation, pen);
}

function symbolLines(one: SymbolExplanation, pen: Pen): string[] {
  const { constant, struct, syscall } = one;
  return [
    `${pen.bold(`libc::${plain(one.name)}`)}  cosmocc ${plain(one.release)}`,
    "",
    ...(constant ? constantLines(constant, pen) : []),
    ...(one.function ? [...functionLines(one.function, pen), ""] : []),
    ...(struct ? [...structLines(struct, pen), ""] : []),
    ...(syscall ? [...syscallLines(syscall, pen), ""] : []),
    ...section("releases", one.releases.map(releaseText), pen),
    ...section(
      "findings",
      one.taxa.map(({ id, title, status }) => `${id} ${title} (${status})`),
      pen,
    ),
    ...section("SDKs", one.repairs.map(repairText), pen),
    ...section("uses in this workspace", usesText(one), pen),
    ...section("what to do", one.advice, pen),
  ];
}

function constantLines(row: ConstantRow, pen: Pen): string[] {
  const hex =
    row.group !== "errno" && HOSTS.some((host) => Math.abs(Number(row.hosts[host] ?? 0)) > 255);
  const rows = HOSTS.map((host) => hostLine(row, host, hex));
  const kind = row.runtime
    ? "a variable that Cosmopolitan fills at start-up"
    : "a number in Cosmopolitan's headers";
  const unknown = row.class === "unknown";
  return [
    ...wrap(
      unknown
        ? "Constant. Cosmopolitan's sources do not mention it: unknown is not fine."
        : `Constant, group ${row.group || "none"}: ${classText(row)}; ${row.group === "" ? "not in Cosmopolitan's sources" : kind}.`,
      pen.width,
    ),
    `The libc crate compiles in ${compiledText(row, hex)}.`,
    "",
    ...(unknown ? [] : [...rows.map((line) => line.trimEnd()), ""]),
  ].map((line) => drawn(pen, plain(line)));
}

function classText(row: ConstantRow): string {
  if (row.class === "same") return "the same on every host";
  const bad = HOSTS.filter((host) => differs(row, host));
  const worse =
    row.means === undefined ? "" : "; on some hosts the number is valid and means something else";
  return `${row.class} (${hostsText(bad)})${worse}`;
}

function differs(row: ConstantRow, host: Host): boolean {
  const value = row.hosts[host];
  return value !== null && value !== row.libc[archOf(host)];
}

function hostLine(row: ConstantRow, host: Host, hex: boolean): string {
  const value = row.hosts[host];
  const mark = value === null ? "?" : differs(row, host) ? "!" : " ";
  const means = row.means?.[host];
  const note = means === undefined ? "" : `Linux's number means ${means} there`;
  return `  ${mark} ${host.padEnd(12)} ${numberText(value, hex).padEnd(12)} ${note}`;
}

function compiledText(row: ConstantRow, hex: boolean): string {
  const [x86, arm] = ARCHS.map((arch) => row.libc[arch]);
  if (x86 === arm) return numberText(x86 ?? null, hex);
  return `${numberText(x86 ?? null, hex)} on x86_64, ${numberText(arm ?? null, hex)} on aarch64`;
}

/** Flags and requests read best as bits. A number past 2^53 is rounded by JSON, so it is shown as a power of two. */
function numberText(value: HostValue, hex: boolean): string {
  if (value === null) return "unknown";
  if (value === "absent") return "absent";
  if (value > Number.MAX_SAFE_INTEGER) return `2^${Math.round(Math.log2(value))}-1`;
  return hex && value > 9 ? `0x${value.toString(16)}` : String(value);
}

function section(title: string, lines: readonly string[], pen: Pen): string[] {
  if (lines.length === 0) return [];
  return [
    pen.bold(title),
    ...lines.flatMap((line) =>
      wrap(drawn(pen, plain(line)), pen.width - 2).map((part) => `  ${part}`),
    ),
    "",
  ];
}

function releaseText(state: SymbolExplanation["releases"][number]): string {
  const { release, constant, struct } = state;
  const layout =
    struct === undefined
      ? ""
      : struct.x86_64 === struct.aarch64
        ? struct.x86_64
        : `${struct.x86_64} on x86_64, ${struct.aarch64} on aarch64`;
  const parts = [
    constant && `constant ${constant}`,
    state.function && `function ${state.function}`,
    layout && `struct ${layout}`,
  ];
  const said = parts.filter((part) => part !== undefined && part !== "");
  return `${release}: ${said.length === 0 ? "nothing known" : said.join(", ")}`;
}

function repairText({ profile, repair }: SymbolExplanation["repairs"][number]): string {
  const hosts = repair.hosts === undefined ? "" : ` (${hostsText(repair.hosts)})`;
  return `${profile} ${repair.effect} it${hosts}: ${repair.how} [${repair.source}]`;
}

function usesText(one: SymbolExplanation): string[] {
  if (one.uses === undefined) return [];
  if (one.uses.length === 0) return ["none"];
  return one.uses.map((use) => `${use.package} ${use.version}: ${count(use.count, "use")}`);
}

function taxonLines(one: TaxonExplanation, pen: Pen): string[] {
  const { taxon } = one;
  const shown = one.names.slice(0, 60);
  const more = one.names.length - shown.length;
  return [
    `${pen.bold(taxon.id)}  ${plain(taxon.title)}`,
    "",
    `hosts:      ${plain(taxon.hosts)}`,
    `root class: ${plain(taxon.rootClass)}`,
    `status:     ${taxon.status}`,
    `source:     ${plain(taxon.source)}`,
    "",
    ...section("rules", one.rules, pen),
    ...section(`names under it in cosmocc ${one.release}`, names(shown, more), pen),
    ...section(
      "crates",
      one.crates.map(({ name, fact }) => `${name} ${fact.versions}: ${fact.summary}`),
      pen,
    ),
  ];
}

function names(shown: readonly string[], more: number): string[] {
  if (shown.length === 0) return [];
  return [`${shown.join(" ")}${more > 0 ? ` … and ${more} more` : ""}`];
}

function crateLines(one: CrateExplanation, pen: Pen): string[] {
  return [
    pen.bold(plain(one.name)),
    "",
    ...one.facts.flatMap((fact) => section(factTitle(fact), factLines(fact), pen)),
    ...section(
      "patched by SDKs",
      one.patches.map(
        ({ profile, patch }) =>
          `${profile}, versions ${patch.versions}: ${patch.how} [${patch.source}]`,
      ),
      pen,
    ),
  ];
}

function factTitle(fact: CrateFact): string {
  const where = fact.hosts.length === 0 ? "every host" : hostsText(fact.hosts);
  return `${fact.id} (${fact.kind}${fact.harm === undefined ? "" : `, ${fact.harm}`}; versions ${fact.versions}; ${where})`;
}

function factLines(fact: CrateFact): string[] {
  return [
    fact.summary,
    ...(fact.help === undefined ? [] : [`Do: ${fact.help}`]),
    ...(fact.profiles === undefined ? [] : [`Profiles: ${fact.profiles.join(", ")}`]),
    ...(fact.whenFeatures === undefined
      ? []
      : [`Only with feature: ${fact.whenFeatures.join(", ")}`]),
    ...(fact.unlessFeatures === undefined
      ? []
      : [`Not with feature: ${fact.unlessFeatures.join(", ")}`]),
    ...(fact.taxa === undefined ? [] : [`Findings: ${fact.taxa.join(", ")}`]),
    ...fact.sources.map((source) => `Known from: ${source}`),
  ];
}
