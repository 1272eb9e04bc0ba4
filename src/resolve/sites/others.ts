import { MENTION_CLASSES, MENTION_STRIDE } from "../../extract/facts.ts";
import { unquote } from "../../syntax/cfg.ts";
import type { Crate, Graph, Unit } from "../graph.ts";
import { findMacros } from "../macros/find.ts";
import { activeOf } from "./active.ts";
import { attributeSites } from "./attributes.ts";
import { startsPrograms } from "./commands.ts";
import type { RawSite } from "./raw.ts";
import { siteAt } from "./site.ts";

/** Literals, macros that say something by their name, and foreign symbols: facts that need no name resolution, or little. */
export function otherSites(graph: Graph, crate: Crate): RawSite[] {
  const sites: RawSite[] = [];
  for (const unit of crate.units) {
    literalSites(graph, unit, sites);
    macroSites(graph, unit, sites);
    externSites(graph, unit, sites);
    attributeSites(graph, unit, sites);
  }
  return sites;
}

function literalSites(graph: Graph, unit: Unit, sites: RawSite[]): void {
  for (const literal of unit.facts.literals) {
    const active = activeOf(unit, literal.item, literal.cfg);
    if (active === 0 || (literal.kind === "command" && !startsPrograms(unit, literal.callee)))
      continue;
    const { kind, text, at, end, item, context } = literal;
    const site = siteAt(graph, {
      kind,
      name: text,
      unit,
      item,
      offset: at,
      length: end - at,
      file: literal.file ?? 0,
      context,
      active,
    });
    if (kind !== "socket-path") sites.push(site);
    else sites.push({ ...site, data: { ...site.data, bytes: Buffer.byteLength(text) } });
  }
}

const ASSEMBLY = new Set(["asm", "global_asm", "naked_asm"]);
/** Macros of std that ask the host, by the name that they have there. */
const STD_MACROS: ReadonlyMap<string, string> = new Map([
  ["is_aarch64_feature_detected", "std::arch::is_aarch64_feature_detected"],
]);
const MACRO = MENTION_CLASSES.indexOf("macro");

function macroSites(graph: Graph, unit: Unit, sites: RawSite[]): void {
  const { mentions, paths } = unit.facts;
  for (let at = 0; at < mentions.length; at += MENTION_STRIDE) {
    if (mentions[at + 2]! >> 8 !== MACRO) continue;
    const text = paths[mentions[at]!]!;
    const name = text.slice(text.lastIndexOf(":") + 1);
    const std = STD_MACROS.get(name);
    if (std === undefined && !ASSEMBLY.has(name)) continue;
    const path = text.split("::");
    const item = mentions[at + 4]!;
    const active = activeOf(unit, item, mentions[at + 3]!);
    if (active === 0 || isOwnMacro(unit, item, path)) continue;
    const place = {
      unit,
      item,
      offset: mentions[at + 1]!,
      length: name.length,
      file: mentions[at + 5]!,
      context: mentions[at + 2]! & 0xff,
    };
    if (std !== undefined) {
      sites.push(siteAt(graph, { kind: "std-use", name: std, active, ...place }));
      continue;
    }
    const site = siteAt(graph, { kind: "inline-asm", name, active, ...place });
    const systemCall = callsKernel(unit, place.offset);
    sites.push(systemCall ? { ...site, data: { ...site.data, systemCall } } : site);
  }
}

const SYSTEM_CALL = /\b(?:syscall|sysenter|svc|int\s+\$?0x80)\b/u;

/** Whether the assembly at a place has an instruction that calls the kernel. */
function callsKernel(unit: Unit, offset: number): boolean {
  const { calls, items } = unit.facts;
  const call =
    calls.find(({ at }) => at === offset) ?? items.find(({ at, macro }) => at === offset && macro);
  return call?.macro !== undefined && SYSTEM_CALL.test(call.macro.text);
}

/** A crate may define an `asm!` of its own. */
function isOwnMacro(unit: Unit, item: number, path: readonly string[]): boolean {
  const scope = unit.scopes[item];
  return scope !== undefined && findMacros(scope, path).length > 0;
}

function externSites(graph: Graph, unit: Unit, sites: RawSite[]): void {
  const { items } = unit.facts;
  if (items.length === 1) return;
  items.forEach((item, index) => {
    const block = items[item.parent];
    if (block?.kind !== "extern-block" || (item.kind !== "fn" && item.kind !== "static")) return;
    const active = unit.active[index]!;
    if (active === 0) return;
    const name = attributeValue(item.attributes, "link_name") ?? item.name;
    const library = attributeValue(block.attributes, "link");
    const place = {
      unit,
      item: index,
      offset: item.at,
      length: item.name.length,
      file: item.file ?? 0,
      context: 0,
      active,
    };
    const site = siteAt(graph, { kind: "extern-symbol", name, ...place });
    const data = {
      ...site.data,
      abi: unquote(block.target ?? ""),
      ...(library === undefined ? {} : { library }),
    };
    sites.push({
      ...site,
      context: "safe-expr",
      symbolKind: item.kind === "fn" ? "fn" : "static",
      data,
    });
  });
}

/** `link_name="x"` gives x; `link(name="x",…)` gives x. */
function attributeValue(
  attributes: readonly string[] | undefined,
  name: string,
): string | undefined {
  for (const text of attributes ?? []) {
    if (text.startsWith(`${name}=`)) return unquote(text.slice(name.length + 1));
    if (text.startsWith(`${name}(`)) return /name=r?#*"([^"]*)"/.exec(text)?.[1];
  }
  return undefined;
}
