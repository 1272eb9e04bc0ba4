import type { Span } from "../../model/place.ts";
import { firstLineOf } from "../lines.ts";
import { plainCode } from "../plain.ts";
import { escaped, Html } from "./markup.ts";

/** Lines of context on each side. */
const AROUND = 2;
/** Characters kept on each side of a mark in a very long line, and of a line of context. */
const LEAD = 120;
const REST = 200;
const TAB = "    ";

type Range = readonly [from: number, to: number];

/** Parts of a line that are marked, from 0, end exclusive; those that touch are one. */
function rangesOf(spans: readonly Span[], line: string): Range[] {
  const ranges = spans
    .map((span) => firstLineOf(span, line))
    .map(({ from, to }): Range => [from - 1, to - 1])
    .toSorted((a, b) => a[0] - b[0] || a[1] - b[1]);
  const joined: Range[] = [];
  for (const [from, to] of ranges) {
    const last = joined.at(-1);
    if (last !== undefined && from <= last[1])
      joined[joined.length - 1] = [last[0], Math.max(last[1], to)];
    else joined.push([from, to]);
  }
  return joined;
}

function shown(text: string): string {
  return escaped(plainCode(text).replaceAll("\t", TAB));
}

function markedLine(line: string, spans: readonly Span[]): string {
  const ranges = rangesOf(spans, line);
  const [first = 0] = ranges[0] ?? [];
  const last = ranges.at(-1)?.[1] ?? 0;
  const start = first > LEAD + REST ? first - LEAD : 0;
  const stop = Math.min(line.length, Math.max(last, start) + REST, start + 10 * REST);
  let text = start > 0 ? "…" : "";
  let at = start;
  for (const [from, to] of ranges) {
    if (from >= stop) break;
    text += `${shown(line.slice(at, from))}<mark>${shown(line.slice(from, Math.min(to, stop)))}</mark>`;
    at = Math.min(to, stop);
  }
  return `${text}${shown(line.slice(at, stop))}${stop < line.length ? "…" : ""}`;
}

function contextLine(line: string): string {
  return shown(line.slice(0, REST)) + (line.length > REST ? "…" : "");
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/**
 * The line of a place with what is around it, spans marked. Blank lines at the edges and the indent that all lines
 * share are left out; nothing when the line is not there.
 */
export function codeBlock(
  lines: readonly string[] | undefined,
  number: number,
  spans: readonly Span[],
): Html | undefined {
  if (lines === undefined || lines[number - 1] === undefined) return undefined;
  let first = Math.max(1, number - AROUND);
  let last = Math.min(lines.length, number + AROUND);
  const blank = (at: number): boolean => (lines[at - 1] ?? "").trim() === "";
  while (first < number && blank(first)) first++;
  while (last > number && blank(last)) last--;
  const kept = lines.slice(first - 1, last);
  const indents = kept.filter((line) => line.trim() !== "").map(indentOf);
  const sameKind =
    new Set(kept.filter((line) => line.trim() !== "").map((line) => line[0])).size === 1;
  const starts = spans.map(({ start }) => start.column - 1);
  const indent = sameKind ? Math.max(0, Math.min(LEAD, ...indents, ...starts)) : 0;
  const rows = kept.map((line, index) => {
    const here = first + index === number;
    const text = here
      ? markedLine(
          line.slice(indent),
          spans.map((span) => moved(span, indent)),
        )
      : contextLine(line.slice(indent));
    return `<span class="l${here ? " here" : ""}" data-n="${first + index}">${text}\n</span>`;
  });
  return new Html(`<pre><code>${rows.join("")}</code></pre>`);
}

function moved({ start, end }: Span, indent: number): Span {
  const column = end.line === start.line ? end.column - indent : end.column;
  return { start: { ...start, column: start.column - indent }, end: { ...end, column } };
}
