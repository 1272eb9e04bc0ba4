import type { Span } from "../model/place.ts";
import { firstLineOf } from "./lines.ts";
import { plainCode } from "./plain.ts";
import { displayWidth } from "./width.ts";

const TAB = "    ";
const LEAD = 12;

/** A line of code with the marks under it; both fit `room` columns. */
export interface CodeFrame {
  readonly number: string;
  readonly code: string;
  readonly marks: string;
}

function expanded(text: string): string {
  return plainCode(text).replaceAll("\t", TAB);
}

function tail(text: string, room: number): string {
  let kept = "";
  for (const character of [...text].toReversed()) {
    if (displayWidth(character + kept) > room) return `…${kept}`;
    kept = character + kept;
  }
  return kept;
}

function head(text: string, room: number): string {
  let kept = "";
  for (const character of text) {
    if (displayWidth(kept + character) > room) return `${kept}…`;
    kept += character;
  }
  return kept;
}

/**
 * Frame of the first line of a span. Long lines (generated code) are cut on both sides so that the marked part stays
 * in sight; undefined when the line does not exist.
 */
export function codeFrame(
  lines: readonly string[],
  span: Span,
  room: number,
): CodeFrame | undefined {
  const line = lines[span.start.line - 1];
  if (line === undefined || line.trim() === "") return undefined;
  const { from, to } = firstLineOf(span, line);
  const indent = /^\s*/.exec(line)![0].length;
  const before = expanded(line.slice(Math.min(indent, from - 1), from - 1));
  const marked = head(expanded(line.slice(from - 1, to - 1)), Math.max(LEAD, room - LEAD));
  const markedWidth = displayWidth(marked);
  const after = expanded(line.slice(to - 1));
  const leadRoom = Math.max(0, room - markedWidth - 2 - Math.min(LEAD, displayWidth(after)));
  const lead = displayWidth(before) <= leadRoom ? before : tail(before, leadRoom);
  const rest = head(after, Math.max(0, room - displayWidth(lead) - markedWidth - 1));
  return {
    number: String(span.start.line),
    code: `${lead}${marked}${rest}`.trimEnd(),
    marks: `${" ".repeat(displayWidth(lead))}${"^".repeat(Math.max(1, markedWidth))}`,
  };
}
