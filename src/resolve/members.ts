import { ACTIVE_ALL } from "../syntax/cfg-eval.ts";
import { crateOf, summaryOf } from "./asleep.ts";
import type { ItemRef, Scope, Target, Unit } from "./graph.ts";

interface Owners {
  /** Associated items and variants by `Type::name`. */
  readonly members: Map<string, ItemRef[]>;
  /** How many types have a name. */
  readonly types: Map<string, number>;
}

/** Per crate, built when first asked for. */
const byOwner = new WeakMap<Unit["crate"], Owners>();

/** What a path means as a type in a scope: handed in by name resolution, which asks for members itself. */
type TypeAt = (scope: Scope, path: string) => readonly Target[];

/** `Type::name`: variants of an enum, and what the impls of its own crate define. */
export function members(type: ItemRef, name: string, typeAt: TypeAt): readonly Target[] {
  const crate = crateOf(type);
  let owners = byOwner.get(crate);
  if (owners === undefined) {
    owners = collect(crate.units);
    byOwner.set(crate, owners);
  }
  const owner = summaryOf(type).name;
  const found = owners.members.get(`${owner}::${name}`) ?? [];
  const isOnly = (owners.types.get(owner) ?? 0) < 2;
  return (isOnly ? found : found.filter((item) => mayBelong(item, type, typeAt))).map((item) => ({
    kind: "item",
    item,
    active: item.unit.active[item.index] ?? ACTIVE_ALL,
  }));
}

/** False for a member of another type of the same name. */
function mayBelong({ unit, index }: ItemRef, type: ItemRef, typeAt: TypeAt): boolean {
  const holder = holderOf(unit, unit.facts.items[index]!.parent);
  const { kind, self = -1 } = holder.unit.facts.items[holder.index]!;
  if (kind !== "impl") return holder.unit === type.unit && holder.index === type.index;
  const scope = holder.unit.scopes[holder.index];
  const path = holder.unit.facts.paths[self];
  if (scope === undefined || path === undefined) return true;
  const items = typeAt(scope, path).filter((target) => target.kind === "item");
  const isType = ({ item }: (typeof items)[number]): boolean =>
    item.unit === type.unit && item.index === type.index;
  return items.length === 0 || items.some(isType);
}

/** The impl, trait or enum around a member, which may have come out of a macro in there. */
function holderOf(unit: Unit, parent: number): ItemRef {
  return parent === 0 && unit.outer !== undefined ? unit.outer : { unit, index: parent };
}

const TYPES = new Set(["struct", "enum", "union", "trait", "type"]);

function collect(units: readonly Unit[]): Owners {
  const table = new Map<string, ItemRef[]>();
  const types = new Map<string, number>();
  for (const unit of units) {
    unit.facts.items.forEach((item, index) => {
      if (item.name === "" || unit.active[index] === 0) return;
      if (TYPES.has(item.kind)) types.set(item.name, (types.get(item.name) ?? 0) + 1);
      const owner = ownerName(unit, item.parent);
      if (owner === undefined) return;
      const key = `${owner}::${item.name}`;
      const list = table.get(key);
      if (list === undefined) table.set(key, [{ unit, index }]);
      else list.push({ unit, index });
    });
  }
  return { members: table, types };
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
