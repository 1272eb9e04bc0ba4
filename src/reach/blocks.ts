import { MENTION_CLASSES, MENTION_STRIDE, type ItemFact } from "../extract/facts.ts";
import type { Graph, ItemRef, Target, Unit } from "../resolve/graph.ts";
import { crateOf, kindOf } from "../resolve/asleep.ts";
import { resolveText } from "../resolve/names.ts";
import { holderOf, type CrateItems } from "./crate-items.ts";
import type { Names } from "./names.ts";
import type { NodeId, Nodes } from "./nodes.ts";

/**
 * What has members that are found through it. `inherent`: a type's own impl. `foreign`: an impl of a trait from outside
 * of the tree, or of one that can't be told. `own`: an impl of a trait of the tree. `trait` and `enum`: the item itself.
 */
export const BLOCKS = { inherent: 0, foreign: 1, own: 2, trait: 3, enum: 4 } as const;
export type BlockKind = (typeof BLOCKS)[keyof typeof BLOCKS];

/** An impl, a trait or an enum, as it is found; see `BlockTables`. */
export interface Block {
  readonly node: NodeId;
  readonly kind: BlockKind;
  /** Id of the crate that it is written in. */
  readonly crate: number;
  /** Id of the crate that a caller has to see: the type's for inherent ones, else the trait's; -1 when any may call. */
  readonly home: number;
  /** The types that it is for; empty for generic and outside types. */
  readonly self: readonly NodeId[];
  /** Name of that type as written. */
  readonly selfName: number;
  /** Types of the tree in its header: all have to be live, each by one of its alternatives. A trait waits for nothing. */
  readonly needs: readonly (readonly NodeId[])[];
  readonly members: Member[];
}

/** What a member of a block is. */
export const MEMBERS = { fn: 0, type: 1, variant: 2, other: 3 } as const;
export type MemberKind = (typeof MEMBERS)[keyof typeof MEMBERS];

/** Something that is found through a type or a trait. */
export interface Member {
  readonly node: NodeId;
  readonly name: number;
  readonly kind: MemberKind;
  /** Only code of its own crate can name it. */
  readonly isPrivate: boolean;
}

const WITH_MEMBERS = new Set<ItemFact["kind"]>(["impl", "enum", "trait"]);
const TYPES = new Set<ItemFact["kind"]>(["struct", "enum", "union"]);
const TYPE_MENTION = MENTION_CLASSES.indexOf("type");

/**
 * All blocks that cfg keeps, with their members.
 *
 * @param first id of the first crate to look into
 */
export function* findBlocks(
  graph: Graph,
  nodes: Nodes,
  names: Names,
  first: number,
): Iterable<Block> {
  for (const crate of graph.crates.slice(first))
    yield* new CrateBlocks(crate.id, nodes, names).find();
}

class CrateBlocks {
  private readonly crate: number;
  private readonly nodes: Nodes;
  private readonly names: Names;
  private readonly items: CrateItems;
  private readonly byNode = new Map<NodeId, Block>();

  constructor(crate: number, nodes: Nodes, names: Names) {
    this.crate = crate;
    this.nodes = nodes;
    this.names = names;
    this.items = nodes.itemsOf(crate);
  }

  find(): Iterable<Block> {
    for (const unit of this.items.units) this.addBlocks(unit);
    for (const unit of this.items.units) this.addMembers(unit);
    return this.byNode.values();
  }

  private addBlocks(unit: Unit): void {
    let headers: ReadonlyMap<number, readonly string[]> | undefined;
    unit.facts.items.forEach((item, index) => {
      if (unit.active[index] === 0 || !WITH_MEMBERS.has(item.kind)) return;
      if (item.kind === "impl") headers ??= headerMentions(unit);
      const block = this.blockAt({ unit, index }, item, headers?.get(index) ?? []);
      this.byNode.set(block.node, block);
    });
  }

