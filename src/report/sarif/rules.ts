import type { ReportingDescriptor, ToolComponent } from "sarif";
import type { NotAnalysedCause } from "../../model/place.ts";
import type { RuleInfo, Taxon } from "../../model/rule.ts";
import type { Finding } from "../findings.ts";
import type { RenderOptions } from "../options.ts";
import { byText } from "../../util/sorted.ts";

/** Name of the list of F ids wherever SARIF points at it. */
export const TAXONOMY = "ape";
/** Never changes: a reader tells by it that two files mean the same list. */
const TAXONOMY_GUID = "6f1f2c1e-5c0a-4d0e-9d55-5f0a5e0f0016";
const MAX_TAGS = 10;
const MAX_DESCRIPTION = 1024;

/** `runtime-constant` as the opaque name that viewers show: `RuntimeConstant`. */
function pascal(id: string): string {
  return id.replace(/(?:^|[^A-Za-z0-9]+)([A-Za-z0-9])/g, (_, first: string) => first.toUpperCase());
}

/** Validators refuse a name that is only the id again, as it is for a rule of one word. */
function nameOf(id: string): { name?: string } {
  const name = pascal(id).slice(0, 255);
  return name.toLowerCase() === id.toLowerCase() ? {} : { name };
}

/** One sentence with a period at its end, not longer than GitHub takes. */
function sentence(text: string): string {
  const flat = text.replace(/\s+/g, " ").trim();
  const ended = /[.!?]$/.test(flat) ? flat : `${flat}.`;
  return ended.length > MAX_DESCRIPTION ? `${ended.slice(0, MAX_DESCRIPTION - 1)}…` : ended;
}

/** The tag that stands for an F id: `external/ape/f-016`. */
export function taxonTag(id: string): string {
  return `external/${TAXONOMY}/${id.toLowerCase()}`;
}

/** Points at an entry of the list of F ids; undefined for an id that the list does not have. */
export function taxonReference(
  taxonomy: readonly Taxon[],
  id: string,
): { id: string; index: number; toolComponent: { name: string; index: number } } | undefined {
  const index = taxonomy.findIndex((taxon) => taxon.id === id);
  return index === -1 ? undefined : { id, index, toolComponent: { name: TAXONOMY, index: 0 } };
}

function helpMarkdown(rule: RuleInfo): string {
  const links = rule.links.map((link) => `- <${link}>`);
  const taxa = rule.taxa.length > 0 ? [`Field notes: ${rule.taxa.join(", ")}.`] : [];
  const blocks = [`**${rule.title}**`, rule.description, `**What to do.** ${rule.help}`, ...taxa];
  return [...blocks, ...(links.length > 0 ? [links.join("\n")] : [])].join("\n\n");
}

function helpUri(rule: RuleInfo, homepage: string | undefined): string | undefined {
  if (homepage !== undefined)
    return `${homepage}/blob/main/rules/${encodeURIComponent(rule.id)}/README.md`;
  return rule.links.find((link) => link.startsWith("https://"));
}

function descriptor(rule: RuleInfo, options: RenderOptions): ReportingDescriptor {
  const uri = helpUri(rule, options.homepage);
  const references = rule.taxa.flatMap((id) => taxonReference(options.taxonomy ?? [], id) ?? []);
  const tags = [...new Set(["portability", ...rule.tags, ...rule.taxa.map(taxonTag)])].slice(
    0,
    MAX_TAGS,
  );
  return {
    id: rule.id,
    ...nameOf(rule.id),
    shortDescription: { text: sentence(rule.title) },
    fullDescription: { text: sentence(rule.description) },
    help: {
      text: sentence(`${sentence(rule.description)} ${rule.help}`),
      markdown: helpMarkdown(rule),
    },
    ...(uri !== undefined && { helpUri: uri }),
    defaultConfiguration: { level: rule.level },
    ...(references.length > 0 && {
      relationships: references.map((target) => ({ target, kinds: ["relevant"] })),
    }),
    properties: {
      tags,
      precision: rule.confidence,
      "problem.severity": rule.level === "note" ? "recommendation" : rule.level,
    },
  };
}

