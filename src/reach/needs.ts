import type { BlockId, BlockTables } from "./block-tables.ts";
import type { NodeId } from "./nodes.ts";

/** What blocks wait for: each need is met when one of its alternatives is live. */
export class Needs {
  /** The block of each need, and whether it is met. */
  private readonly blocks: Int32Array;
  private readonly met: Uint8Array;
  /** Needs of a block that are not met. */
  private readonly open: Int32Array;
  /** The needs that each node meets, those of one node from a start to the next. */
  private readonly starts: Int32Array;
  private readonly byNode: Int32Array;

  /** @param nodes how many nodes there are */
  constructor(tables: BlockTables, nodes: number) {
    const { needs, alternatives } = tables.packed;
    this.blocks = new Int32Array(needs.length);
    this.met = new Uint8Array(needs.length);
    this.open = new Int32Array(tables.count);
    this.starts = new Int32Array(nodes + 1);
    this.byNode = new Int32Array(alternatives.length);
    for (let block = 0; block < tables.count; block++)
      for (let need = tables.firstNeed(block); need < tables.endOfNeeds(block); need++) {
        this.blocks[need] = block;
        this.open[block]!++;
      }
    this.sort(needs, alternatives);
  }

  /** By counting: first where the needs of each node end, then each need in front of those behind it. */
  private sort(needs: Int32Array, alternatives: Int32Array): void {
    const { starts, byNode } = this;
    for (let at = 0; at < alternatives.length; at++) starts[alternatives[at]!]!++;
    for (let node = 1; node < starts.length; node++) starts[node]! += starts[node - 1]!;
    for (let need = needs.length - 1, at = alternatives.length - 1; need >= 0; need--)
      for (const first = need === 0 ? 0 : needs[need - 1]!; at >= first; at--)
        byNode[--starts[alternatives[at]!]!] = need;
  }

  /** A node is live: tell of every block that has all it needs, again with each further node that it had asked for. */
  meet(node: NodeId, tell: (block: BlockId) => void): void {
    const end = this.starts[node + 1]!;
    for (let at = this.starts[node]!; at < end; at++) {
      const need = this.byNode[at]!;
      const block = this.blocks[need]!;
      if (this.met[need] === 0) this.open[block]!--;
      this.met[need] = 1;
      if (this.open[block] === 0) tell(block);
    }
  }
}
