import type { ItemFact } from "../extract/facts.ts";
import { unquote } from "../syntax/cfg.ts";
import { surelyActive } from "../syntax/cfg-eval.ts";
import type { Crate, Unit } from "./graph.ts";
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
  if (/OUT_DIR|env!/.test(name)) return void crate.generated.push({ file, path: name, surely });
  const message = `include!(${unquote(name.trim()).slice(0, 80)}) could not be followed`;
  crate.notAnalysed.push({ cause: "include", message, file });
}

/** Remember each `include!` inside a body: what it brings is looked at nowhere. */
export function noteIncludes(unit: Unit): void {
  for (const { argument: name, item, cfg } of unit.facts.includes) {
    const active = activeOf(unit, item, cfg);
    const file = unit.scopes[item]?.place.file;
    if (active !== 0 && file !== undefined)
      noteNotFollowed(unit.crate, { name, file, surely: surelyActive(active) });
  }
}
