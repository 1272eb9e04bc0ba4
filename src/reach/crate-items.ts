import type { Crate, ItemRef, Unit } from "../resolve/graph.ts";
import { numberOf } from "../resolve/scopes.ts";
import { lastAtMost } from "../util/sorted.ts";

const LOCAL = new Set(["struct", "enum", "union", "trait", "type", "fn", "const", "static"]);
const BODIES = new Set(["fn", "const", "static"]);

/** The items of one crate by their numbers in it. */
export class CrateItems {
  readonly units: readonly Unit[];
  private readonly bases: Int32Array;
  private expansions: ReadonlyMap<number, readonly Unit[]> | undefined;
  private locals: ReadonlyMap<number, ReadonlyMap<string, ItemRef>> | undefined;

  constructor({ units }: Crate) {
    this.units = units;
    this.bases = Int32Array.from(units, (unit) => unit.base);
  }

  refOf(number: number): ItemRef {
    const unit = this.units[lastAtMost(this.bases, number)]!;
    return { unit, index: number - unit.base };
  }

  /** Macro expansions inside an item's body. */
  expansionsOf(number: number): readonly Unit[] {
    this.expansions ??= expansionsIn(this.units);
    return this.expansions.get(number) ?? [];
  }

  /** The item that a name means for code of the bodies around it. */
  local(from: ItemRef, name: string): ItemRef | undefined {
    this.locals ??= localsIn(this.units);
    if (this.locals.size === 0) return undefined;
    for (let at: ItemRef | undefined = from; at !== undefined; at = holderOf(at)) {
      const found = this.locals.get(numberOf(at))?.get(name);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

function expansionsIn(units: readonly Unit[]): Map<number, Unit[]> {
  const found = new Map<number, Unit[]>();
  for (const unit of units) {
    if (unit.outer === undefined) continue;
    const number = numberOf({ unit, index: 0 });
    const list = found.get(number);
    if (list === undefined) found.set(number, [unit]);
    else list.push(unit);
  }
  return found;
}

/**
 * Items that macros declare inside the body of another, by that item and their name: one expansion's are seen by
 * all others of the same body.
 */
function localsIn(units: readonly Unit[]): Map<number, Map<string, ItemRef>> {
  const found = new Map<number, Map<string, ItemRef>>();
  for (const unit of units) {
    if (!unit.expanded) continue;
    unit.facts.items.forEach((item, index) => {
      if (!LOCAL.has(item.kind) || unit.active[index] === 0) return;
      const holder = holderOf({ unit, index });
      if (holder === undefined || !BODIES.has(holder.unit.facts.items[holder.index]!.kind)) return;
      const number = numberOf(holder);
      const names = found.get(number) ?? new Map<string, ItemRef>();
      found.set(number, names.set(item.name, { unit, index }));
    });
  }
  return found;
}

/** The item that holds this one; for what stands at the top of an item macro's expansion, the one around the call. */
export function holderOf(ref: ItemRef): ItemRef | undefined {
  const { unit } = ref;
  const { parent } = unit.facts.items[ref.index]!;
  if (parent > 0) return { unit, index: parent };
  if (unit.outer === undefined) return undefined;
  const outer = unit.outer.unit.facts.items[unit.outer.index]!;
  return outer.kind === "macro-call" ? holderOf(unit.outer) : unit.outer;
}
