import type { ItemFact } from "../extract/facts.ts";

/** What stands between the parentheses of an `include!`. */
export function argumentOf(item: ItemFact): string {
  const { macro } = item;
  const { all, from, to } = macro?.tokens ?? { all: undefined, from: 0, to: 0 };
  const words = Array.from({ length: to - from }, (_, k) => all?.text(from + k) ?? "");
  return macro?.text || words.join("");
}
