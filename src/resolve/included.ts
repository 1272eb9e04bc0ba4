import { isBodyFile } from "../extract/extract.ts";
import type { FileFacts, ItemFact } from "../extract/facts.ts";
import { includedFile, namesVariable } from "../extract/included.ts";
import type { ModulePlace } from "../source/module-paths.ts";
import { unquote } from "../syntax/cfg.ts";
import { surelyActive, type Active } from "../syntax/cfg-eval.ts";
import type { Crate, ItemRef, Scope, Unit } from "./graph.ts";
import { bodyScope, type Collector } from "./scopes.ts";
import { activeOf } from "./sites/active.ts";

/** What stands between the parentheses of an `include!`. */
export function argumentOf(item: ItemFact): string {
  const { macro } = item;
  const { all, from, to } = macro?.tokens ?? { all: undefined, from: 0, to: 0 };
  const words = Array.from({ length: to - from }, (_, k) => all?.text(from + k) ?? "");
  return macro?.text || words.join("");
}

/** Remember an `include!` of a file that was not read. */
export function noteNotFollowed(
  crate: Crate,
  { name, file, surely }: { name: string; file: string; surely: boolean },
): void {
  if (namesVariable(name)) return void crate.generated.push({ file, path: name, surely });
  const message = `include!(${unquote(name.trim()).slice(0, 80)}) could not be followed`;
  crate.notAnalysed.push({ cause: "include", message, file });
}

/** A file of a crate that was read as items, as modules are. */
export function itemsOf({ files }: Crate, file: string): FileFacts | undefined {
  const facts = files.get(file);
  return facts === undefined || isBodyFile(facts) ? undefined : facts;
}

/** The file that an `include!` names, counted from the one that its words stand in; that may be an included one itself. */
export function fileNamed(c: Collector, unit: Unit, name: string): string | undefined {
  const from = c.files[unit.file]?.file;
  return from === undefined ? undefined : includedFile(name, from);
}

/** Lays out a file that stands in another one. */
type Bring = (
  c: Collector,
  facts: FileFacts,
  place: ModulePlace,
  scope: Scope,
  active: Active,
  outer: ItemRef,
) => void;

/** Bring in each `include!` inside a body; what is not in the package is remembered. */
export function bringIncludes(c: Collector, unit: Unit, bring: Bring): void {
  for (const { argument: name, item, cfg } of unit.facts.includes) {
    const active = activeOf(unit, item, cfg);
    const scope = unit.scopes[item];
    if (active === 0 || scope === undefined) continue;
    const { place } = scope;
    const file = fileNamed(c, unit, name);
    const facts = file === undefined ? undefined : c.crate.files.get(file);
    if (file === undefined || facts === undefined || !isBodyFile(facts)) {
      noteNotFollowed(c.crate, { name, file: place.file, surely: surelyActive(active) });
      continue;
    }
    const outer = { unit, index: item };
    const within = facts.amongStatements === true ? bodyScope(outer) : scope;
    bring(c, facts, { ...place, file }, within, active, outer);
  }
}
