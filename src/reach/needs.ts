import type { Block } from "./blocks.ts";
import type { NodeId } from "./nodes.ts";

/** What blocks wait for: each need is met when one of its alternatives is live. */
export class Needs {
  /** Per need: its block and whether it is met; needs are numbered in the order of their blocks. */
  private readonly blocks: Block[] = [];
  private readonly met: boolean[] = [];
  /** Needs of a block that are not met, by the block's node. */
  private readonly open: Int32Array;
  private readonly byNode = new Map<NodeId, number[]>();

  constructor(nodes: number) {
    this.open = new Int32Array(nodes);
  }

  add(block: Block): void {
    for (const alternatives of block.needs) {
      const need = this.blocks.push(block) - 1;
      this.met.push(false);
      this.open[block.node]!++;
      for (const node of alternatives) {
        const list = this.byNode.get(node);
        if (list === undefined) this.byNode.set(node, [need]);
        else list.push(need);
      }
    }
  }

  /** A node is live: tell of every block that has all it needs, again with each further node that it had asked for. */
  meet(node: NodeId, tell: (block: Block) => void): void {
    for (const need of this.byNode.get(node) ?? NONE) {
      const block = this.blocks[need]!;
      if (!this.met[need]!) this.open[block.node]!--;
      this.met[need] = true;
      if (this.open[block.node] === 0) tell(block);
    }
  }
}

const NONE: readonly number[] = [];
