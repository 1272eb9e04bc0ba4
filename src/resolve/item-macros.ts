import type { FileFacts, ItemFact } from "../extract/facts.ts";
import { extractTokens } from "../extract/extract.ts";
import type { Active } from "../syntax/cfg-eval.ts";
import type { Tokens } from "../syntax/tokens.ts";
import type { CallPlace, Crate, MacroDef, Scope, Unit } from "./graph.ts";
import { findMacros } from "./macros/find.ts";
import { expandMacro } from "./macros/expand.ts";
import { exportedAs, macroOf } from "./macros/definition.ts";
import { scanTokens } from "./macros/scan.ts";
import { sliceOf, type Slice } from "./macros/tokens.ts";
import { noteUnexpanded } from "./unexpanded.ts";
import { addMacro, callPlace, newUnit, type Collector, type PendingMacro } from "./scopes.ts";

/** Make a `macro_rules!` known by its textual scope, and in the whole crate by its name. */
export function defineMacro(
  c: Collector,
  unit: Unit,
  item: ItemFact,
  scope: Scope,
  active: Active,
): void {
  const def = macroOf(item, { crate: c.crate, scope, active, file: item.file ?? unit.file });
  addMacro(scope, def);
  add(c.crate.macros, def);
  if (exportedAs(item) !== undefined) add(c.crate.exported, def);
}

function add(table: Map<string, MacroDef[]>, def: MacroDef): void {
  const list = table.get(def.name);
  if (list === undefined) table.set(def.name, [def]);
  else list.push(def);
}

/**
 * Expand an invocation and declare what it brings.
 *
 * @param last no further round will come: read the arguments as they are when no definition is found
 * @returns false when its definition is not known yet
 */
export function expandItems(c: Collector, call: PendingMacro, last: boolean): boolean {
  const item = call.unit.facts.items[call.index]!;
  if (item.macro === undefined || item.target === undefined) return true;
  const input = sliceOf(item.macro, item.file ?? call.unit.file);
  const place = { file: item.file ?? call.unit.file, at: item.at };
  const found = findMacros(call.scope, item.target.split("::"), place);
  const expanded = expandFirst(c, found, input);
  if (expanded !== undefined) {
    for (const tokens of expanded) declare(c, call, extractTokens(tokens));
    return true;
  }
  if (found.length === 0 && !last) return false;
  readArguments(c, call, input, { target: item.target, found: found.length > 0 });
  return true;
}

/** rustc's own limit of macros that bring macros, and the highest that we follow. */
const USUAL_LIMIT = 128;
const MOST_LIMIT = 1024;

/** How deep the expansions of a crate may bring further ones: twice what rustc allows, as we count other steps too. */
export function recursionLimit({ files }: Pick<Crate, "files">): number {
  for (const { items } of files.values()) {
    const text = items[0]?.attributes?.find((one) => one.startsWith("recursion_limit="));
    const limit = Number(/\d+/.exec(text ?? "")?.[0] ?? 0);
    if (limit > USUAL_LIMIT) return 2 * Math.min(limit, MOST_LIMIT);
  }
  return 2 * USUAL_LIMIT;
}

/** Files and expansions of one crate: those of rustix and of nix, with all they stand on, are below 20,000. */
export const MAX_EXPANSIONS = 60_000;
/** Tokens that the expansions of one crate may have together; each one counts a little more than it has. */
const MAX_TOKENS = 12_000_000;
const TOKENS_PER_EXPANSION = 40;
/** A crate that raises its recursion limit may have more of them in proportion, up to so many times as many. */
const MOST_TIMES = 4;

function isFull({ crate, tokens, limit }: Collector): boolean {
  const times = Math.min(limit / (2 * USUAL_LIMIT), MOST_TIMES);
  return tokens > MAX_TOKENS * times || crate.units.length > MAX_EXPANSIONS;
}

/** Definitions under different cfg give one expansion each; only those that fit count. */
export function expandFirst(
  c: Collector,
  found: readonly MacroDef[],
  input: Slice,
): Tokens[] | undefined {
  const expansions: Tokens[] = [];
  if (isFull(c)) return undefined;
  for (const def of found) {
    try {
      const origin = { crateMark: `$crate#${def.crate.id}`, localInner: def.localInner };
      const tokens = expandMacro(def.rules(), input, origin);
      if (tokens === undefined) continue;
      expansions.push(tokens);
      c.tokens += tokens.n + TOKENS_PER_EXPANSION;
    } catch {
      // too large or nested too deeply: as if no rule fitted
    }
  }
  return expansions.length > 0 ? expansions : undefined;
}

/** Facts that stand where a macro is called. */
function declare(c: Collector, call: PendingMacro, facts: FileFacts): void {
  const unit = newUnit(
    c.crate,
    facts,
    call.unit.file,
    { unit: call.unit, index: call.index },
    true,
    placeOf(call),
  );
  c.declare(unit, call.scope, call.active);
}

/** What no rule explains (a procedural macro, say): the names in its arguments are taken as mentioned. */
function readArguments(
  c: Collector,
  call: PendingMacro,
  input: Slice,
  { target, found }: { target: string; found: boolean },
): void {
  declare(c, call, scanTokens(input));
  const { file } = call.scope.place;
  noteUnexpanded(c.crate, { path: target, file, found, inBody: false }, input);
}

function placeOf({ unit, index }: PendingMacro): CallPlace {
  const item = unit.facts.items[index]!;
  return callPlace(item.target ?? "", item.at, item.file ?? unit.file);
}
