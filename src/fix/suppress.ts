import type { Fix } from "../model/fix.ts";
import type { Result } from "../model/result.ts";
import { lastAtMost } from "../util/sorted.ts";
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
  const index = lastAtMost(tokens.start, offset, tokens.n);
  return index < tokens.n && tokens.start[index]! < offset && offset < tokens.end[index]!;
}
