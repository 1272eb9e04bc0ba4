import { extractBody } from "../extract/extract.ts";
import type { BodyCall } from "../extract/facts.ts";
import { GrowingInts } from "../util/growing-ints.ts";
import { bothActive, evalActive } from "../syntax/cfg-eval.ts";
import { newCollector } from "./collect.ts";
import { bodyScope, callPlace, newUnit, type Collector } from "./scopes.ts";
import type { Crate, FileRef, Unit } from "./graph.ts";
import { expandFirst, MAX_EXPANSIONS } from "./item-macros.ts";
import { findMacros } from "./macros/find.ts";
import { scanTokens } from "./macros/scan.ts";
import { sliceOf } from "./macros/tokens.ts";
import { noteUnexpanded } from "./unexpanded.ts";

const MAX_DEPTH = 128;

/**
 * Expand the macro invocations inside a crate's bodies; what they bring becomes further units of the crate.
 *
 * Runs after all crates are laid out, so that every definition is known.
 */
export function expandBodies(crate: Crate, files: (FileRef | undefined)[]): void {
  const collector = newCollector(crate, files);
  /** Of the expansions among the crate's units, by their places. */
  const depths = new GrowingInts();
  // units are appended while they are read: the loop sees them too
  for (let k = 0; k < crate.units.length && crate.units.length < MAX_EXPANSIONS; k++) {
    const unit = crate.units[k]!;
    const depth = depths.at(k);
    for (const call of unit.facts.calls) {
      if (crate.units.length >= MAX_EXPANSIONS) break;
      const before = crate.units.length;
      expandCall(collector, unit, call, depth >= MAX_DEPTH);
      for (let added = before; added < crate.units.length; added++) depths.set(added, depth + 1);
    }
    forget(unit);
  }
  if (crate.units.length >= MAX_EXPANSIONS) {
    const message = `more than ${MAX_EXPANSIONS} macro invocations: the rest was not expanded`;
    crate.notAnalysed.push({ cause: "limit", message, file: crate.root.place.file });
  }
}

/** Tokens of expansions are most of what macros take of memory; nobody asks again for those that were read. */
function forget(unit: Unit): void {
  if (!unit.expanded) return;
  for (const { macro } of unit.facts.calls) macro.tokens = undefined;
  for (const { kind, macro } of unit.facts.items)
    if (kind === "macro-call" && macro !== undefined) macro.tokens = undefined;
}

function expandCall(c: Collector, unit: Unit, call: BodyCall, tooDeep: boolean): void {
  const around = unit.active[call.item]!;
  const active =
    call.cfg === 0
      ? around
      : bothActive(around, evalActive(unit.facts.cfgs[call.cfg]!, c.crate.worlds));
  if (active === 0) return;
  const scope = unit.scopes[call.item]!;
  const path = unit.facts.paths[call.path]!;
  const input = sliceOf(call.macro, call.file ?? unit.file);
  const from = { file: call.file ?? unit.file, at: call.at };
  const found = tooDeep ? [] : findMacros(scope, path.split("::"), from);
  const expanded = expandFirst(c, found, input);
  const contents = expanded?.map((tokens) => extractBody(tokens, call.as, call.context)) ?? [
    scanTokens(input),
  ];
  for (const facts of contents) {
    const outer = { unit, index: call.item };
    const place = callPlace(path, call.at, call.file ?? unit.file);
    const inner = newUnit(c.crate, facts, unit.file, outer, true, place);
    c.declare(inner, facts.amongStatements === true ? bodyScope(outer) : scope, active);
  }
  if (expanded === undefined)
    noteUnexpanded(
      c.crate,
      { path, file: scope.place.file, found: found.length > 0, inBody: true },
      input,
    );
}
