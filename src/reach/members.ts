import { isTraits, type Block, type Member } from "./blocks.ts";
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
  shared: Member[];
  /** Those that a type has by itself. */
  own: Member[];
}

/** What live code has mentioned so far by the name alone, and what waits to be mentioned. */
export class MemberMentions {
  private readonly byName: (Map<number, MemberMention> | undefined)[] = [];
  private readonly waiting: (Waiting | undefined)[] = [];
  private readonly visible: Visible;
  private readonly live: Uint8Array;

  /** @param live nodes that nobody has to look for any more */
  constructor(visible: Visible, live: Uint8Array) {
    this.visible = visible;
    this.live = live;
  }

  /** From now on a member can be called. */
  await(member: Member): void {
    const { shared, own } = (this.waiting[member.name] ??= { shared: [], own: [] });
    (isShared(member.block) ? shared : own).push(member);
  }

  /** Remember a mention, and tell of the waiting members that it may mean, in the order of the text, when it is new. */
  add(name: number, of: MemberMention): readonly Member[] {
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
  private fitting(members: Member[], mention: MemberMention): readonly Member[] {
    const found: Member[] = [];
    let kept = 0;
    for (const member of members) {
      if (this.live[member.node] === 1) continue;
      members[kept++] = member;
      if (this.fits(mention, member)) found.push(member);
    }
    members.length = kept;
    return found.length > 1 ? found.sort((a, b) => a.node - b.node) : found;
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

/** Whether most mentions of a name may mean the members of a block. */
function isShared({ kind, self }: Block): boolean {
  return isTraits(kind) || (self.length === 0 && kind !== "enum");
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
