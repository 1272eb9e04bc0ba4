import type { BlockId, BlockTables, MemberId } from "./block-tables.ts";
import { BLOCKS, MEMBERS } from "./blocks.ts";
import { CALL_SIZE, CALLS, type CallKind, type LeadId, type Leads } from "./leads.ts";
import { MemberMentions } from "./members.ts";
import { Needs } from "./needs.ts";
import type { NodeId, Nodes } from "./nodes.ts";
import type { Visible } from "./visible.ts";

interface WalkOptions {
  readonly nodes: Nodes;
  readonly blocks: BlockTables;
  readonly visible: Visible;
  readonly leads: Leads;
  /** What a node mentions, one after the other. */
  readonly eachLead: (node: NodeId, follow: (lead: LeadId) => void) => void;
  /** Items that count as live as soon as anything of their crate is, by its id. */
  readonly withCrate: readonly (readonly NodeId[])[];
}

/** Finds what the roots lead to; a node's parent is the one that made it live first. */
export class Walk {
  readonly live: Uint8Array;
  readonly parent: Int32Array;
  private readonly o: WalkOptions;
  private readonly mentions: MemberMentions;
  private readonly queue: NodeId[] = [];
  private next = 0;
  private at: NodeId = -1;
  private crate = -1;
  /** The mention at hand: most are known already, so one is enough for all. */
  private readonly who = { kind: CALLS.any as CallKind, operand: 0, crate: -1, by: -1 };
  /** Blocks whose members can be called, and of which something is live. */
  private readonly liveBlocks: Uint8Array;
  private readonly usedBlocks: Uint8Array;
  private readonly needs: Needs;
  /** Blocks that wait for anything of a crate, by its id. */
  private readonly needless = new Map<number, BlockId[]>();
  private readonly entered: Uint8Array;
  private readonly followed: boolean[] = [];

  constructor(options: WalkOptions) {
    this.o = options;
    const { nodes, blocks, visible } = options;
    const { count, starts } = nodes;
    this.live = new Uint8Array(count);
    this.parent = new Int32Array(count).fill(-1);
    this.liveBlocks = new Uint8Array(blocks.count);
    this.usedBlocks = new Uint8Array(blocks.count);
    this.entered = new Uint8Array(starts.length);
    this.mentions = new MemberMentions(blocks, visible, this.live);
    this.needs = new Needs(blocks, count);
    for (let block = 0; block < blocks.count; block++) this.register(block);
  }

  /** Follow everything from the given items. */
  run(roots: Iterable<NodeId>): void {
    for (const root of roots) this.mark(root);
    // in the order of discovery, so that the first way to an item is a short one
    while (this.next < this.queue.length) {
      const node = this.queue[this.next++]!;
      this.at = node;
      this.crate = this.o.nodes.crateOf(node);
      this.o.eachLead(node, this.follow);
    }
  }

  private readonly follow = (lead: LeadId): void => {
    if (this.followed[lead] === true) return;
    this.followed[lead] = true;
    const { starts, calls } = this.o.leads;
    const end = starts.at(lead + 1);
    for (let at = starts.at(lead); at < end; at += CALL_SIZE)
      this.call(calls.at(at) as CallKind, calls.at(at + 1), calls.at(at + 2));
  };

  private call(kind: CallKind, what: number, operand: number): void {
    if (kind === CALLS.mark) return this.mark(what);
    if (kind === CALLS.item) {
      this.mark(what);
      const block = this.o.blocks.blockOfNode(what);
      if (block >= 0) this.activate(block);
      return;
    }
    const { who } = this;
    who.kind = kind;
    who.operand = operand;
    who.crate = this.crate;
    who.by = this.at;
    for (const member of this.mentions.add(what, who)) this.mark(this.o.blocks.memberNode(member));
  }

  /** A trait of the tree and its impls for anything can be called before any item of their crate is live. */
  private register(block: BlockId): void {
    const { blocks } = this.o;
    if (blocks.firstNeed(block) < blocks.endOfNeeds(block)) return;
    if (blocks.kindOf(block) !== BLOCKS.foreign) {
      this.liveBlocks[block] = 1;
      const end = blocks.endOfMembers(block);
      for (let member = blocks.firstMember(block); member < end; member++)
        this.mentions.await(member);
      return;
    }
    const crate = blocks.crateOf(block);
    const list = this.needless.get(crate);
    if (list === undefined) this.needless.set(crate, [block]);
    else list.push(block);
  }

  private mark(node: NodeId): void {
    if (this.live[node] === 1) return;
    this.live[node] = 1;
    this.parent[node] = this.at;
    this.queue.push(node);
    const before = this.at;
    this.at = node;
    this.enter(this.o.nodes.crateOf(node));
    const holder = this.o.blocks.blockOfNode(node);
    if (holder >= 0) this.use(holder);
    this.needs.meet(node, this.activate);
    this.at = before;
  }

  private enter(crate: number): void {
    if (this.entered[crate] === 1) return;
    this.entered[crate] = 1;
    for (const block of this.needless.get(crate) ?? []) this.activate(block);
    for (const one of this.o.withCrate[crate] ?? []) this.mark(one);
  }

  /** All that a block asks for is live: its members can be called. */
  private readonly activate = (block: BlockId): void => {
    if (this.liveBlocks[block] === 1) return;
    this.liveBlocks[block] = 1;
    this.use(block);
    const { blocks } = this.o;
    const end = blocks.endOfMembers(block);
    for (let member = blocks.firstMember(block); member < end; member++) this.tryMember(member);
  };

  /** A block of which something is live: its header, and the types that its functions speak of. */
  private use(block: BlockId): void {
    if (this.usedBlocks[block] === 1) return;
    this.usedBlocks[block] = 1;
    const { blocks } = this.o;
    this.mark(blocks.nodeOf(block));
    const self = blocks.selfOf(block);
    for (let k = 0; k < self.length; k++) this.mark(self[k]!);
    if (blocks.kindOf(block) === BLOCKS.enum) return;
    const end = blocks.endOfMembers(block);
    for (let member = blocks.firstMember(block); member < end; member++)
      if (blocks.memberKind(member) === MEMBERS.type) this.mark(blocks.memberNode(member));
  }

  /**
   * A member is live when its type is and somebody who may hold that type mentions its name; a trait of another
   * crate may be called from code that we do not see.
   */
  private tryMember(member: MemberId): void {
    const { blocks } = this.o;
    const node = blocks.memberNode(member);
    if (this.live[node] === 1) return;
    if (blocks.memberKind(member) === MEMBERS.variant) return this.mentions.await(member);
    if (blocks.kindOf(blocks.blockOf(member)) === BLOCKS.foreign) return this.mark(node);
    const mention = this.mentions.find(member);
    if (mention === undefined) return this.mentions.await(member);
    const before = this.at;
    this.at = mention.by;
    this.mark(node);
    this.at = before;
  }
}
