import { MENTION_CLASSES, MENTION_STRIDE, type ItemFact, type UseLeaf } from "../extract/facts.ts";
import type { Crate, Unit } from "../resolve/graph.ts";

/**
 * Which crates' types and traits a crate can hold: its own, those of its dependencies, and what these show of
 * theirs in public items and re-exports. A private helper of a dependency is nothing that one calls methods of.
 */
export class Visible {
  /** How many crates there are. */
  readonly size: number;
  private readonly bits: Uint8Array;
  /** Ids of the crates whose names stand in a crate's public items, by its id. */
  readonly shown: readonly (readonly number[])[];

  /**
   * @param crates dependencies first
   * @param known what the first of them show
   */
  constructor(crates: readonly Crate[], known: readonly (readonly number[])[] = []) {
    this.size = crates.length;
    this.bits = new Uint8Array(this.size * this.size);
    const shown = [...known, ...crates.slice(known.length).map((crate) => [...shows(crate)])];
    this.shown = shown;
    for (const crate of crates) {
      const row = crate.id * this.size;
      const todo = [crate.id, ...[...crate.externs.values()].map((used) => used.id)];
      for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
        if (this.bits[row + next] === 1) continue;
        this.bits[row + next] = 1;
        // what the crate itself shows it has at hand anyway
        if (next !== crate.id) todo.push(...shown[next]!);
      }
    }
  }

  /** Whether code of one crate may hold what another defines; -1: what anybody may. */
  has(from: number, what: number): boolean {
    return what < 0 || from < 0 || this.bits[from * this.size + what] === 1;
  }
}

const TYPE = MENTION_CLASSES.indexOf("type");

/** Crates whose names stand in a crate's public items. */
function shows(crate: Crate): Set<number> {
  const shown = new Set<number>();
  if (crate.externs.size === 0) return shown;
  const names = namesFrom(crate, shown);
  const told = new Set<string>();
  for (const unit of crate.units) {
    const open = unit.facts.items.map((item, index) => isOpen(unit, item, index));
    const { mentions, paths } = unit.facts;
    for (let at = 0; at < mentions.length; at += MENTION_STRIDE) {
      if (mentions[at + 2]! >> 8 !== TYPE || open[mentions[at + 4]!] !== true) continue;
      const path = paths[mentions[at]!]!;
      if (told.has(path)) continue;
      told.add(path);
      for (const id of crateAtHead(crate, names, path.split("::"))) shown.add(id);
    }
  }
  shown.delete(crate.id);
  return shown;
}

/** Names in a crate that may come from others, through however many imports; re-exports go to `shown` at once. */
function namesFrom(crate: Crate, shown: Set<number>): Map<string, Set<number>> {
  const names = new Map<string, Set<number>>();
  const leaves: [UseLeaf, ItemFact][] = [];
  for (const { facts } of crate.units) {
    for (const item of facts.items) {
      for (const leaf of item.uses ?? []) leaves.push([leaf, item]);
      const used = item.kind === "extern-crate" ? crate.externs.get(item.target ?? "") : undefined;
      if (used === undefined) continue;
      add(names, item.name, used.id);
      if (item.vis === "pub") shown.add(used.id);
    }
  }
  for (let round = 0, before = -1; round < 8 && before !== sizeOf(names); round++) {
    before = sizeOf(names);
    for (const [leaf] of leaves)
      for (const id of sources(crate, names, leaf)) add(names, leaf.name, id);
  }
  for (const [leaf, item] of leaves) {
    const isShown = item.vis === "pub" || leaf.name === "*";
    if (isShown) for (const id of sources(crate, names, leaf)) shown.add(id);
  }
  return names;
}

function sources(crate: Crate, names: Map<string, Set<number>>, leaf: UseLeaf): Iterable<number> {
  const atHead = crateAtHead(crate, names, leaf.path);
  return atHead.size > 0 ? atHead : (names.get(leaf.path.at(-1) ?? "") ?? NONE);
}

const NONE: ReadonlySet<number> = new Set();

function crateAtHead(
  crate: Crate,
  names: Map<string, Set<number>>,
  path: readonly string[],
): ReadonlySet<number> {
  // NOTE: `use *;` and `use {a, b};` have no path.
  const [first = "", second = ""] = path;
  const head = first === "" ? second : first;
  if (head.startsWith("$crate#")) return new Set([Number(head.slice("$crate#".length))]);
  const used = crate.externs.get(head);
  if (used !== undefined) return new Set([used.id]);
  // `self::a::T`, `crate::a::T`: the last name tells
  const found = names.get(head);
  return found ?? (path.length > 1 ? (names.get(path.at(-1)!) ?? NONE) : NONE);
}

/** An item that others can see, or that counts as part of one: members of traits and their impls, variants. */
function isOpen(unit: Unit, item: ItemFact, index: number): boolean {
  if (unit.active[index] === 0) return false;
  if (item.vis === "pub" || item.kind === "impl") return true;
  const holder = unit.facts.items[item.parent];
  if (index === 0) return unit.outer !== undefined;
  return holder?.kind === "trait" || (holder?.kind === "impl" && holder.trait !== undefined);
}

function add(names: Map<string, Set<number>>, name: string, id: number): void {
  const known = names.get(name);
  if (known === undefined) names.set(name, new Set([id]));
  else known.add(id);
}

function sizeOf(names: Map<string, Set<number>>): number {
  let size = 0;
  for (const ids of names.values()) size += ids.size;
  return size;
}
