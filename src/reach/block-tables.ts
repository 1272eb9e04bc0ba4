import { GrowingInts } from "../util/growing-ints.ts";
import { isRising } from "../util/sorted.ts";
import { isRecord } from "../util/values.ts";
import type { Block, BlockKind, MemberKind } from "./blocks.ts";
import type { NodeId } from "./nodes.ts";

/** A block, by its place among all of them. */
export type BlockId = number;
/** A member, by its place among those of all blocks: the ones of a block follow each other. */
export type MemberId = number;

/** Blocks as numbers: a large tree has more than a hundred thousand members. */
export interface PackedBlocks {
  /** Per block: node, kind, crate, home, name of its type, and where its types, needs and members end. */
  readonly heads: Int32Array;
  /** The types that blocks are for. */
  readonly types: Int32Array;
  /** Per need: where its alternatives end. */
  readonly needs: Int32Array;
  readonly alternatives: Int32Array;
  /** Per member: node, name, flags. */
  readonly members: Int32Array;
}

export const NO_BLOCKS: PackedBlocks = {
  heads: new Int32Array(0),
  types: new Int32Array(0),
  needs: new Int32Array(0),
  alternatives: new Int32Array(0),
  members: new Int32Array(0),
};

/** Numbers per block and per member. */
const HEAD = 8;
const MEMBER = 3;
const COLUMNS = { types: 5, needs: 6, members: 7 } as const;
type Column = (typeof COLUMNS)[keyof typeof COLUMNS];

/** Whether a value that somebody else wrote is such tables, every end of a list inside its own. */
export function isPackedBlocks(value: unknown): value is PackedBlocks {
  if (!isRecord(value)) return false;
  if (!Object.keys(NO_BLOCKS).every((name) => value[name] instanceof Int32Array)) return false;
  const { heads, types, needs, alternatives, members } = value as unknown as PackedBlocks;
  return (
    heads.length % HEAD === 0 &&
    isRising(heads, types.length, { from: COLUMNS.types, step: HEAD }) &&
    isRising(heads, needs.length, { from: COLUMNS.needs, step: HEAD }) &&
    isRising(heads, members.length / MEMBER, { from: COLUMNS.members, step: HEAD }) &&
    isRising(needs, alternatives.length)
  );
}

/** Blocks by what one looks for them with. */
export class BlockTables {
  readonly count: number;
  readonly packed: PackedBlocks;
  /** Place, plus one, of the block that is a node, and of the one that a node is a member of. */
  private readonly atNode: Int32Array;
  private readonly ofNode: Int32Array;
  private readonly ofMember: Int32Array;

  /**
   * @param known blocks of the first crates
   * @param found those of the other crates
   * @param nodes how many nodes there are
   */
  constructor(known: PackedBlocks, found: Iterable<Block>, nodes: number) {
    this.packed = append(known, found);
    this.count = this.packed.heads.length / HEAD;
    this.atNode = new Int32Array(nodes);
    this.ofNode = new Int32Array(nodes);
    this.ofMember = new Int32Array(this.packed.members.length / MEMBER);
    for (let block = 0; block < this.count; block++) {
      this.atNode[this.nodeOf(block)] = block + 1;
      for (let m = this.firstMember(block); m < this.endOfMembers(block); m++) {
        this.ofNode[this.memberNode(m)] = block + 1;
        this.ofMember[m] = block;
      }
    }
  }

  nodeOf(block: BlockId): NodeId {
    return this.packed.heads[block * HEAD]!;
  }

  kindOf(block: BlockId): BlockKind {
    return this.packed.heads[block * HEAD + 1]! as BlockKind;
  }

  crateOf(block: BlockId): number {
    return this.packed.heads[block * HEAD + 2]!;
  }

  /** See `Block`. */
  homeOf(block: BlockId): number {
    return this.packed.heads[block * HEAD + 3]!;
  }

  selfName(block: BlockId): number {
    return this.packed.heads[block * HEAD + 4]!;
  }

