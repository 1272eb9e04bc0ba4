import { ACTIVE_ALL } from "../syntax/cfg-eval.ts";
import type { ItemRef, Target, Unit } from "./graph.ts";

/** Associated items and variants by the name of their type, per crate unit: built when first asked for. */
const byOwner = new WeakMap<Unit["crate"], Map<string, ItemRef[]>>();

/** `Type::name`: variants of an enum, and what the impls of its own crate define. */
export function members(type: ItemRef, name: string): readonly Target[] {
  const { crate } = type.unit;
  let table = byOwner.get(crate);
  if (table === undefined) {
    table = collect(crate.units);
    byOwner.set(crate, table);
  }
  const owner = type.unit.facts.items[type.index]!.name;
  const found = table.get(`${owner}::${name}`) ?? [];
  return found.map((item) => ({
    kind: "item",
    item,
    active: item.unit.active[item.index] ?? ACTIVE_ALL,
  }));
}

function collect(units: readonly Unit[]): Map<string, ItemRef[]> {
  const table = new Map<string, ItemRef[]>();
  for (const unit of units) {
    unit.facts.items.forEach((item, index) => {
      if (item.name === "" || unit.active[index] === 0) return;
      const owner = ownerName(unit, item.parent);
      if (owner === undefined) return;
      const key = `${owner}::${item.name}`;
      const list = table.get(key);
      if (list === undefined) table.set(key, [{ unit, index }]);
      else list.push({ unit, index });
    });
  }
  return table;
}

/** The type that the members of an impl, a trait or an enum belong to. */
export function ownerName(unit: Unit, parent: number): string | undefined {
  const item = unit.facts.items[parent];
  if (item === undefined) return undefined;
  if (item.kind === "impl") {
    const self = unit.facts.paths[item.self ?? -1] ?? "";
    return self.slice(self.lastIndexOf(":") + 1);
  }
  if (item.kind === "enum" || item.kind === "trait") return item.name;
  if (parent === 0 && unit.outer !== undefined) {
    const outer = unit.outer.unit.facts.items[unit.outer.index];
    if (outer?.kind === "impl" || outer?.kind === "trait")
      return ownerName(unit.outer.unit, unit.outer.index);
  }
  return undefined;
}

/** `Self::x` as written inside an item: the first segment replaced by the type's name; undefined outside of any. */
export function selfPath(
  unit: Unit,
  index: number,
  path: readonly string[],
): readonly string[] | undefined {
  let ref: ItemRef | undefined = { unit, index };
  while (ref !== undefined) {
    const { parent }: Unit["facts"]["items"][number] = ref.unit.facts.items[ref.index]!;
    const name = ownerName(ref.unit, parent);
    if (name !== undefined) return [name, ...path.slice(1)];
    ref = parent > 0 ? { unit: ref.unit, index: parent } : ref.unit.outer;
  }
  return undefined;
}
