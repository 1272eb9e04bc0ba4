import type { Span } from "../model/place.ts";
import { positionAt } from "../syntax/positions.ts";
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
  const names: string[] = [];
  let ref: ItemRef | undefined = { unit, index };
  while (ref !== undefined) {
    const item: Unit["facts"]["items"][number] = ref.unit.facts.items[ref.index]!;
    const isExpansion = ref.index === 0 && ref.unit.outer !== undefined;
    if (item.kind === "mod" && !isExpansion) break;
    if (isExpansion) {
      ref = ref.unit.outer;
      continue;
    }
    if (item.name !== "" && item.kind !== "macro-call") names.unshift(item.name);
    else if (item.kind === "impl") names.unshift(implName(ref.unit, ref.index));
    ref = item.parent >= 0 ? { unit: ref.unit, index: item.parent } : ref.unit.outer;
  }
  const scope = unit.scopes[index]?.path ?? "";
  return [scope, ...names].filter((name) => name !== "").join("::");
}

function implName(unit: Unit, index: number): string {
  return ownerName(unit, index) ?? "";
}
