import type { ItemFact, ItemKind } from "./facts.ts";
import type { ItemHead } from "./items.ts";
import type { Reader } from "./reader.ts";

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
  return r.out.add({
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
}

export function endItem(r: Reader, item: number): void {
  r.out.items[item]!.end = r.i > 0 ? r.t.end[r.i - 1]! : 0;
}
