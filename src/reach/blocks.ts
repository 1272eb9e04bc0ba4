import { MENTION_CLASSES, MENTION_STRIDE, type ItemFact } from "../extract/facts.ts";
import type { Graph, ItemRef, Target, Unit } from "../resolve/graph.ts";
import { resolveText } from "../resolve/names.ts";
import { holderOf, localItem, type LocalItems, type NodeId, type Nodes } from "./nodes.ts";

/** An impl, a trait or an enum: what has members that are found through it. */
export interface Block {
  readonly node: NodeId;
  /**
   * `inherent`: a type's own impl. `foreign`: an impl of a trait from outside of the tree, or of one that can't be
   * told. `own`: an impl of a trait of the tree. `trait` and `enum`: the item itself.
   */
  readonly kind: "inherent" | "foreign" | "own" | "trait" | "enum";
  /** Id of the crate that it is written in. */
  readonly crate: number;
  /** Id of the crate that a caller has to see: the type's for inherent ones, else the trait's; -1 when any may call. */
  readonly home: number;
  /** The types that it is for; empty for generic and outside types. */
  readonly self: readonly NodeId[];
  /** Name of that type as written. */
  readonly selfName: string;
  /** Name of the trait as written; empty without one. */
  readonly traitName: string;
  /** Types of the tree in its header: all have to be live, each by one of its alternatives. */
  readonly needs: readonly (readonly NodeId[])[];
  readonly members: Member[];
}

/** Something that is found through a type or a trait. */
export interface Member {
  readonly node: NodeId;
  readonly name: string;
  readonly kind: ItemFact["kind"];
  /** Only code of its own crate can name it. */
  readonly isPrivate: boolean;
  readonly block: Block;
}

/** All members of one name. */
export interface NamedMembers {
  /** Those of traits, and of impls for types that can't be told: most mentions may mean them. */
  readonly shared: Member[];
  /** Those that a type has by itself. */
  readonly own: Member[];
}

export interface Blocks {
  readonly all: readonly Block[];
  readonly byNode: ReadonlyMap<NodeId, Block>;
  readonly membersByName: ReadonlyMap<string, NamedMembers>;
  /** Blocks for a type, and the trait or enum itself. */
  readonly bySelf: ReadonlyMap<NodeId, readonly Block[]>;
  /** The block that an item is a member of. */
  readonly blockOfMember: ReadonlyMap<NodeId, Block>;
}

const BLOCKS = new Set<ItemFact["kind"]>(["impl", "enum", "trait"]);
const TYPES = new Set<ItemFact["kind"]>(["struct", "enum", "union"]);
const TYPE_MENTION = MENTION_CLASSES.indexOf("type");

/** All blocks that cfg keeps, with their members. */
export function findBlocks(graph: Graph, nodes: Nodes, locals: LocalItems): Blocks {
  const byNode = new Map<NodeId, Block>();
  for (const crate of graph.crates) {
    for (const unit of crate.units) {
      const headers = headerMentions(unit);
      unit.facts.items.forEach((item, index) => {
        if (unit.active[index] === 0 || !BLOCKS.has(item.kind)) return;
        const block = blockAt(nodes, locals, unit, index, item, headers);
        if (block !== undefined) byNode.set(block.node, block);
      });
    }
  }
  const membersByName = new Map<string, NamedMembers>();
  const blockOfMember = new Map<NodeId, Block>();
  for (const unit of nodes.units) {
    unit.facts.items.forEach((item, index) => {
      if (index === 0 || item.name === "" || unit.active[index] === 0) return;
      const ref = { unit, index };
      const holder = holderOf(ref);
      const block = holder === undefined ? undefined : byNode.get(nodes.nodeOf(holder));
      if (block === undefined || item.kind === "macro-call") return;
      const isPrivate = block.kind === "inherent" && item.vis !== "pub";
      const { name, kind } = item;
      const member = { node: nodes.nodeOf(ref), name, kind, isPrivate, block };
      block.members.push(member);
      blockOfMember.set(member.node, block);
      const list = membersByName.get(name) ?? { shared: [], own: [] };
      membersByName.set(name, list);
      (isShared(block) ? list.shared : list.own).push(member);
    });
  }
  const bySelf = new Map<NodeId, Block[]>();
  for (const block of byNode.values()) for (const node of block.self) push(bySelf, node, block);
  return { all: [...byNode.values()], byNode, membersByName, bySelf, blockOfMember };
}

function isShared({ kind, self }: Block): boolean {
  return isTraits(kind) || (self.length === 0 && kind !== "enum");
}

/** Whether members of such a block are reached through a trait. */
export function isTraits(kind: Block["kind"]): boolean {
  return kind === "foreign" || kind === "own" || kind === "trait";
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

function blockAt(
  nodes: Nodes,
  locals: LocalItems,
  unit: Unit,
  index: number,
  item: ItemFact,
  headers: ReadonlyMap<number, readonly string[]>,
): Block | undefined {
  const node = nodes.nodeOf({ unit, index });
  const base = { node, crate: unit.crate.id, members: [] };
  if (item.kind === "enum" || item.kind === "trait") {
    const { kind, name } = item;
    const traitName = kind === "trait" ? name : "";
    const self = [node];
    return { ...base, kind, home: unit.crate.id, self, selfName: name, traitName, needs: [self] };
  }
  if (item.kind !== "impl") return undefined;
  const paths = unit.facts.paths;
  const selfPath = paths[item.self ?? -1] ?? "";
  const types = itemsAt(unit, index, selfPath).filter(isType);
  if (types.length === 0) {
    const local = localItem(nodes, locals, { unit, index }, selfPath);
    if (local !== undefined && isType(local)) types.push(local);
  }
  const self = types.map((ref) => nodes.nodeOf(ref));
  const needs = needsOf(nodes, unit, index, headers.get(index) ?? []);
  if (self.length > 0) needs.unshift(self);
  const selfName = lastSegment(selfPath);
  const known = { ...base, self, selfName, needs };
  if (item.trait === undefined) {
    const home = types[0]?.unit.crate.id ?? unit.crate.id;
    return { ...known, kind: "inherent", home, traitName: "" };
  }
  const traitPath = paths[item.trait] ?? "";
  const trait = itemsAt(unit, index, traitPath).find((ref) => kindOf(ref) === "trait");
  const traitName = lastSegment(traitPath);
  if (trait === undefined) return { ...known, kind: "foreign", home: -1, traitName };
  return { ...known, kind: "own", home: trait.unit.crate.id, traitName };
}

/** Types of the tree that the header names besides the one that it is for. */
function needsOf(nodes: Nodes, unit: Unit, index: number, paths: readonly string[]): NodeId[][] {
  const needs: NodeId[][] = [];
  for (const path of paths) {
    const found = itemsAt(unit, index, path);
    // an alias, or several answers: what it asks for can't be told
    if (found.length > 0 && found.every(isType)) needs.push(found.map((ref) => nodes.nodeOf(ref)));
  }
  return needs;
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

export function kindOf(ref: ItemRef): ItemFact["kind"] {
  return ref.unit.facts.items[ref.index]!.kind;
}

export function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf(":") + 1);
}
