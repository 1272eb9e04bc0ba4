import type { PackedBlocks } from "./block-tables.ts";
import type { LeadId } from "./leads.ts";
import type { NodeId } from "./nodes.ts";
import type { Label } from "./trails.ts";

/**
 * What reachability found out about the first crates of a graph: plain data that holds for every program that is built
 * on exactly these crates. Nodes and crates keep their numbers, since nothing stands before them.
 */
export interface KeptReach {
  /** Items per crate. */
  readonly counts: readonly number[];
  /** Names by their numbers. */
  readonly names: readonly string[];
  /** Crates whose names a crate shows, by its id. */
  readonly shown: readonly (readonly number[])[];
  /** Items that are part of any program. */
  readonly roots: readonly NodeId[];
  /** By crate: items that live as soon as anything of it does. */
  readonly withCrate: readonly (readonly NodeId[])[];
  /** Ids of crates with code that nobody could read. */
  readonly uncertain: readonly number[];
  readonly blocks: PackedBlocks;
  /** See `Leads`. */
  readonly leadStarts: Int32Array;
  readonly calls: Int32Array;
  /** Nodes that were read so far, in rising order; other nodes are read when they are first reached. */
  readonly read: Int32Array;
  /** Where the leads of each read node begin in `leads`, and where the last ones end. */
  readonly readStarts: Int32Array;
  readonly leads: Int32Array;
  /** Names of read nodes for trails, in UTF-8, one behind the other, with the end of each; impls by their places in `read`. */
  readonly labels: Uint8Array;
  readonly labelEnds: Int32Array;
  readonly impls: readonly number[];
}

const utf8 = new TextDecoder();

/** Reads what was kept of nodes. */
export class KeptNodes {
  private readonly kept: KeptReach;
  /** Place in `read`, plus one, by node. */
  private readonly places: Int32Array;
  private readonly impls: ReadonlySet<number>;

  constructor(kept: KeptReach) {
    this.kept = kept;
    this.places = new Int32Array(kept.counts.reduce((sum, count) => sum + count, 0));
    for (let place = 0; place < kept.read.length; place++)
      this.places[kept.read[place]!] = place + 1;
    this.impls = new Set(kept.impls);
  }

  /** What a node mentions, one after the other. @returns false when it has not been read */
  follow(node: NodeId, follow: (lead: LeadId) => void): boolean {
    const place = this.placeOf(node);
    if (place < 0) return false;
    const { leads, readStarts } = this.kept;
    const end = readStarts[place + 1]!;
    for (let at = readStarts[place]!; at < end; at++) follow(leads[at]!);
    return true;
  }

  /** What every node mentions that has been read. */
  *all(): Iterable<readonly [NodeId, Int32Array]> {
    const { read, leads, readStarts } = this.kept;
    for (const [place, node] of read.entries())
      yield [node, leads.subarray(readStarts[place], readStarts[place + 1])];
  }

  labelOf(node: NodeId): Label | undefined {
    const place = this.placeOf(node);
    if (place < 0) return undefined;
    const { labels, labelEnds } = this.kept;
    const name = labels.subarray(place === 0 ? 0 : labelEnds[place - 1], labelEnds[place]);
    return { name: utf8.decode(name), isImpl: this.impls.has(place) };
  }

  private placeOf(node: NodeId): number {
    return node < this.places.length ? this.places[node]! - 1 : -1;
  }
}
