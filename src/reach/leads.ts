import { AsleepItem } from "../resolve/asleep.ts";
import type { ItemRef } from "../resolve/graph.ts";
import { GrowingInts } from "../util/growing-ints.ts";
import type { KeptReach } from "./kept.ts";
import type { Names } from "./names.ts";
import type { NodeId, Nodes } from "./nodes.ts";
import type { Behind, PathVisitor } from "./paths.ts";

/** A lead: what one path means, as a list of calls. */
export type LeadId = number;

/**
 * Kinds of call. `item`: that node, and the block that it is a member of, are live. `mark`: that node is live. The
 * others mention a name that is found through a type, as `Behind` says; `type` and `name` have an operand. `object`: a
 * method of some trait of the crate that is the operand, through a table.
 */
export const CALLS = {
  item: 0,
  mark: 1,
  dot: 2,
  type: 3,
  name: 4,
  std: 5,
  any: 6,
  object: 7,
} as const;
export type CallKind = (typeof CALLS)[keyof typeof CALLS];

/** Numbers per call: its kind, a node or a name, an operand. */
export const CALL_SIZE = 3;

/** What was found out about paths, each worked out once. */
export class Leads implements PathVisitor {
  /** Where the calls of each lead begin, and where those of the last one end. */
  readonly starts: GrowingInts;
  readonly calls: GrowingInts;
  private readonly nodes: Nodes;
  private readonly names: Names;

  /** @param known leads of an earlier run, which keep their numbers */
  constructor(nodes: Nodes, names: Names, known: Pick<KeptReach, "leadStarts" | "calls">) {
    this.nodes = nodes;
    this.names = names;
    this.starts = new GrowingInts(known.leadStarts);
    this.calls = new GrowingInts(known.calls);
  }

  /** Make a lead of what is visited meanwhile. */
  record(visit: (to: Leads) => void): LeadId {
    visit(this);
    this.starts.push(this.calls.length);
    return this.starts.length - 2;
  }

  /** PathVisitor */
  item(ref: ItemRef): void {
    if (ref instanceof AsleepItem || ref.index !== 0)
      this.add(CALLS.item, this.nodes.nodeOf(ref), 0);
  }

  /** PathVisitor */
  member(name: string, behind: Behind): void {
    const operand =
      behind.is === "type" ? behind.node : behind.is === "name" ? this.names.idOf(behind.name) : 0;
    this.add(CALLS[behind.is], this.names.idOf(name), operand);
  }

  /** A method of a trait of which there are objects: of every type that implements it. */
  object(method: string, crate: number): void {
    this.add(CALLS.object, this.names.idOf(method), crate);
  }

  mark(node: NodeId): void {
    this.add(CALLS.mark, node, 0);
  }

  private add(kind: CallKind, what: number, operand: number): void {
    this.calls.push(kind);
    this.calls.push(what);
    this.calls.push(operand);
  }
}
