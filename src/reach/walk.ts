import { MENTION_CLASSES } from "../extract/facts.ts";
import type { Crate, ItemRef, Unit } from "../resolve/graph.ts";
import { bothActive, evalActive } from "../syntax/cfg-eval.ts";
import { type Block, type Blocks, type Member } from "./blocks.ts";
import type { Generated } from "./generated.ts";
import { MemberMentions, type Behind } from "./members.ts";
import { mentionsByItem, type MentionsByItem } from "./mentions-by-item.ts";
import { Needs } from "./needs.ts";
import { holderOf, localItem, type LocalItems, type NodeId, type Nodes } from "./nodes.ts";
import { visitPath, visitSelf, type PathVisitor } from "./paths.ts";
import type { Visible } from "./visible.ts";

interface WalkOptions {
  readonly nodes: Nodes;
  readonly blocks: Blocks;
  readonly locals: LocalItems;
  readonly visible: Visible;
  readonly generated: Generated;
  /** Items that count as live as soon as anything of their crate is. */
  readonly withCrate: ReadonlyMap<Crate, readonly ItemRef[]>;
}

const DOT: Behind = { is: "dot" };

/** Finds what the roots lead to; a node's parent is the one that made it live first. */
export class Walk implements PathVisitor {
  readonly live: Uint8Array;
  readonly parent: Int32Array;
  private readonly o: WalkOptions;
  private readonly mentions: MemberMentions;
  private readonly queue: NodeId[] = [];
  private next = 0;
  private at: NodeId = -1;
  private readonly who = { crate: -1, by: -1 };
  private crate = -1;
  /** Blocks, by their nodes: whose members can be called, and of which something is live. */
  private readonly liveBlocks: Uint8Array;
  private readonly usedBlocks: Uint8Array;
  private readonly needs: Needs;
  private readonly needless = new Map<number, Block[]>();
  private readonly entered = new Set<Crate>();
  private readonly done = new WeakMap<Unit, Map<unknown, Uint8Array>>();
  private readonly byItem = new WeakMap<Unit, MentionsByItem>();

  constructor(options: WalkOptions) {
    this.o = options;
    const { count } = options.nodes;
    this.live = new Uint8Array(count);
    this.parent = new Int32Array(count).fill(-1);
    this.liveBlocks = new Uint8Array(count);
    this.usedBlocks = new Uint8Array(count);
    this.mentions = new MemberMentions(options.blocks, options.visible, this.live);
    this.needs = new Needs(count);
    for (const block of options.blocks.all) this.register(block);
  }

  /** Follow everything from the given items. */
  run(roots: readonly ItemRef[]): void {
    for (const root of roots) this.mark(this.o.nodes.nodeOf(root));
    // in the order of discovery, so that the first way to an item is a short one
    while (this.next < this.queue.length) {
      const node = this.queue[this.next++]!;
      const ref = this.o.nodes.refOf(node);
      this.at = node;
      this.crate = ref.unit.crate.id;
      const { target } = ref.unit.facts.items[ref.index]!;
      if (target !== undefined) this.o.generated.visit(target, ref.unit.crate, this);
      this.readItem(ref.unit, ref.index);
      for (const unit of this.o.nodes.expansionsOf(node)) this.readItem(unit, 0);
    }
  }

  /** PathVisitor */
  item(ref: ItemRef): void {
    if (ref.index === 0) return;
    const node = this.o.nodes.nodeOf(ref);
    this.mark(node);
    const block = this.o.blocks.blockOfMember.get(node);
    if (block !== undefined) this.activate(block);
  }

  /** PathVisitor */
  member(name: string, behind: Behind): void {
    this.who.crate = this.crate;
    this.who.by = this.at;
    for (const member of this.mentions.add(name, behind, this.who, this.isOpen))
      this.mark(member.node);
  }

  /** Dead so far, and of something that is live. */
  private readonly isOpen = (member: Member): boolean =>
    this.live[member.node] === 0 && this.liveBlocks[member.block.node] === 1;

