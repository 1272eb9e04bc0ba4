import type { Block } from "./blocks.ts";
import type { NodeId } from "./nodes.ts";

/** Blocks by what one looks for them with. */
export class BlockTables {
  readonly all: readonly Block[];
  /** Place in `all`, plus one, of the block that is a node, and of the one that a node is a member of. */
  private readonly atNode: Int32Array;
  private readonly ofMember: Int32Array;

  constructor(all: readonly Block[], nodes: number) {
    this.all = all;
    this.atNode = new Int32Array(nodes);
    this.ofMember = new Int32Array(nodes);
    for (const [k, block] of all.entries()) {
      this.atNode[block.node] = k + 1;
      for (const { node } of block.members) this.ofMember[node] = k + 1;
    }
  }

  byNode(node: NodeId): Block | undefined {
    return this.all[this.atNode[node]! - 1];
  }

  blockOfMember(node: NodeId): Block | undefined {
    return this.all[this.ofMember[node]! - 1];
  }
}
