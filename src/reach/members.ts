import { isTraits, type Member } from "./blocks.ts";
import type { BlockTables } from "./block-tables.ts";
import { CALLS, type CallKind } from "./leads.ts";
import type { NodeId } from "./nodes.ts";
import type { Visible } from "./visible.ts";

export interface MemberMention {
  /** How the name is mentioned; `operand` is the node or the name in front of it, where there is one. */
  readonly kind: CallKind;
  readonly operand: number;
  /** Id of the mentioning crate. */
  readonly crate: number;
  readonly by: NodeId;
}

/** What live code has mentioned so far by the name alone. */
export class MemberMentions {
  private readonly byName: (Map<number, MemberMention> | undefined)[] = [];
  private readonly blocks: BlockTables;
  private readonly visible: Visible;
  private readonly live: Uint8Array;

  /** @param live nodes that nobody has to look for any more */
  constructor(blocks: BlockTables, visible: Visible, live: Uint8Array) {
    this.blocks = blocks;
    this.visible = visible;
    this.live = live;
  }

  /** Remember a mention, and tell of the members that it may mean when it is a new one. */
  add(name: number, of: MemberMention, isOpen: (member: Member) => boolean): readonly Member[] {
    const known = (this.byName[name] ??= new Map());
    const key = this.keyOf(of);
    if (known.has(key)) return NONE;
    const mention = { ...of };
    known.set(key, mention);
    const members = this.blocks.membersByName.get(name);
    if (members === undefined) return NONE;
    const found: Member[] = [];
    const look = (member: Member): void => {
      if (isOpen(member) && this.fits(mention, member)) found.push(member);
    };
    this.lookAtShared(members.shared, look);
    if (members.own.length > 0) this.lookAtOwn(name, mention, members.own, look);
    return found;
  }

  /** A name that many traits have is asked for again and again: who is live is taken off the list. */
  private lookAtShared(shared: Member[], look: (member: Member) => void): void {
    let kept = 0;
    for (const member of shared) {
      if (this.live[member.node] === 1) continue;
      shared[kept++] = member;
      look(member);
    }
    shared.length = kept;
  }

  /** A type that many have a `new` of is asked for its own. */
  private lookAtOwn(
    name: number,
    { kind, operand }: MemberMention,
    own: readonly Member[],
    look: (member: Member) => void,
  ): void {
    if (kind === CALLS.std || kind === CALLS.object) return;
    if (kind !== CALLS.type) return own.forEach(look);
    for (const block of this.blocks.bySelf.get(operand) ?? [])
      for (const member of block.members) if (member.name === name) look(member);
  }

  /** The first mention so far that may mean a member. */
  find(member: Member): MemberMention | undefined {
    for (const mention of this.byName[member.name]?.values() ?? [])
      if (this.fits(mention, member)) return mention;
    return undefined;
  }

  /** One number per crate, kind and operand; small ones, which are looked up fastest, for nearly all. */
  private keyOf({ kind, operand, crate }: MemberMention): number {
    return (operand * this.visible.size + crate) * KINDS + kind;
  }

  private fits(mention: MemberMention, member: Member): boolean {
    if (!fitsBehind(mention, member)) return false;
    if (member.isPrivate) return mention.crate === member.block.crate;
    return this.visible.has(mention.crate, member.block.home);
  }
}

const NONE: readonly Member[] = [];
const KINDS = Object.keys(CALLS).length;

function fitsBehind({ kind: how, operand }: MemberMention, { block, kind }: Member): boolean {
  const { self } = block;
  switch (how) {
    case CALLS.dot:
      return kind === "fn";
    case CALLS.std:
      return block.kind !== "enum" && (self.length === 0 || isTraits(block.kind));
    case CALLS.name:
      return (
        block.kind !== "enum" &&
        (self.length === 0 || isTraits(block.kind) || block.selfName === operand)
      );
    case CALLS.type:
      return (
        self.includes(operand) ||
        block.kind === "trait" ||
        (self.length === 0 && isTraits(block.kind))
      );
    case CALLS.object:
      return kind === "fn" && isTraits(block.kind) && block.home === operand;
    default:
      return true;
  }
}
