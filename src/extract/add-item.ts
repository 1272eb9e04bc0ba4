import type { Attributes } from "./attributes.ts";
import { MENTION_CLASSES, type ItemFact, type ItemKind } from "./facts.ts";
import type { ItemHead } from "./items.ts";
import type { Reader } from "./reader.ts";

const ATTRIBUTE = MENTION_CLASSES.indexOf("attribute") << 8;

/** Add an item; what its attributes and the surroundings say of cfg is joined. */
export function addItem(
  r: Reader,
  head: ItemHead,
  kind: ItemKind,
  at: number,
  more: Partial<ItemFact> = {},
): number {
  const { attributes, vis } = head;
  const file = r.file(at);
  const item = r.out.add({
    kind,
    name: "",
    parent: r.item,
    cfg: r.out.cfgAnd(r.cfg, attributes.cfg),
    at: r.at(at),
    end: r.at(at),
    vis,
    ...(attributes.others.length > 0 ? { attributes: attributes.others } : {}),
    ...(file === 0 ? {} : { file }),
    ...more,
  });
  mentionWords(r, attributes, at, item);
  return item;
}

/** What stands in attributes is mentioned by the item that they belong to. */
export function mentionWords(
  r: Reader,
  attributes: Attributes,
  at: number,
  item: number = r.item,
): void {
  const { words } = attributes;
  for (const word of words) r.out.mention(word, r.at(at), ATTRIBUTE, r.cfg, item, r.file(at));
}

export function endItem(r: Reader, item: number): void {
  r.out.items[item]!.end = r.i > 0 ? r.t.end[r.i - 1]! : 0;
}
