import { MENTION_CLASSES, MENTION_STRIDE } from "../extract/facts.ts";
import type { ItemRef, Scope, Target, Unit } from "../resolve/graph.ts";
import { resolvePath } from "../resolve/names.ts";
import { selfPath } from "../resolve/members.ts";
import { bothActive, evalActive } from "../syntax/cfg-eval.ts";
import type { Member, NodeId, Nodes } from "./nodes.ts";

/** Finds what the roots lead to; a node's parent is the one that made it live first. */
export class Walk {
  readonly live: Uint8Array;
  readonly parent: Int32Array;
  private readonly nodes: Nodes;
  private readonly queue: NodeId[] = [];
  private next = 0;
  /** Names that live code mentions behind a dot or behind a type that can't be told. */
  private readonly mentioned = new Map<string, NodeId>();
  private readonly byItem = new WeakMap<Unit, Map<number, number[]>>();
  private at: NodeId = -1;

  constructor(nodes: Nodes) {
    this.nodes = nodes;
    this.live = new Uint8Array(nodes.count);
    this.parent = new Int32Array(nodes.count).fill(-1);
  }

  /** Follow everything from the given items. */
  run(roots: readonly ItemRef[]): void {
    for (const member of this.nodes.membersByOwner.get(-1) ?? [])
      if (member.kind === "foreign") this.mark(member.node);
    for (const root of roots) this.mark(this.nodes.nodeOf(root));
    this.drain();
  }

  /** Names that code mentions of which only the tokens are known (procedural macros). */
  runTokens(names: Iterable<string>): void {
    this.at = -1;
    for (const name of names) {
      this.mention(name);
      for (const node of this.nodes.freeByName.get(name) ?? []) this.mark(node);
    }
    this.drain();
  }

  private drain(): void {
    // in the order of discovery, so that the first way to an item is a short one
    while (this.next < this.queue.length) {
      const next = this.queue[this.next++]!;
      this.at = next;
      const ref = this.nodes.refOf(next);
      this.readItem(ref.unit, ref.index);
      for (const unit of this.nodes.expansionsOf(next)) this.readItem(unit, 0);
    }
  }

  private mark(node: NodeId): void {
    if (this.live[node] === 1) return;
    this.live[node] = 1;
    this.parent[node] = this.at;
    this.queue.push(node);
    for (const member of this.nodes.membersByOwner.get(node) ?? []) this.tryMember(member);
  }

  private mention(name: string): void {
    if (this.mentioned.has(name)) return;
    this.mentioned.set(name, this.at);
    for (const member of this.nodes.membersByName.get(name) ?? []) this.tryMember(member);
  }

  /**
   * A member is live when its type is and somebody mentions its name; a trait of another crate may be called
   * from code that we do not see.
   */
  private tryMember(member: Member): void {
    if (this.live[member.node] === 1) return;
    if (member.owner >= 0 && this.live[member.owner] !== 1) return;
    if (member.kind === "variant") return;
    const by = this.mentioned.get(member.name);
    if (member.kind !== "foreign" && by === undefined) return;
    const before = this.at;
    this.at = by ?? (member.owner >= 0 ? member.owner : before);
    this.mark(member.node);
    this.at = before;
  }

  private readItem(unit: Unit, index: number): void {
    const around = unit.active[index]!;
    const { mentions, paths, cfgs } = unit.facts;
    for (const at of this.mentionsOf(unit).get(index) ?? []) {
      const cfg = mentions[at + 3]!;
      if (cfg !== 0 && bothActive(around, evalActive(cfgs[cfg]!, unit.crate.worlds)) === 0)
        continue;
      const text = paths[mentions[at]!]!;
      const cls = MENTION_CLASSES[mentions[at + 2]! >> 8]!;
      if (cls === "macro") continue;
      if (cls === "method") this.mention(text.slice(1));
      else this.readPath(unit, index, text, cls);
    }
  }

  private readPath(unit: Unit, index: number, text: string, cls: string): void {
    const scope = unit.scopes[index];
    let path: readonly string[] | undefined = text.split("::");
    if (path[0] === "?") return this.mention(path.at(-1)!);
    if (path[0] === "Self") path = selfPath(unit, index, path);
    if (path === undefined) return this.mention(text.slice(text.lastIndexOf(":") + 1));
    if (scope === undefined) return;
    this.follow(scope, path, cls === "type" || cls === "literal" ? "type" : "value");
  }

  private follow(scope: Scope, path: readonly string[], ns: "type" | "value"): void {
    const targets = resolvePath(scope, path, ns);
    for (const target of targets) this.reach(target);
    if (path.length < 2) return;
    // `Type::member`: the type is meant too; a member that name resolution does not find is one by name
    const outer = resolvePath(scope, path.slice(0, -1), "type");
    for (const target of outer) this.reach(target);
    const told = targets.length > 0 || outer.some((target) => target.kind === "std");
    if (!told || outer.some(isAlias)) this.mention(path.at(-1)!);
  }

  private reach(target: Target): void {
    if (target.kind === "item") this.mark(this.nodes.nodeOf(target.item));
  }

  /** Offsets of a unit's mentions, by item. */
  private mentionsOf(unit: Unit): Map<number, number[]> {
    const known = this.byItem.get(unit);
    if (known !== undefined) return known;
    const table = new Map<number, number[]>();
    const { mentions } = unit.facts;
    for (let at = 0; at < mentions.length; at += MENTION_STRIDE) {
      const item = mentions[at + 4]!;
      const list = table.get(item);
      if (list === undefined) table.set(item, [at]);
      else list.push(at);
    }
    this.byItem.set(unit, table);
    return table;
  }
}

/** Members of `type Short = Long<T>` are Long's. */
function isAlias(target: Target): boolean {
  return target.kind === "item" && target.item.unit.facts.items[target.item.index]!.kind === "type";
}
