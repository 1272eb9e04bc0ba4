import { GrowingInts } from "../util/growing-ints.ts";
import {
  BLOCK_KINDS,
  MEMBER_KINDS,
  type Block,
  type BlockKind,
  type Member,
  type MemberKind,
} from "./blocks.ts";

/** Blocks as numbers, one behind the other; lists are preceded by their length. */
export function packBlocks(blocks: readonly Block[]): Int32Array {
  const out = new GrowingInts();
  const list = (numbers: readonly number[]): void => {
    out.push(numbers.length);
    for (const number of numbers) out.push(number);
  };
  for (const { node, kind, crate, home, self, selfName, needs, members } of blocks) {
    out.push(node);
    out.push(BLOCK_KINDS.indexOf(kind));
    out.push(crate);
    out.push(home);
    out.push(selfName);
    list(self);
    out.push(needs.length);
    for (const need of needs) list(need);
    out.push(members.length);
    for (const member of members) {
      const flags = MEMBER_KINDS.indexOf(member.kind) * 2 + (member.isPrivate ? 1 : 0);
      out.push(member.node);
      out.push(member.name);
      out.push(flags);
    }
  }
  return out.toArray();
}

export function unpackBlocks(packed: Int32Array): Block[] {
  const blocks: Block[] = [];
  const input = new Input(packed);
  while (input.hasMore()) blocks.push(readBlock(input));
  return blocks;
}

function readBlock(input: Input): Block {
  const node = input.next();
  const kind: BlockKind = BLOCK_KINDS[input.next()]!;
  const crate = input.next();
  const home = input.next();
  const selfName = input.next();
  const self = input.list();
  const needs = Array.from({ length: input.next() }, () => input.list());
  const members: Member[] = [];
  const block: Block = { node, kind, crate, home, self, selfName, needs, members };
  for (let left = input.next(); left > 0; left--) members.push(readMember(input, block));
  return block;
}

function readMember(input: Input, block: Block): Member {
  const node = input.next();
  const name = input.next();
  const flags = input.next();
  const kind: MemberKind = MEMBER_KINDS[flags >> 1]!;
  return { node, name, kind, isPrivate: (flags & 1) === 1, block };
}

class Input {
  private readonly numbers: Int32Array;
  private at = 0;

  constructor(numbers: Int32Array) {
    this.numbers = numbers;
  }

  hasMore(): boolean {
    return this.at < this.numbers.length;
  }

  next(): number {
    return this.numbers[this.at++]!;
  }

  list(): number[] {
    const length = this.next();
    const found = [...this.numbers.subarray(this.at, this.at + length)];
    this.at += length;
    return found;
  }
}
