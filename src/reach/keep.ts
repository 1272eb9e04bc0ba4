import { GrowingInts } from "../util/growing-ints.ts";
import type { BlockTables } from "./block-tables.ts";
import type { KeptReach } from "./kept.ts";
import type { LeadId, Leads } from "./leads.ts";
import type { Names } from "./names.ts";
import type { NodeId, Nodes } from "./nodes.ts";
import type { Label } from "./trails.ts";

/** All that one run knows of the first crates of its graph. */
export interface Known extends Pick<KeptReach, "shown" | "roots" | "withCrate" | "uncertain"> {
  readonly nodes: Nodes;
  readonly names: Names;
  readonly leads: Leads;
  readonly blocks: BlockTables;
  /** What was read of nodes; those of later crates are left out. */
  readonly read: ReadonlyMap<NodeId, Int32Array>;
  readonly labelOf: (node: NodeId) => Label;
}

/** Make plain data of it. @param crates how many crates from the first on */
export function keepReach(crates: number, known: Known): KeptReach {
  const { nodes, names, leads, blocks, labelOf } = known;
  const end = nodes.starts[crates]!;
  const read = Int32Array.from([...known.read.keys()].filter((node) => node < end)).sort();
  const picked = new PickedLeads(leads);
  const readStarts = new Int32Array(read.length + 1);
  const list = new GrowingInts();
  for (const [place, node] of read.entries()) {
    for (const lead of known.read.get(node)!) list.push(picked.numberOf(lead));
    readStarts[place + 1] = list.length;
  }
  const labels = Array.from(read, (node) => labelOf(node));
  const texts = labels.map(({ name }) => Buffer.from(name));
  let at = 0;
  return {
    counts: Array.from({ length: crates }, (_, id) => nodes.starts[id + 1]! - nodes.starts[id]!),
    names: names.texts,
    shown: known.shown.slice(0, crates),
    roots: known.roots.filter((node) => node < end),
    withCrate: known.withCrate.slice(0, crates),
    uncertain: known.uncertain.filter((id) => id < crates),
    blocks: blocks.ofFirst(crates),
    leadStarts: picked.starts.toArray(),
    calls: picked.calls.toArray(),
    read,
    readStarts,
    leads: list.toArray(),
    labels: Buffer.concat(texts),
    labelEnds: Int32Array.from(texts, ({ length }) => (at += length)),
    impls: labels.flatMap(({ isImpl }, place) => (isImpl ? [place] : [])),
  };
}

/** Leads under new numbers: only those that are asked for. */
class PickedLeads {
  readonly starts = new GrowingInts(new Int32Array(1));
  readonly calls = new GrowingInts();
  /** The new number of each lead, plus one. */
  private readonly numbers: Int32Array;
  private readonly from: Leads;

  constructor(from: Leads) {
    this.from = from;
    this.numbers = new Int32Array(from.starts.length);
  }

  numberOf(lead: LeadId): LeadId {
    const known = this.numbers[lead]!;
    if (known !== 0) return known - 1;
    const { starts, calls } = this.from;
    this.calls.pushFrom(calls, starts.at(lead), starts.at(lead + 1));
    this.starts.push(this.calls.length);
    this.numbers[lead] = this.starts.length - 1;
    return this.starts.length - 2;
  }
}
