import { MENTION_CLASSES, MENTION_STRIDE } from "../../extract/facts.ts";
import type { Graph, Unit } from "../graph.ts";
import type { RawSite } from "./raw.ts";
import { siteAt } from "./site.ts";

/** Attributes that change the whole program: `global_allocator`, with the type of its static. */
const WANTED = ["global_allocator"] as const;

/** Items with an attribute that the linker or the runtime acts on. */
export function attributeSites(graph: Graph, unit: Unit, sites: RawSite[]): void {
  const { items } = unit.facts;
  // the items of most expansions only stand for their place
  if (items.length === 1 && items[0]!.attributes === undefined) return;
  items.forEach((item, index) => {
    if (item.attributes === undefined) return;
    const active = unit.active[index]!;
    const name = WANTED.find((wanted) => item.attributes?.includes(wanted) === true);
    if (name === undefined || active === 0) return;
    const site = siteAt(graph, {
      kind: "attribute",
      name,
      unit,
      item: index,
      offset: item.at,
      length: item.name.length,
      file: item.file ?? 0,
      context: 0,
      active,
    });
    sites.push({ ...site, context: "static", data: { ...site.data, type: typeOf(unit, index) } });
  });
}

const TYPE = MENTION_CLASSES.indexOf("type");

/** The first type that an item mentions, as it is written. */
function typeOf(unit: Unit, index: number): string {
  const { mentions, paths } = unit.facts;
  for (let at = 0; at < mentions.length; at += MENTION_STRIDE) {
    if (mentions[at + 4] === index && mentions[at + 2]! >> 8 === TYPE) return paths[mentions[at]!]!;
  }
  return "";
}
