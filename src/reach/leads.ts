import type { ItemRef } from "../resolve/graph.ts";
import type { KeptReach } from "./kept.ts";
import type { Names } from "./names.ts";
import type { NodeId, Nodes } from "./nodes.ts";
import type { Behind, PathVisitor } from "./paths.ts";

/** A lead: what one path means, as a list of calls. */
export type LeadId = number;

/**
 * Kinds of call. `item`: that node, and the block that it is a member of, are live. `mark`: that node is live. The
 * others mention a name that is found through a type, as `Behind` says; `type` and `name` have an operand.
 */
export const CALLS = { item: 0, mark: 1, dot: 2, type: 3, name: 4, std: 5, any: 6 } as const;
export type CallKind = (typeof CALLS)[keyof typeof CALLS];

/** Numbers per call: its kind, a node or a name, an operand. */
export const CALL_SIZE = 3;

/** What was found out about paths, each worked out once. */
export class Leads implements PathVisitor {
  /** Where the calls of each lead begin, and where those of the last one end. */
  readonly starts: number[];
  readonly calls: number[];
  private readonly nodes: Nodes;
  private readonly names: Names;

  /** @param known leads of an earlier run, which keep their numbers */
  constructor(nodes: Nodes, names: Names, known: Pick<KeptReach, "leadStarts" | "calls">) {
    this.nodes = nodes;
    this.names = names;
    this.starts = [...known.leadStarts];
    this.calls = [...known.calls];
  }

  /** Make a lead of what is visited meanwhile. */
  record(visit: (to: Leads) => void): LeadId {
    visit(this);
    return this.starts.push(this.calls.length) - 2;
  }

  /** PathVisitor */
  item(ref: ItemRef): void {
    if (ref.index !== 0) this.calls.push(CALLS.item, this.nodes.nodeOf(ref), 0);
  }

  /** PathVisitor */
  member(name: string, behind: Behind): void {
    const operand =
      behind.is === "type" ? behind.node : behind.is === "name" ? this.names.idOf(behind.name) : 0;
    this.calls.push(CALLS[behind.is], this.names.idOf(name), operand);
  }

  mark(node: NodeId): void {
    this.calls.push(CALLS.mark, node, 0);
  }
}
