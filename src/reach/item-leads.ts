import { MENTION_CLASSES, MENTION_STRIDE, type MentionClass } from "../extract/facts.ts";
import type { ItemRef, Scope, Unit } from "../resolve/graph.ts";
import { bothActive, evalActive } from "../syntax/cfg-eval.ts";
import { GrowingInts } from "../util/growing-ints.ts";
import type { BlockId, BlockTables } from "./block-tables.ts";
import { BLOCKS } from "./blocks.ts";
import { holderOf } from "./crate-items.ts";
import type { Generated } from "./generated.ts";
import type { LeadId, Leads } from "./leads.ts";
import { mentionsByItem, type MentionsByItem } from "./mentions-by-item.ts";
import type { Names } from "./names.ts";
import type { NodeId, Nodes } from "./nodes.ts";
import { visitObject } from "./objects.ts";
import { visitPath } from "./paths.ts";

interface Options {
  readonly nodes: Nodes;
  readonly names: Names;
  readonly blocks: BlockTables;
  readonly generated: Generated;
  readonly leads: Leads;
}

/** Leads of one unit by scope and path: `SLOTS` numbers per path, 0 where nobody has asked. */
type Asked = Map<Scope | undefined, Int32Array>;

const SLOTS = 4;
const SLOT = { type: 0, value: 1, attribute: 2, object: 3 } as const;

/** Reads what items mention. */
export class ItemLeads {
  private readonly o: Options;
  private readonly asked = new WeakMap<Unit, Asked>();
  private readonly byItem = new WeakMap<Unit, MentionsByItem>();
  private readonly ofSelf = new Map<string, LeadId>();
  private readonly found = new GrowingInts();
  /** By lead: how many nodes had been read when it was found last. */
  private readonly foundAt = new GrowingInts();
  private nodesRead = 0;

  constructor(options: Options) {
    this.o = options;
  }

  /** Everything that a node mentions, each lead once, in the order of the text. */
  of(node: NodeId): Int32Array {
    this.found.length = 0;
    this.nodesRead++;
    const ref = this.o.nodes.refOf(node);
    const { target } = ref.unit.facts.items[ref.index]!;
    if (target !== undefined) this.addGenerated(target, ref.unit);
    this.readItem(ref.unit, ref.index);
    for (const unit of this.o.nodes.expansionsOf(node)) this.readItem(unit, 0);
    return this.found.toArray();
  }

  private tell(lead: LeadId): void {
    if (this.foundAt.at(lead) === this.nodesRead) return;
    this.foundAt.set(lead, this.nodesRead);
    this.found.push(lead);
  }

  private readItem(unit: Unit, index: number): void {
    const ref = { unit, index };
    const { items, mentions } = unit.facts;
    if (items.length === 1) {
      for (let at = 0; at < mentions.length; at += MENTION_STRIDE) this.readAt(ref, at);
      return;
    }
    const { starts, order } = this.mentionsOf(unit);
    for (let k = starts[index]!; k < starts[index + 1]!; k++) this.readAt(ref, order[k]!);
  }

  private readAt(ref: ItemRef, at: number): void {
    const { unit, index } = ref;
    const { mentions, paths, cfgs } = unit.facts;
    const cfg = mentions[at + 3]!;
    const { worlds } = unit.crate;
    if (cfg !== 0 && bothActive(unit.active[index]!, evalActive(cfgs[cfg]!, worlds)) === 0) return;
    const id = mentions[at]!;
    this.readMention(ref, id, paths[id]!, MENTION_CLASSES[mentions[at + 2]! >> 8]!);
  }

  private readMention(ref: ItemRef, id: number, text: string, cls: MentionClass): void {
    const { unit, index } = ref;
    const slot = id * SLOTS;
    if (cls === "method") {
      if (!this.tellKnown(unit, undefined, slot)) {
        const lead = this.o.leads.record((to) => to.member(text.slice(1), DOT));
        this.tellNew(unit, undefined, slot, lead);
      }
      return;
    }
    if (cls === "macro" || cls === "attribute") this.addGenerated(text, unit);
    if (cls === "macro") return;
    const scope = unit.scopes[index];
    if (scope === undefined) return;
    if (text.startsWith("Self::") || text === "Self") return this.addSelf(ref, text);
    // in edition 2015 objects are written without `dyn`, too
    if (cls === "object" || (cls === "type" && unit.crate.edition === "2015"))
      this.addIn(ref, scope, slot + SLOT.object, text);
    if (cls === "object") return;
    const kind = cls === "literal" ? "type" : cls === "type" || cls === "attribute" ? cls : "value";
    this.addIn(ref, scope, slot + SLOT[kind], text);
  }

