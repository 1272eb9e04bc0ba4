import { isTraits, type Blocks, type Member } from "./blocks.ts";
import type { NodeId } from "./nodes.ts";
import type { Visible } from "./visible.ts";

/** How code mentions a name that is found through a type. */
export type Behind =
  /** `.name()` */
  | { readonly is: "dot" }
  /** `Type::name` that the type itself does not define */
  | { readonly is: "type"; readonly node: NodeId }
  /** `T::name`, where the name in front leads nowhere: a type parameter, or generated */
  | { readonly is: "name"; readonly name: string }
  /** `Vec::name`, `std::fs::File::name` */
  | { readonly is: "std" }
  /** an alias, a trait, `<…>::name` */
  | { readonly is: "any" };

export interface MemberMention {
  readonly behind: Behind;
  /** Id of the mentioning crate. */
  readonly crate: number;
  readonly by: NodeId;
}

/** What live code has mentioned so far by the name alone. */
export class MemberMentions {
  private readonly byName = new Map<string, Map<string | number, MemberMention>>();
  private readonly blocks: Blocks;
  private readonly visible: Visible;
  private readonly live: Uint8Array;

  /** @param live nodes that nobody has to look for any more */
  constructor(blocks: Blocks, visible: Visible, live: Uint8Array) {
    this.blocks = blocks;
    this.visible = visible;
    this.live = live;
  }

  /** Remember a mention, and tell of the members that it may mean when it is a new one. */
  add(
    name: string,
    behind: Behind,
    who: Pick<MemberMention, "crate" | "by">,
    isOpen: (member: Member) => boolean,
  ): readonly Member[] {
    let known = this.byName.get(name);
    if (known === undefined) this.byName.set(name, (known = new Map()));
    const key = keyOf(behind, who.crate);
    if (known.has(key)) return NONE;
    const mention = { behind, crate: who.crate, by: who.by };
    known.set(key, mention);
    const members = this.blocks.membersByName.get(name);
    if (members === undefined) return NONE;
    const found: Member[] = [];
    const look = (member: Member): void => {
      if (isOpen(member) && this.fits(mention, member)) found.push(member);
    };
    this.lookAtShared(members.shared, look);
    if (members.own.length > 0) this.lookAtOwn(name, mention.behind, members.own, look);
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
    name: string,
    behind: Behind,
    own: readonly Member[],
    look: (member: Member) => void,
  ): void {
    if (behind.is === "std") return;
    if (behind.is !== "type") return own.forEach(look);
    for (const block of this.blocks.bySelf.get(behind.node) ?? [])
      for (const member of block.members) if (member.name === name) look(member);
  }

  /** The first mention so far that may mean a member. */
  find(member: Member): MemberMention | undefined {
    for (const mention of this.byName.get(member.name)?.values() ?? [])
      if (this.fits(mention, member)) return mention;
    return undefined;
  }

  private fits(mention: MemberMention, member: Member): boolean {
    if (!fitsBehind(mention.behind, member)) return false;
    if (member.isPrivate) return mention.crate === member.block.crate;
    return this.visible.has(mention.crate, member.block.home);
  }
}

const NONE: readonly Member[] = [];

/** Numbers where that can be: a mention is asked about far more often than it is new. */
function keyOf(behind: Behind, crate: number): string | number {
  switch (behind.is) {
    case "dot":
      return crate * 4;
    case "std":
      return crate * 4 + 1;
    case "any":
      return crate * 4 + 2;
    case "type":
      return `${crate} ${behind.node}`;
    case "name":
      return `${crate}:${behind.name}`;
  }
}

function fitsBehind(behind: Behind, { block, kind }: Member): boolean {
  const { self } = block;
  switch (behind.is) {
    case "dot":
      return kind === "fn";
    case "any":
      return true;
    case "std":
      return block.kind !== "enum" && (self.length === 0 || isTraits(block.kind));
    case "name":
      return (
        block.kind !== "enum" &&
        (self.length === 0 || isTraits(block.kind) || block.selfName === behind.name)
      );
    case "type":
      return (
        self.includes(behind.node) ||
        block.kind === "trait" ||
        (self.length === 0 && isTraits(block.kind))
      );
  }
}
