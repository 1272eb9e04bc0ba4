import type { Crate, Graph, ItemRef, Unit } from "../resolve/graph.ts";
import { lastAtMost } from "../util/sorted.ts";

/** An item of the program, by number. */
export type NodeId = number;

/** All items of a graph as numbers. */
export class Nodes {
  readonly count: number;
  readonly units: readonly Unit[];
  private readonly bases = new Map<Unit, number>();
  private readonly starts: number[] = [];
  private readonly expansions = new Map<NodeId, Unit[]>();

  constructor(graph: Graph) {
    const units: Unit[] = [];
    let count = 0;
    for (const crate of graph.crates) {
      for (const unit of crate.units) {
        this.bases.set(unit, count);
        units.push(unit);
        this.starts.push(count);
        count += unit.facts.items.length;
      }
    }
    this.count = count;
    this.units = units;
    for (const unit of units) if (unit.outer !== undefined) this.addExpansion(unit);
  }

  /** The node that an item counts as: the item around it when it only stands for an expansion's place. */
  nodeOf(ref: ItemRef): NodeId {
    let { unit, index } = ref;
    while (index === 0 && unit.outer !== undefined) ({ unit, index } = unit.outer);
    return (this.bases.get(unit) ?? 0) + index;
  }

  refOf(node: NodeId): ItemRef {
    const unit = lastAtMost(this.starts, node);
    return { unit: this.units[unit]!, index: node - this.starts[unit]! };
  }

  crateOf(node: NodeId): Crate {
    return this.refOf(node).unit.crate;
  }

  /** Macro expansions inside an item's body. */
  expansionsOf(node: NodeId): readonly Unit[] {
    return this.expansions.get(node) ?? [];
  }

  private addExpansion(unit: Unit): void {
    const node = this.nodeOf({ unit, index: 0 });
    const list = this.expansions.get(node);
    if (list === undefined) this.expansions.set(node, [unit]);
    else list.push(unit);
  }
}

/** Items inside bodies, by the body's item and by name. */
export type LocalItems = ReadonlyMap<NodeId, ReadonlyMap<string, ItemRef>>;

const LOCAL = new Set(["struct", "enum", "union", "trait", "type", "fn", "const", "static"]);
const BODIES = new Set(["fn", "const", "static"]);

/**
 * Items that macros declare inside the body of another, by that item and their name: one expansion's are seen by
 * all others of the same body.
 */
export function localItems(nodes: Nodes): LocalItems {
  const found = new Map<NodeId, Map<string, ItemRef>>();
  for (const unit of nodes.units) {
    if (!unit.expanded) continue;
    unit.facts.items.forEach((item, index) => {
      if (!LOCAL.has(item.kind) || unit.active[index] === 0) return;
      const holder = holderOf({ unit, index });
      if (holder === undefined || !BODIES.has(holder.unit.facts.items[holder.index]!.kind)) return;
      const node = nodes.nodeOf(holder);
      const names = found.get(node) ?? new Map<string, ItemRef>();
      found.set(node, names.set(item.name, { unit, index }));
    });
  }
  return found;
}

/** The item that a name means for code of the bodies around it. */
export function localItem(
  nodes: Nodes,
  locals: LocalItems,
  from: ItemRef,
  name: string,
): ItemRef | undefined {
  for (let at: ItemRef | undefined = from; at !== undefined; at = holderOf(at)) {
    const found = locals.get(nodes.nodeOf(at))?.get(name);
    if (found !== undefined) return found;
  }
  return undefined;
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
