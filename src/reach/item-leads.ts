import { MENTION_CLASSES, type MentionClass } from "../extract/facts.ts";
import type { ItemRef, Scope, Unit } from "../resolve/graph.ts";
import { bothActive, evalActive } from "../syntax/cfg-eval.ts";
import { GrowingInts } from "../util/growing-ints.ts";
import type { Block } from "./blocks.ts";
import type { BlockTables } from "./block-tables.ts";
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

/** Leads of one unit by scope and path: three numbers per path, 0 where nobody has asked. */
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
  private foundAt = new Int32Array(1024);
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
    if (lead >= this.foundAt.length) this.foundAt = grown(this.foundAt, lead);
    if (this.foundAt[lead] === this.nodesRead) return;
    this.foundAt[lead] = this.nodesRead;
    this.found.push(lead);
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
      const id = mentions[at]!;
      const cls = MENTION_CLASSES[mentions[at + 2]! >> 8]!;
      this.readMention({ unit, index }, { text: paths[id]!, id, cls });
    }
  }

  private readMention(
    ref: ItemRef,
    { text, id, cls }: { text: string; id: number; cls: MentionClass },
  ): void {
    const { unit, index } = ref;
    if (cls === "method") {
      const lead = (): LeadId => this.o.leads.record((to) => to.member(text.slice(1), DOT));
      return this.add(unit, undefined, id * SLOTS, lead);
    }
    if (cls === "macro" || cls === "attribute") this.addGenerated(text, unit);
    if (cls === "macro") return;
    const scope = unit.scopes[index];
    if (scope === undefined) return;
    if (text.startsWith("Self::") || text === "Self") return this.addSelf(ref, text);
    const { edition } = unit.crate;
    // in edition 2015 objects are written without `dyn`, too
    if (cls === "object" || (cls === "type" && edition === "2015"))
      this.add(unit, scope, id * SLOTS + SLOT.object, () => this.ofObject(scope, text));
    if (cls === "object") return;
    const ns = cls === "type" || cls === "literal" ? "type" : "value";
    const slot = cls === "attribute" ? "attribute" : ns;
    this.add(unit, scope, id * SLOTS + SLOT[slot], () =>
      slot === "attribute" ? this.ofAttribute(ref, scope, text) : this.ofPath(ref, scope, text, ns),
    );
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
    const key = `${block?.node ?? -1} ${text}`;
    let lead = this.ofSelf.get(key);
    if (lead === undefined) {
      const path = text.split("::");
      lead = this.o.leads.record((to) => {
        if (block !== undefined) visitSelf(block, path, this.o.names, to);
        else if (path.length > 1) to.member(path[1]!, { is: "any" });
      });
      this.ofSelf.set(key, lead);
    }
    this.tell(lead);
  }

  private blockAround(ref: ItemRef): Block | undefined {
    for (let at = holderOf(ref); at !== undefined; at = holderOf(at)) {
      const block = this.o.blocks.byNode(this.o.nodes.nodeOf(at));
      if (block !== undefined) return block;
    }
    return undefined;
  }

  private addGenerated(path: string, { crate }: Unit): void {
    for (const lead of this.o.generated.leads(path, crate)) this.tell(lead);
  }

  /** A path means the same everywhere in a scope: it is followed once. */
  private add(unit: Unit, scope: Scope | undefined, slot: number, make: () => LeadId): void {
    let scopes = this.asked.get(unit);
    if (scopes === undefined) this.asked.set(unit, (scopes = new Map()));
    let known = scopes.get(scope);
    if (known === undefined)
      scopes.set(scope, (known = new Int32Array(unit.facts.paths.length * SLOTS)));
    if (known[slot] === 0) known[slot] = make() + 1;
    this.tell(known[slot]! - 1);
  }

  private mentionsOf(unit: Unit): MentionsByItem {
    let known = this.byItem.get(unit);
    if (known === undefined) this.byItem.set(unit, (known = mentionsByItem(unit)));
    return known;
  }
}

/** The same numbers with room for one at a place behind them. */
function grown(numbers: Int32Array, place: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(Math.max(place + 1, numbers.length * 2));
  larger.set(numbers);
  return larger;
}

const DOT = { is: "dot" } as const;

/** `Self::name` inside an impl or a trait. */
function visitSelf(block: Block, path: readonly string[], names: Names, to: Leads): void {
  if (path.length < 2) return;
  const name = path[1]!;
  const id = names.idOf(name);
  const own = block.members.find((member) => member.name === id);
  if (own !== undefined) to.mark(own.node);
  if (block.self.length === 0 || block.kind === "trait") return to.member(name, { is: "any" });
  for (const node of block.self) to.member(name, { is: "type", node });
}
