import type { Block, Member } from "./blocks.ts";
import type { BlockTables } from "./block-tables.ts";
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
  /** What a node mentions. */
  readonly leadsOf: (node: NodeId) => Int32Array;
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
  /** Blocks, by their nodes: whose members can be called, and of which something is live. */
  private readonly liveBlocks: Uint8Array;
  private readonly usedBlocks: Uint8Array;
  private readonly needs: Needs;
  private readonly needless = new Map<number, Block[]>();
  private readonly entered: Uint8Array;
  private readonly followed: boolean[] = [];

  constructor(options: WalkOptions) {
    this.o = options;
    const { count, starts } = options.nodes;
    this.live = new Uint8Array(count);
    this.parent = new Int32Array(count).fill(-1);
    this.liveBlocks = new Uint8Array(count);
    this.usedBlocks = new Uint8Array(count);
    this.entered = new Uint8Array(starts.length);
    this.mentions = new MemberMentions(options.visible, this.live);
    this.needs = new Needs(count);
    for (const block of options.blocks.all) this.register(block);
  }

  /** Follow everything from the given items. */
  run(roots: Iterable<NodeId>): void {
    for (const root of roots) this.mark(root);
    // in the order of discovery, so that the first way to an item is a short one
    while (this.next < this.queue.length) {
      const node = this.queue[this.next++]!;
      this.at = node;
      this.crate = this.o.nodes.crateOf(node);
      for (const lead of this.o.leadsOf(node)) {
        if (this.followed[lead] === true) continue;
        this.followed[lead] = true;
        this.follow(lead);
      }
    }
  }

  private follow(lead: LeadId): void {
    const { starts, calls } = this.o.leads;
    const end = starts.at(lead + 1);
    for (let at = starts.at(lead); at < end; at += CALL_SIZE)
      this.call(calls.at(at) as CallKind, calls.at(at + 1), calls.at(at + 2));
  }

  private call(kind: CallKind, what: number, operand: number): void {
    if (kind === CALLS.mark) return this.mark(what);
    if (kind === CALLS.item) {
      this.mark(what);
      const block = this.o.blocks.blockOfMember(what);
      if (block !== undefined) this.activate(block);
      return;
    }
    const { who } = this;
    who.kind = kind;
    who.operand = operand;
    who.crate = this.crate;
    who.by = this.at;
    for (const member of this.mentions.add(what, who)) this.mark(member.node);
  }

  /** A trait of the tree and its impls for anything can be called before any item of their crate is live. */
  private register(block: Block): void {
    const isFree = block.kind === "trait" || (block.needs.length === 0 && block.kind !== "foreign");
    if (isFree) {
      this.liveBlocks[block.node] = 1;
      for (const member of block.members) this.mentions.await(member);
    } else if (block.needs.length > 0) this.needs.add(block);
    else {
      const list = this.needless.get(block.crate) ?? [];
      list.push(block);
      this.needless.set(block.crate, list);
    }
  }

  private mark(node: NodeId): void {
    if (this.live[node] === 1) return;
    this.live[node] = 1;
    this.parent[node] = this.at;
    this.queue.push(node);
    this.enter(this.o.nodes.crateOf(node), node);
    const holder = this.o.blocks.blockOfMember(node);
    if (holder !== undefined) this.behind(node, () => this.use(holder));
    this.needs.meet(node, (block) => this.behind(node, () => this.activate(block)));
  }

  private enter(crate: number, node: NodeId): void {
    if (this.entered[crate] === 1) return;
    this.entered[crate] = 1;
    this.behind(node, () => {
      for (const block of this.needless.get(crate) ?? []) this.activate(block);
      for (const one of this.o.withCrate[crate] ?? []) this.mark(one);
    });
  }

  /** Run with another node as the one that leads to what is found. */
  private behind(node: NodeId, run: () => void): void {
    const before = this.at;
    this.at = node;
    run();
    this.at = before;
  }

  /** All that a block asks for is live: its members can be called. */
  private activate(block: Block): void {
    if (this.liveBlocks[block.node] === 1) return;
    this.liveBlocks[block.node] = 1;
    this.use(block);
    for (const member of block.members) this.tryMember(member);
  }

  /** A block of which something is live: its header, and the types that its functions speak of. */
  private use(block: Block): void {
    if (this.usedBlocks[block.node] === 1) return;
    this.usedBlocks[block.node] = 1;
    this.mark(block.node);
    for (const type of block.self) this.mark(type);
    if (block.kind === "enum") return;
    for (const member of block.members) if (member.kind === "type") this.mark(member.node);
  }

  /**
   * A member is live when its type is and somebody who may hold that type mentions its name; a trait of another
   * crate may be called from code that we do not see.
   */
  private tryMember(member: Member): void {
    if (this.live[member.node] === 1) return;
    if (member.kind === "variant") return this.mentions.await(member);
    if (member.block.kind === "foreign") return this.mark(member.node);
    const mention = this.mentions.find(member);
    if (mention === undefined) this.mentions.await(member);
    else this.behind(mention.by, () => this.mark(member.node));
  }
}
