import type { Site } from "../../model/site.ts";
import type { ItemRef, Unit } from "../graph.ts";
import { itemPath } from "../places.ts";

/** Fewer entries than this are told one by one. */
const SMALLEST_TABLE = 4;

/**
 * Path of what lists constants: the enum of a discriminant, the type whose impl has the constant, the function whose
 * `match` has the pattern. Undefined for everything else.
 */
export function tableAt(unit: Unit, index: number, context: Site["context"]): string | undefined {
  const path = itemPath(unit, index);
  if (context === "pattern") return path;
  if (context === "discriminant") return path.slice(0, Math.max(0, path.lastIndexOf("::")));
  if (context !== "const-item" || unit.facts.items[index]!.kind !== "const") return undefined;
  const { parent } = unit.facts.items[index]!;
  const holder = parent > 0 ? { unit, index: parent } : aroundCall(unit);
  if (holder?.unit.facts.items[holder.index]!.kind !== "impl") return undefined;
  return path.slice(0, Math.max(0, path.lastIndexOf("::")));
}

/** What holds the macro call at item position that a unit came from. */
function aroundCall(unit: Unit): ItemRef | undefined {
  let at = unit.outer;
  while (at !== undefined) {
    const { kind, parent }: Unit["facts"]["items"][number] = at.unit.facts.items[at.index]!;
    if (kind !== "macro-call") return at;
    if (parent > 0) return { unit: at.unit, index: parent };
    at = at.unit.outer;
  }
  return undefined;
}

/** Leaves `table` on those sites only whose table is large enough to be told as one. */
export function largeTables(sites: readonly Site[]): Site[] {
  const sizes = new Map<string, Set<string>>();
  for (const site of sites) {
    if (site.table === undefined) continue;
    const known = sizes.get(site.table);
    if (known === undefined) sizes.set(site.table, new Set([site.name]));
    else known.add(site.name);
  }
  return sites.map((site) => {
    if (site.table === undefined || sizes.get(site.table)!.size >= SMALLEST_TABLE) return site;
    const { table: _, ...rest } = site;
    return rest;
  });
}
