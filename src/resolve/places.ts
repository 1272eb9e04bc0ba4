import type { ItemFact } from "../extract/facts.ts";
import type { Span } from "../model/place.ts";
import { positionAt } from "../syntax/positions.ts";
import { AsleepItem } from "./asleep.ts";
import type { FileRef, Graph, ItemRef, Unit } from "./graph.ts";
import { ownerName } from "./members.ts";

export function spanAt(file: FileRef, offset: number, length: number): Span {
  const start = positionAt(file.facts.lineStarts, offset);
  return { start, end: { line: start.line, column: start.column + length } };
}

export function fileAt(graph: Graph, index: number): FileRef {
  const file = graph.files[index];
  if (file === undefined) throw new RangeError(`no file ${index}`);
  return file;
}

/** Path of an item in its crate: `sys::epoll::Selector::new`. */
export function itemPath(unit: Unit, index: number): string {
  return pathOf({ unit, index }, undefined);
}

/** The same, without a crate that is asleep being laid out where its path is kept. */
export function itemPathOf(item: ItemRef): string {
  const known = item instanceof AsleepItem ? item.summary.path : undefined;
  return known ?? itemPath(item.unit, item.index);
}

/** The same for many items: the path of what is around them is worked out once. */
export function itemPaths(): typeof itemPath {
  const known: KnownPaths = new Map();
  return (unit, index) => pathOf({ unit, index }, known);
}

type KnownPaths = Map<Unit, (string | undefined)[]>;

function pathOf(ref: ItemRef, known: KnownPaths | undefined): string {
  if (known === undefined) return newPath(ref, known);
  let paths = known.get(ref.unit);
  if (paths === undefined) known.set(ref.unit, (paths = []));
  return (paths[ref.index] ??= newPath(ref, known));
}

function newPath({ unit, index }: ItemRef, known: KnownPaths | undefined): string {
  const item = unit.facts.items[index]!;
  // what only stands for the place of an expansion is called like what is around that
  if (index === 0 && unit.outer !== undefined) return pathOf(unit.outer, known);
  if (item.kind === "mod") return unit.scopes[index]?.path ?? "";
  const around = item.parent >= 0 ? { unit, index: item.parent } : unit.outer;
  const before = around === undefined ? "" : pathOf(around, known);
  const name = item.kind === "impl" ? (ownerName(unit, index) ?? "") : nameOf(item);
  return before === "" ? name : name === "" ? before : `${before}::${name}`;
}

function nameOf({ kind, name }: ItemFact): string {
  return kind === "macro-call" ? "" : name;
}
