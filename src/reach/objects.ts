import { MENTION_CLASSES, MENTION_STRIDE } from "../extract/facts.ts";
import type { ItemRef, Scope } from "../resolve/graph.ts";
import { kindOf } from "../resolve/asleep.ts";
import { itemsAt } from "./blocks.ts";
import type { Leads } from "./leads.ts";
import { resolveText } from "../resolve/names.ts";

const TYPE = MENTION_CLASSES.indexOf("type");

/**
 * `dyn Trait`: a table with every method of the trait, and of those that it asks for, is part of the program for each
 * type that becomes such an object, whether anybody calls them or not.
 */
export function visitObject(scope: Scope, path: string, to: Leads, seen: Set<unknown>): void {
  for (const target of resolveText(scope, path, "type"))
    if (target.kind === "item") visitTrait(target.item, to, seen);
}

function visitTrait(ref: ItemRef, to: Leads, seen: Set<unknown>): void {
  const { unit, index } = ref;
  const { items, mentions, paths } = unit.facts;
  const item = items[index]!;
  if (kindOf(ref) !== "trait" || seen.has(item)) return;
  seen.add(item);
  for (const member of items)
    if (member.parent === index && member.kind === "fn") to.object(member.name, unit.crate.id);
  for (let at = 0; at < mentions.length; at += MENTION_STRIDE) {
    if (mentions[at + 4] !== index || mentions[at + 2]! >> 8 !== TYPE) continue;
    for (const wider of itemsAt(unit, index, paths[mentions[at]!]!)) visitTrait(wider, to, seen);
  }
}
