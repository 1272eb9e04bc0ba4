import type { ItemFact } from "../../extract/facts.ts";
import type { Active } from "../../syntax/cfg-eval.ts";
import { asleepScope } from "../asleep.ts";
import type { Crate, FileRef, MacroDef } from "../graph.ts";
import { moduleKey } from "../numbering.ts";
import { readRules, type MacroRule } from "./pattern.ts";
import { sliceOf } from "./tokens.ts";

/** A `macro_rules!`, whose rules are read when they are first needed. */
export function macroOf(
  item: ItemFact,
  place: Pick<MacroDef, "crate" | "scope" | "active" | "file">,
): MacroDef {
  let rules: MacroRule[] | undefined;
  return {
    ...place,
    name: item.name,
    at: item.at,
    localInner: exportedAs(item)?.includes("local_inner_macros") === true,
    rules: () =>
      (rules ??= item.macro === undefined ? [] : readRules(sliceOf(item.macro, place.file))),
  };
}

/** Its attribute `#[macro_export]`, where it has one. */
export function exportedAs({ attributes }: ItemFact): string | undefined {
  return attributes?.find((text) => text.startsWith("macro_export"));
}

/** Where a definition is written, as plain data: crates by their places in the graph. */
export interface KeptMacro {
  readonly crate: number;
  readonly file: string;
  readonly at: number;
  readonly module: string;
  readonly active: Active;
}

/** Undefined for what no file defines: a macro that another one brings. */
export function keptMacro(
  def: MacroDef,
  files: readonly (FileRef | undefined)[],
): KeptMacro | undefined {
  const { crate, at, active } = def;
  const written = files[def.file];
  const module = moduleKey(def.scope);
  if (written === undefined || written.package !== crate.package || module === undefined)
    return undefined;
  const isWritten = definitionIn(written.facts.items, at) !== undefined;
  return isWritten ? { crate: crate.id, file: written.file, at, module, active } : undefined;
}

/** The definition again, without its crate being laid out. Throws when it is not there. */
export function macroAgain(kept: KeptMacro, crates: readonly Crate[]): MacroDef {
  const crate = crates[kept.crate];
  const { number, facts } = crate?.fileOf(kept.file) ?? {};
  const item = facts === undefined ? undefined : definitionIn(facts.items, kept.at);
  if (crate === undefined || item === undefined || number === undefined)
    throw new RangeError(`no macro is defined in ${kept.file} at ${kept.at}`);
  const scope = asleepScope(crate, kept.module);
  return macroOf(item, { crate, scope, active: kept.active, file: number });
}

function definitionIn(items: readonly ItemFact[], at: number): ItemFact | undefined {
  return items.find((item) => item.kind === "macro-def" && item.at === at);
}
