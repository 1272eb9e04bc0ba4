import { crateOf } from "../resolve/asleep.ts";
import type { Crate, Graph, ItemRef, Unit } from "../resolve/graph.ts";
import { expandCrates } from "../resolve/index.ts";
import { itemCount, numberOf } from "../resolve/scopes.ts";
import { CrateItems } from "./crate-items.ts";

/** An item of the program, by number: those of one crate follow each other. */
export type NodeId = number;

/** All items of a graph as numbers. */
export class Nodes {
  readonly count: number;
  /** First node of each crate, and behind the last one. */
  readonly starts: Int32Array;
  /** Id of the crate of each node. */
  private readonly ofNode: Uint32Array;
  private readonly graph: Graph;
  private readonly crates: readonly Crate[];
  private readonly inside: (CrateItems | undefined)[] = [];

  /** @param counts items of the first crates, which may be asleep */
  constructor(graph: Graph, counts: readonly number[] = []) {
    const { crates } = graph;
    this.graph = graph;
    this.crates = crates;
    this.starts = new Int32Array(crates.length + 1);
    for (const [id, crate] of crates.entries())
      this.starts[id + 1] = this.starts[id]! + (counts[id] ?? itemCount(crate));
    this.count = this.starts[crates.length]!;
    this.ofNode = new Uint32Array(this.count);
    for (const id of crates.keys()) this.ofNode.fill(id, this.starts[id], this.starts[id + 1]);
  }

  /** The node that an item counts as: the item around it when it only stands for an expansion's place. */
  nodeOf(ref: ItemRef): NodeId {
    return this.starts[crateOf(ref).id]! + numberOf(ref);
  }

  /** Id of the crate that a node is of. */
  crateOf(node: NodeId): number {
    return this.ofNode[node]!;
  }

  refOf(node: NodeId): ItemRef {
    const crate = this.crateOf(node);
    return this.itemsOf(crate).refOf(node - this.starts[crate]!);
  }

  /** Macro expansions inside an item's body. */
  expansionsOf(node: NodeId): readonly Unit[] {
    const crate = this.crateOf(node);
    return this.itemsOf(crate).expansionsOf(node - this.starts[crate]!);
  }

  /** The items of a crate, with those that macros bring into bodies. */
  itemsOf(id: number): CrateItems {
    const known = this.inside[id];
    if (known !== undefined) return known;
    const crate = this.crates[id]!;
    expandCrates(this.graph, [crate]);
    if (itemCount(crate) !== this.starts[id + 1]! - this.starts[id]!)
      throw new RangeError(`${crate.package} has other items than it had`);
    return (this.inside[id] = new CrateItems(crate));
  }
}
