import type { BlockId, BlockTables, MemberId } from "./block-tables.ts";
import { BLOCKS, MEMBERS, type BlockKind } from "./blocks.ts";
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

/** Members of one name that can be called, as soon as somebody mentions them. */
interface Waiting {
  /** Those of traits, and of impls for types that can't be told: most mentions may mean them. */
  shared: MemberId[];
  /** Those that a type has by itself. */
  own: MemberId[];
}

/** What live code has mentioned so far by the name alone, and what waits to be mentioned. */
export class MemberMentions {
  private readonly byName: (Map<number, MemberMention> | undefined)[] = [];
  private readonly waiting: (Waiting | undefined)[] = [];
  private readonly blocks: BlockTables;
  private readonly visible: Visible;
  private readonly live: Uint8Array;

  /** @param live nodes that nobody has to look for any more */
  constructor(blocks: BlockTables, visible: Visible, live: Uint8Array) {
    this.blocks = blocks;
    this.visible = visible;
    this.live = live;
  }

  /** From now on a member can be called. */
  await(member: MemberId): void {
    const { shared, own } = (this.waiting[this.blocks.memberName(member)] ??= NOBODY());
    (this.isShared(this.blocks.blockOf(member)) ? shared : own).push(member);
  }

  /** Remember a mention, and tell of the waiting members that it may mean, in the order of the text, when it is new. */
  add(name: number, of: MemberMention): readonly MemberId[] {
    const known = (this.byName[name] ??= new Map());
    const key = this.keyOf(of);
    if (known.has(key)) return NONE;
    const mention = { ...of };
    known.set(key, mention);
    const members = this.waiting[name];
    if (members === undefined) return NONE;
    const shared = this.fitting(members.shared, mention);
    // through a table, or through what std defines, nobody gets to what a type has by itself
    if (of.kind === CALLS.std || of.kind === CALLS.object) return shared;
    const own = this.fitting(members.own, mention);
    return own.length === 0 ? shared : [...shared, ...own];
  }

  /** Looks at the members of a list, and takes off it who is live. */
  private fitting(members: MemberId[], mention: MemberMention): readonly MemberId[] {
    const { blocks } = this;
    const found: MemberId[] = [];
    let kept = 0;
    for (const member of members) {
      if (this.live[blocks.memberNode(member)] === 1) continue;
      members[kept++] = member;
      if (this.fits(mention, member)) found.push(member);
    }
    members.length = kept;
    return found.length > 1
      ? found.sort((a, b) => blocks.memberNode(a) - blocks.memberNode(b))
      : found;
  }

  /** The first mention so far that may mean a member. */
  find(member: MemberId): MemberMention | undefined {
    for (const mention of this.byName[this.blocks.memberName(member)]?.values() ?? [])
      if (this.fits(mention, member)) return mention;
    return undefined;
  }

  /** One number per crate, kind and operand; small ones, which are looked up fastest, for nearly all. */
  private keyOf({ kind, operand, crate }: MemberMention): number {
    return (operand * this.visible.size + crate) * KINDS + kind;
  }

  private fits(mention: MemberMention, member: MemberId): boolean {
    const { blocks } = this;
    const block = blocks.blockOf(member);
    if (!this.fitsBehind(mention, member, block)) return false;
    if (blocks.isPrivate(member)) return mention.crate === blocks.crateOf(block);
    return this.visible.has(mention.crate, blocks.homeOf(block));
  }

  private fitsBehind(
    { kind: how, operand }: MemberMention,
    member: MemberId,
    block: BlockId,
  ): boolean {
    const { blocks } = this;
    const kind = blocks.kindOf(block);
    switch (how) {
      case CALLS.dot:
        return blocks.memberKind(member) === MEMBERS.fn;
      case CALLS.std:
        return this.isShared(block);
      case CALLS.name:
        return this.isShared(block) || (kind !== BLOCKS.enum && blocks.selfName(block) === operand);
      case CALLS.type:
        return (
          blocks.isSelf(block, operand) ||
          kind === BLOCKS.trait ||
          (!blocks.hasSelf(block) && isTraits(kind))
        );
      case CALLS.object:
        return (
          blocks.memberKind(member) === MEMBERS.fn &&
          isTraits(kind) &&
          blocks.homeOf(block) === operand
        );
      default:
        return true;
    }
  }

  /** Whether most mentions of a name may mean the members of a block. */
  private isShared(block: BlockId): boolean {
    const kind = this.blocks.kindOf(block);
    return isTraits(kind) || (kind !== BLOCKS.enum && !this.blocks.hasSelf(block));
  }
}

const NOBODY = (): Waiting => ({ shared: [], own: [] });
const NONE: readonly MemberId[] = [];
const KINDS = Object.keys(CALLS).length;

/** Whether members of a block of such a kind are reached through a trait. */
function isTraits(kind: BlockKind): boolean {
  return kind === BLOCKS.foreign || kind === BLOCKS.own || kind === BLOCKS.trait;
}