  selfOf(block: BlockId): Int32Array {
    return this.packed.types.subarray(
      this.start(block, COLUMNS.types),
      this.end(block, COLUMNS.types),
    );
  }

  hasSelf(block: BlockId): boolean {
    return this.start(block, COLUMNS.types) < this.end(block, COLUMNS.types);
  }

  isSelf(block: BlockId, node: NodeId): boolean {
    for (let at = this.start(block, COLUMNS.types); at < this.end(block, COLUMNS.types); at++)
      if (this.packed.types[at] === node) return true;
    return false;
  }

  firstNeed(block: BlockId): number {
    return this.start(block, COLUMNS.needs);
  }

  endOfNeeds(block: BlockId): number {
    return this.end(block, COLUMNS.needs);
  }

  firstMember(block: BlockId): MemberId {
    return this.start(block, COLUMNS.members);
  }

  endOfMembers(block: BlockId): MemberId {
    return this.end(block, COLUMNS.members);
  }

  memberNode(member: MemberId): NodeId {
    return this.packed.members[member * MEMBER]!;
  }

  memberName(member: MemberId): number {
    return this.packed.members[member * MEMBER + 1]!;
  }

  memberKind(member: MemberId): MemberKind {
    return (this.packed.members[member * MEMBER + 2]! >> 1) as MemberKind;
  }

  isPrivate(member: MemberId): boolean {
    return (this.packed.members[member * MEMBER + 2]! & 1) === 1;
  }

  /** The node of a block's first member of a name. */
  memberNamed(block: BlockId, name: number): NodeId | undefined {
    for (let member = this.firstMember(block); member < this.endOfMembers(block); member++)
      if (this.memberName(member) === name) return this.memberNode(member);
    return undefined;
  }

  blockOf(member: MemberId): BlockId {
    return this.ofMember[member]!;
  }

  /** -1: the node is no block. */
  byNode(node: NodeId): BlockId {
    return this.atNode[node]! - 1;
  }

  /** -1: the node is no member. */
  blockOfNode(node: NodeId): BlockId {
    return this.ofNode[node]! - 1;
  }

  /** The blocks of the first crates. */
  ofFirst(crates: number): PackedBlocks {
    let count = this.count;
    while (count > 0 && this.crateOf(count - 1) >= crates) count--;
    const { heads, types, needs, alternatives, members } = this.packed;
    const endOfNeeds = this.start(count, COLUMNS.needs);
    return {
      heads: heads.slice(0, count * HEAD),
      types: types.slice(0, this.start(count, COLUMNS.types)),
      needs: needs.slice(0, endOfNeeds),
      alternatives: alternatives.slice(0, endOfNeeds === 0 ? 0 : needs[endOfNeeds - 1]),
      members: members.slice(0, this.start(count, COLUMNS.members) * MEMBER),
    };
  }

  private start(block: BlockId, column: Column): number {
    return block === 0 ? 0 : this.end(block - 1, column);
  }

  private end(block: BlockId, column: Column): number {
    return this.packed.heads[block * HEAD + column]!;
  }
}

function append(known: PackedBlocks, found: Iterable<Block>): PackedBlocks {
  const heads = new GrowingInts(known.heads);
  const types = new GrowingInts(known.types);
  const needs = new GrowingInts(known.needs);
  const alternatives = new GrowingInts(known.alternatives);
  const members = new GrowingInts(known.members);
  for (const block of found) {
    for (const type of block.self) types.push(type);
    for (const need of block.needs) {
      for (const node of need) alternatives.push(node);
      needs.push(alternatives.length);
    }
    for (const { node, name, kind, isPrivate } of block.members)
      for (const number of [node, name, kind * 2 + (isPrivate ? 1 : 0)]) members.push(number);
    const ends = [types.length, needs.length, members.length / MEMBER];
    for (const number of [block.node, block.kind, block.crate, block.home, block.selfName, ...ends])
      heads.push(number);
  }
  return {
    heads: heads.toArray(),
    types: types.toArray(),
    needs: needs.toArray(),
    alternatives: alternatives.toArray(),
    members: members.toArray(),
  };
}
