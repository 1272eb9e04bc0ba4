import type { Graph, ItemRef, Unit } from "../resolve/graph.ts";
import { ownerOf, type Owner } from "./owner.ts";

/** An item of the program, by number; several units' stand-ins for one body share its number. */
export type NodeId = number;

/** All items of a graph as numbers, with what belongs to them. */
export interface Nodes {
  readonly count: number;
  refOf(node: NodeId): ItemRef;
  /** The node that an item counts as: the item around it when it only stands for an expansion's place. */
  nodeOf(ref: ItemRef): NodeId;
  /** Macro expansions inside an item's body. */
  expansionsOf(node: NodeId): readonly Unit[];
  /** Impl and trait members and variants, by name. */
  readonly membersByName: ReadonlyMap<string, readonly Member[]>;
  readonly membersByOwner: ReadonlyMap<NodeId, readonly Member[]>;
  /** Items that are no members, by name: for code that we only know as tokens. */
  readonly freeByName: ReadonlyMap<string, readonly NodeId[]>;
}

/** Something that is found through a type or a trait. */
export interface Member {
  readonly node: NodeId;
  readonly name: string;
  /** The type that an impl is for; -1 when it is generic or of another crate: then it counts as live. */
  readonly owner: NodeId;
  readonly kind: Owner["kind"];
}

export function numberItems(graph: Graph): Nodes {
  const bases = new Map<Unit, number>();
  const units: Unit[] = [];
  const starts: number[] = [];
  let count = 0;
  for (const crate of graph.crates) {
    for (const unit of crate.units) {
      bases.set(unit, count);
      units.push(unit);
      starts.push(count);
      count += unit.facts.items.length;
    }
  }
  const nodeOf = (ref: ItemRef): NodeId => {
    let at = ref;
    while (at.index === 0 && at.unit.outer !== undefined) at = at.unit.outer;
    return (bases.get(at.unit) ?? 0) + at.index;
  };
  const refOf = (node: NodeId): ItemRef => {
    const position = lastAtMost(starts, node);
    return { unit: units[position]!, index: node - starts[position]! };
  };
  const tables = index(units, nodeOf);
  return { count, refOf, nodeOf, ...tables };
}

function lastAtMost(starts: readonly number[], value: number): number {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (starts[middle]! <= value) low = middle;
    else high = middle;
  }
  return low;
}

function index(
  units: readonly Unit[],
  nodeOf: (ref: ItemRef) => NodeId,
): Omit<Nodes, "count" | "refOf" | "nodeOf"> {
  const membersByName = new Map<string, Member[]>();
  const membersByOwner = new Map<NodeId, Member[]>();
  const freeByName = new Map<string, NodeId[]>();
  const expansions = new Map<NodeId, Unit[]>();
  for (const unit of units) {
    if (unit.outer !== undefined) push(expansions, nodeOf({ unit, index: 0 }), unit);
    unit.facts.items.forEach((item, position) => {
      if (position === 0 || unit.active[position] === 0 || item.name === "") return;
      const node = nodeOf({ unit, index: position });
      const owner = ownerOf(unit, position);
      if (owner === undefined) return push(freeByName, item.name, node);
      for (const type of owner.types.length > 0 ? owner.types.map(nodeOf) : [-1]) {
        const member: Member = { node, name: item.name, owner: type, kind: owner.kind };
        push(membersByName, item.name, member);
        push(membersByOwner, type, member);
      }
    });
  }
  return {
    membersByName,
    membersByOwner,
    freeByName,
    expansionsOf: (node) => expansions.get(node) ?? [],
  };
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
