import type { Position } from "../model/place.ts";
import { lastAtMost } from "../util/sorted.ts";

/** Line and column of an offset. */
export function positionAt(lineStarts: Int32Array, offset: number): Position {
  const line = lineAt(lineStarts, offset);
  return { line, column: offset - (lineStarts[line - 1] ?? 0) + 1 };
}

/** Line of an offset, counted from 1; what stands before the first line counts as part of it. */
export function lineAt(lineStarts: Int32Array, offset: number): number {
  return lastAtMost(lineStarts, offset) + 1;
}

/** A mark at the start of a file that says which encoding it has; no editor and no compiler counts it as a column. */
const BYTE_ORDER_MARK = 0xfeff;

/** Offset at which each line begins; line n is entry n - 1. The first begins behind a byte order mark. */
export function lineStartsOf(source: string): Int32Array {
  const starts = [source.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : 0];
  for (let at = source.indexOf("\n"); at >= 0; at = source.indexOf("\n", at + 1))
    starts.push(at + 1);
  return Int32Array.from(starts);
}