  /** A path means the same everywhere in a scope: it is followed once. */
  private addIn(ref: ItemRef, scope: Scope, slot: number, text: string): void {
    if (this.tellKnown(ref.unit, scope, slot)) return;
    this.tellNew(ref.unit, scope, slot, this.leadOf(ref, scope, slot % SLOTS, text));
  }

  private leadOf(ref: ItemRef, scope: Scope, slot: number, text: string): LeadId {
    if (slot === SLOT.object) return this.ofObject(scope, text);
    if (slot === SLOT.attribute) return this.ofAttribute(ref, scope, text);
    return this.ofPath(ref, scope, text, slot === SLOT.type ? "type" : "value");
  }

  private ofPath(ref: ItemRef, scope: Scope, text: string, ns: "type" | "value"): LeadId {
    return this.o.leads.record((to) => {
      if (!visitPath(scope, text, ns, this.o.nodes, to)) this.visitLocal(ref, text, to);
    });
  }

  private ofObject(scope: Scope, text: string): LeadId {
    return this.o.leads.record((to) => visitObject(scope, text, to, new Set()));
  }

  private ofAttribute(ref: ItemRef, scope: Scope, text: string): LeadId {
    return this.o.leads.record((to) => {
      if (!visitPath(scope, text, "value", this.o.nodes, to)) this.visitLocal(ref, text, to);
      visitPath(scope, text, "type", this.o.nodes, to);
      to.member(text.slice(text.lastIndexOf(":") + 1), DOT);
    });
  }

  private visitLocal(from: ItemRef, path: string, to: Leads): void {
    const cut = path.indexOf("::");
    const name = cut < 0 ? path : path.slice(0, cut);
    const found = this.o.nodes.itemsOf(from.unit.crate.id).local(from, name);
    if (found !== undefined) to.item(found);
  }

  private addSelf(ref: ItemRef, text: string): void {
    const block = this.blockAround(ref);
    const key = `${block} ${text}`;
    let lead = this.ofSelf.get(key);
    if (lead === undefined) {
      const path = text.split("::");
      lead = this.o.leads.record((to) => {
        if (block >= 0) this.visitSelf(block, path, to);
        else if (path.length > 1) to.member(path[1]!, { is: "any" });
      });
      this.ofSelf.set(key, lead);
    }
    this.tell(lead);
  }

  /** -1: there is none. */
  private blockAround(ref: ItemRef): BlockId {
    for (let at = holderOf(ref); at !== undefined; at = holderOf(at)) {
      const block = this.o.blocks.byNode(this.o.nodes.nodeOf(at));
      if (block >= 0) return block;
    }
    return -1;
  }

  /** `Self::name` inside an impl or a trait. */
  private visitSelf(block: BlockId, path: readonly string[], to: Leads): void {
    if (path.length < 2) return;
    const { blocks, names } = this.o;
    const name = path[1]!;
    const own = blocks.memberNamed(block, names.idOf(name));
    if (own !== undefined) to.mark(own);
    if (!blocks.hasSelf(block) || blocks.kindOf(block) === BLOCKS.trait)
      return to.member(name, { is: "any" });
    for (const node of blocks.selfOf(block)) to.member(name, { is: "type", node });
  }

  private addGenerated(path: string, { crate }: Unit): void {
    for (const lead of this.o.generated.leads(path, crate)) this.tell(lead);
  }

  private tellKnown(unit: Unit, scope: Scope | undefined, slot: number): boolean {
    if (isEachOnce(unit)) return false;
    const lead = this.askedIn(unit, scope)[slot]! - 1;
    if (lead >= 0) this.tell(lead);
    return lead >= 0;
  }

  private tellNew(unit: Unit, scope: Scope | undefined, slot: number, lead: LeadId): void {
    if (!isEachOnce(unit)) this.askedIn(unit, scope)[slot] = lead + 1;
    this.tell(lead);
  }

  private askedIn(unit: Unit, scope: Scope | undefined): Int32Array {
    let scopes = this.asked.get(unit);
    if (scopes === undefined) this.asked.set(unit, (scopes = new Map()));
    let known = scopes.get(scope);
    if (known === undefined)
      scopes.set(scope, (known = new Int32Array(unit.facts.paths.length * SLOTS)));
    return known;
  }

  private mentionsOf(unit: Unit): MentionsByItem {
    let known = this.byItem.get(unit);
    if (known === undefined) this.byItem.set(unit, (known = mentionsByItem(unit)));
    return known;
  }
}

const DOT = { is: "dot" } as const;

/** Whether no path is mentioned twice, as in most expansions: what it leads to need not be remembered. */
function isEachOnce({ facts: { items, mentions, paths } }: Unit): boolean {
  return items.length === 1 && mentions.length <= paths.length * MENTION_STRIDE;
}
