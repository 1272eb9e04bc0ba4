import type { FileFacts, ItemFact } from "../../src/extract/facts.ts";
import { MENTION_CLASSES, MENTION_STRIDE } from "../../src/extract/facts.ts";
import { CONTEXTS } from "../../src/model/site.ts";
import { printCfg } from "../../src/syntax/cfg.ts";
import { placer } from "../syntax/print-tokens.ts";

/** The facts of one file as text that can be read beside the file itself. */
export function printFacts(source: string, facts: FileFacts): string {
  const place = placer(source);
  return [
    section("items", itemLines(facts, place)),
    section("mentions", mentionLines(facts, place)),
    section("macros left for later", callLines(facts, place)),
    section("literals", literalLines(facts, place)),
    section(
      "includes",
      facts.includes.map(({ argument, at }) => `${place(at)} ${argument}`),
    ),
    section(
      "problems",
      facts.problems.map(
        ({ start, end, message }) => `${place(start)} to ${place(end)} ${message}`,
      ),
    ),
  ]
    .filter((text) => text !== "")
    .join("\n");
}

type Place = (offset: number) => string;

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0
    ? ""
    : `${title}\n${lines.map((line) => `  ${line}`.trimEnd()).join("\n")}\n`;
}

function itemLines(facts: FileFacts, place: Place): string[] {
  return facts.items.slice(1).map((item) => {
    let depth = 0;
    for (let at = item.parent; at > 0; at = facts.items[at]!.parent) depth++;
    const head =
      `${place(item.at).padEnd(6)} ${"  ".repeat(depth)}${item.kind} ${item.name}`.trimEnd();
    return [head, ...itemNotes(facts, item)].join("  ");
  });
}

function itemNotes(facts: FileFacts, item: ItemFact): string[] {
  const path = (id: number | undefined): string => facts.paths[id ?? -1] ?? "";
  const notes: string[] = [];
  if (item.vis !== "private" && item.kind !== "variant") notes.push(item.vis);
  if (item.isConst === true) notes.push("const");
  if (item.isUnsafe === true) notes.push("unsafe");
  if (item.kind === "impl")
    notes.push(
      item.trait === undefined ? path(item.self) : `${path(item.trait)} for ${path(item.self)}`,
    );
  if (item.target !== undefined) notes.push(`target ${item.target}`);
  if (item.inline === false) notes.push("in another file");
  for (const leaf of item.uses ?? [])
    notes.push(
      `${leaf.path.join("::")}${leaf.name === leaf.path.at(-1) ? "" : ` as ${leaf.name}`}`,
    );
  for (const attribute of item.attributes ?? []) notes.push(`#[${attribute}]`);
  for (const { cfg, value } of item.paths ?? [])
    notes.push(`path ${value}${cfg === undefined ? "" : ` if ${printCfg(cfg)}`}`);
  if (item.macro !== undefined) notes.push(`${item.macro.delimiter} ${oneLine(item.macro.text)}`);
  return [...notes, ...cfgNote(facts, item.cfg)];
}

function mentionLines(facts: FileFacts, place: Place): string[] {
  const { mentions, paths } = facts;
  const lines: string[] = [];
  for (let at = 0; at < mentions.length; at += MENTION_STRIDE) {
    const bits = mentions[at + 2]!;
    const parts = [
      place(mentions[at + 1]!).padEnd(6),
      CONTEXTS[bits & 0xff]!.padEnd(14),
      MENTION_CLASSES[bits >> 8]!.padEnd(8),
      paths[mentions[at]!]!,
    ];
    lines.push(
      [
        parts.join(" "),
        ...within(facts, mentions[at + 4]!),
        ...cfgNote(facts, mentions[at + 3]!),
      ].join("  "),
    );
  }
  return lines;
}

function callLines(facts: FileFacts, place: Place): string[] {
  return facts.calls.map((call) =>
    [
      `${place(call.at).padEnd(6)} ${facts.paths[call.path]}!${call.macro.delimiter} ${oneLine(call.macro.text)}`,
      `as ${call.as}`,
      CONTEXTS[call.context]!,
      ...within(facts, call.item),
      ...cfgNote(facts, call.cfg),
    ].join("  "),
  );
}

function literalLines(facts: FileFacts, place: Place): string[] {
  return facts.literals.map((literal) =>
    [
      `${place(literal.at).padEnd(6)} ${literal.kind} ${literal.text}`,
      CONTEXTS[literal.context]!,
      ...within(facts, literal.item),
      ...cfgNote(facts, literal.cfg),
    ].join("  "),
  );
}

function within(facts: FileFacts, item: number): string[] {
  const names: string[] = [];
  for (let at = item; at > 0; at = facts.items[at]!.parent)
    names.unshift(facts.items[at]!.name || facts.items[at]!.kind);
  return names.length === 0 ? [] : [`in ${names.join(" > ")}`];
}

function cfgNote(facts: FileFacts, cfg: number): string[] {
  return cfg === 0 ? [] : [`if ${printCfg(facts.cfgs[cfg]!)}`];
}

function oneLine(text: string): string {
  const line = text.trim().replace(/\s+/g, " ");
  return line.length > 60 ? `${line.slice(0, 60)}…` : line;
}