  /** A trait of the tree and its impls for anything can be called before any item of their crate is live. */
  private register(block: Block): void {
    const isFree = block.kind === "trait" || (block.needs.length === 0 && block.kind !== "foreign");
    if (isFree) this.liveBlocks[block.node] = 1;
    else if (block.needs.length > 0) this.needs.add(block);
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
    const holder = this.o.blocks.blockOfMember.get(node);
    if (holder !== undefined) this.behind(node, () => this.use(holder));
    this.needs.meet(node, (block) => this.behind(node, () => this.activate(block)));
  }

  private enter(crate: Crate, node: NodeId): void {
    if (this.entered.has(crate)) return;
    this.entered.add(crate);
    this.behind(node, () => {
      for (const block of this.needless.get(crate.id) ?? []) this.activate(block);
      for (const ref of this.o.withCrate.get(crate) ?? []) this.mark(this.o.nodes.nodeOf(ref));
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
    if (member.kind === "variant") return;
    if (member.block.kind === "foreign") return this.mark(member.node);
    const mention = this.mentions.find(member);
    if (mention !== undefined) this.behind(mention.by, () => this.mark(member.node));
  }

  private readItem(unit: Unit, index: number): void {
    const around = unit.active[index]!;
    const { mentions, paths, cfgs } = unit.facts;
    const { starts, order } = this.mentionsOf(unit);
    for (let k = starts[index]!; k < starts[index + 1]!; k++) {
      const at = order[k]!;
      const cfg = mentions[at + 3]!;
      if (cfg !== 0 && bothActive(around, evalActive(cfgs[cfg]!, unit.crate.worlds)) === 0)
        continue;
      this.readMention(unit, index, paths[mentions[at]!]!, mentions[at]!, mentions[at + 2]! >> 8);
    }
  }

  private readMention(unit: Unit, index: number, text: string, id: number, code: number): void {
    const cls = MENTION_CLASSES[code]!;
    if (cls === "method") {
      if (this.isNew(unit, DOT, id, 1)) this.member(text.slice(1), DOT);
      return;
    }
    if (cls === "macro" || cls === "attribute") this.o.generated.visit(text, unit.crate, this);
    if (cls === "macro") return;
    const scope = unit.scopes[index];
    if (scope === undefined) return;
    if (text.startsWith("Self::") || text === "Self")
      return this.readSelf({ unit, index }, text.split("::"));
    const ns = cls === "type" || cls === "literal" ? "type" : "value";
    if (!this.isNew(unit, scope, id, ns === "type" ? 1 : cls === "attribute" ? 4 : 2)) return;
    if (!visitPath(scope, text, ns, this.o.nodes, this)) this.readLocal({ unit, index }, text);
    if (cls !== "attribute") return;
    visitPath(scope, text, "type", this.o.nodes, this);
    this.member(text.slice(text.lastIndexOf(":") + 1), DOT);
  }

  private readLocal(from: ItemRef, path: string): void {
    if (this.o.locals.size === 0) return;
    const cut = path.indexOf("::");
    const name = cut < 0 ? path : path.slice(0, cut);
    const found = localItem(this.o.nodes, this.o.locals, from, name);
    if (found !== undefined) this.item(found);
  }

  private readSelf(ref: ItemRef, path: readonly string[]): void {
    for (let at = holderOf(ref); at !== undefined; at = holderOf(at)) {
      const block = this.o.blocks.byNode.get(this.o.nodes.nodeOf(at));
      if (block !== undefined) return visitSelf(block, path, this, (node) => this.mark(node));
    }
    if (path.length > 1) this.member(path[1]!, { is: "any" });
  }

  /** A path means the same everywhere in a scope: it is followed once. */
  private isNew(unit: Unit, scope: unknown, id: number, bit: number): boolean {
    const scopes = this.done.get(unit) ?? new Map<unknown, Uint8Array>();
    this.done.set(unit, scopes);
    const flags = scopes.get(scope) ?? new Uint8Array(unit.facts.paths.length);
    scopes.set(scope, flags);
    if ((flags[id]! & bit) !== 0) return false;
    flags[id] = flags[id]! | bit;
    return true;
  }

  private mentionsOf(unit: Unit): MentionsByItem {
    let known = this.byItem.get(unit);
    if (known === undefined) this.byItem.set(unit, (known = mentionsByItem(unit)));
    return known;
  }
}