/** A rule that a report speaks of and nobody described: said as far as its results tell. */
function undescribed(one: Finding): RuleInfo {
  const { rule: id, harm, level, confidence, taxa } = one;
  const text = `Results of the rule ${id}.`;
  const help = one.best.help ?? "See the message of each result.";
  return {
    id,
    title: id,
    description: text,
    help,
    harm,
    level,
    confidence,
    taxa,
    tags: [],
    links: [],
  };
}

/** Every rule that ran, then those that only the findings know. */
export function ruleList(
  options: RenderOptions,
  findings: readonly Finding[],
): readonly RuleInfo[] {
  const rules = options.rules ?? [];
  const known = new Set(rules.map((rule) => rule.id));
  const others = new Map(
    findings.filter((one) => !known.has(one.rule)).map((one) => [one.rule, undescribed(one)]),
  );
  return [...rules, ...[...others.values()].toSorted((a, b) => byText(a.id, b.id))];
}

/** Descriptors of rules, as GitHub wants them. */
export function descriptors(
  rules: readonly RuleInfo[],
  options: RenderOptions,
): ReportingDescriptor[] {
  return rules.map((rule) => descriptor(rule, options));
}

/** The list of F ids as a SARIF taxonomy; reconstructed entries say so. */
export function taxonomyComponent(taxonomy: readonly Taxon[]): ToolComponent {
  return {
    name: TAXONOMY,
    guid: TAXONOMY_GUID,
    fullName: "Findings of the APE field notes",
    organization: "ape-lint",
    shortDescription: {
      text: "What breaks when a Rust program becomes an Actually Portable Executable.",
    },
    isComprehensive: false,
    taxa: taxonomy.map((taxon) => ({
      id: taxon.id,
      name: pascal(taxon.id),
      shortDescription: { text: sentence(taxon.title) },
      fullDescription: {
        text: sentence(
          `${sentence(taxon.title)} Seen on: ${taxon.hosts}. Root: ${taxon.rootClass}`,
        ),
      },
      properties: { status: taxon.status, source: taxon.source },
    })),
  };
}

/** How the driver says that it supports the taxonomy. */
export const SUPPORTED_TAXONOMY = { name: TAXONOMY, index: 0, guid: TAXONOMY_GUID } as const;

const CAUSE_TITLES: Readonly<Record<NotAnalysedCause | "results-dropped", string>> = {
  "missing-file": "A module's file is missing",
  "unreadable-file": "A file could not be read",
  "not-utf8": "A file is not UTF-8",
  "outside-package": "A path leads out of its package",
  "too-large": "A file is too large",
  syntax: "Code could not be parsed",
  macro: "A macro's body could not be read",
  include: "An included file was not read",
  "generated-code": "Generated code was not seen",
  package: "A package could not be analysed",
  approximate: "Something was worked out approximately",
  limit: "A limit was reached",
  "results-dropped": "Results were left out of this file",
};

export type NotificationId = keyof typeof CAUSE_TITLES;

/** Ids of notifications, in a fixed order. */
export const NOTIFICATION_IDS = Object.keys(CAUSE_TITLES) as readonly NotificationId[];

const NOTIFICATION_HELP =
  "Nothing is known about what was left out: its verdict is unknown, never fine. The message of each notification says what it is.";

/** The notification's id in the file; the bare cause would read like its own name to validators. */
export function notificationName(id: NotificationId): string {
  return id === "results-dropped" ? id : `not-analysed-${id}`;
}

/** Descriptors of the notifications that a run may carry. */
export function notificationDescriptors(): ReportingDescriptor[] {
  return NOTIFICATION_IDS.map((id) => ({
    id: notificationName(id),
    name: pascal(notificationName(id)),
    shortDescription: { text: sentence(CAUSE_TITLES[id]) },
    fullDescription: { text: sentence(`${CAUSE_TITLES[id]}. ${NOTIFICATION_HELP}`) },
    help: { text: NOTIFICATION_HELP },
  }));
}