  private addMembers(unit: Unit): void {
    unit.facts.items.forEach((item, index) => {
      if (index === 0 || item.name === "" || unit.active[index] === 0) return;
      if (item.kind === "macro-call") return;
      const ref = { unit, index };
      const holder = holderOf(ref);
      const block = holder === undefined ? undefined : this.byNode.get(this.nodes.nodeOf(holder));
      if (block === undefined) return;
      block.members.push({
        node: this.nodes.nodeOf(ref),
        name: this.names.idOf(item.name),
        kind: memberKind(item.kind),
        isPrivate: block.kind === BLOCKS.inherent && item.vis !== "pub",
      });
    });
  }

  private blockAt(ref: ItemRef, item: ItemFact, header: readonly string[]): Block {
    const { crate } = this;
    const node = this.nodes.nodeOf(ref);
    if (item.kind !== "impl") {
      const self = [node];
      const kind = item.kind === "trait" ? BLOCKS.trait : BLOCKS.enum;
      const selfName = this.names.idOf(item.name);
      const needs = kind === BLOCKS.trait ? [] : [self];
      return { node, crate, members: [], kind, home: crate, self, selfName, needs };
    }
    const { paths } = ref.unit.facts;
    const selfPath = paths[item.self ?? -1] ?? "";
    const types = this.typesOf(ref, selfPath);
    const self = types.map((type) => this.nodes.nodeOf(type));
    const needs = this.needsOf(ref, header);
    if (self.length > 0) needs.unshift(self);
    const selfName = this.names.idOf(lastSegment(selfPath));
    const known = { node, crate, members: [], self, selfName, needs };
    if (item.trait === undefined)
      return {
        ...known,
        kind: BLOCKS.inherent,
        home: types[0] === undefined ? crate : crateOf(types[0]).id,
      };
    const traits = itemsAt(ref.unit, ref.index, paths[item.trait] ?? "");
    const trait = traits.find((one) => kindOf(one) === "trait");
    if (trait === undefined) return { ...known, kind: BLOCKS.foreign, home: -1 };
    return { ...known, kind: BLOCKS.own, home: crateOf(trait).id };
  }

  private typesOf(ref: ItemRef, path: string): ItemRef[] {
    const types = itemsAt(ref.unit, ref.index, path).filter(isType);
    if (types.length > 0) return types;
    const local = this.items.local(ref, path);
    return local !== undefined && isType(local) ? [local] : [];
  }

  /** Types of the tree that the header names besides the one that it is for. */
  private needsOf({ unit, index }: ItemRef, paths: readonly string[]): NodeId[][] {
    const needs: NodeId[][] = [];
    for (const path of paths) {
      const found = itemsAt(unit, index, path);
      // an alias, or several answers: what it asks for can't be told
      if (found.length > 0 && found.every(isType))
        needs.push(found.map((ref) => this.nodes.nodeOf(ref)));
    }
    return needs;
  }
}

function memberKind(kind: ItemFact["kind"]): MemberKind {
  return kind === "fn" || kind === "type" || kind === "variant" ? MEMBERS[kind] : MEMBERS.other;
}

/** The types that stand in the headers of a unit's impls. */
function headerMentions(unit: Unit): Map<number, string[]> {
  const found = new Map<number, string[]>();
  const { items, mentions, paths } = unit.facts;
  for (let at = 0; at < mentions.length; at += MENTION_STRIDE) {
    const index = mentions[at + 4]!;
    if (items[index]!.kind !== "impl" || mentions[at + 2]! >> 8 !== TYPE_MENTION) continue;
    const list = found.get(index) ?? [];
    list.push(paths[mentions[at]!]!);
    found.set(index, list);
  }
  return found;
}

/** What a path in an item leads to. */
export function itemsAt(unit: Unit, index: number, path: string): ItemRef[] {
  const scope = unit.scopes[index];
  if (path === "" || scope === undefined) return [];
  return resolveText(scope, path, "type").flatMap(itemOf);
}

function itemOf(target: Target): ItemRef[] {
  return target.kind === "item" ? [target.item] : [];
}

function isType(ref: ItemRef): boolean {
  return TYPES.has(kindOf(ref));
}

export function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf(":") + 1);
}
