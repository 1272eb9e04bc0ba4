import type { Fix } from "../model/fix.ts";
import type { Result } from "../model/result.ts";
import type { Source } from "./source.ts";

/**
 * The comment that says beside the code that a result may stay, on a line of its own above it. The reason is the
 * user's to write behind it: without one the comment has no effect, and a run says so. Undefined where the line begins
 * inside of a literal.
 */
export function suppression(
  source: Source,
  { rule, span, file }: Pick<Result, "rule" | "span" | "file">,
): Fix | undefined {
  if (!file.endsWith(".rs")) return undefined;
  const line = { line: span.start.line, column: 1 };
  const offset = source.offsetOf(line);
  if (offset === undefined || isInsideToken(source, offset)) return undefined;
  const indent = /^[ \t]*/u.exec(source.text.slice(offset))?.[0] ?? "";
  const newline = source.text.includes("\r\n") ? "\r\n" : "\n";
  const newText = `${indent}// ape-lint: allow(${rule}) ${newline}`;
  return {
    title: `suppress ${rule} here; write the reason behind it`,
    kind: "safe",
    does: "suppress",
    edits: [{ start: line, end: line, newText }],
  };
}

function isInsideToken({ tokens }: Source, offset: number): boolean {
  let low = 0;
  let high = tokens.n;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (tokens.end[middle]! <= offset) low = middle + 1;
    else high = middle;
  }
  return low < tokens.n && tokens.start[low]! < offset;
}
