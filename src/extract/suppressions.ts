import { attributeMarks } from "./suppression-attributes.ts";
import { commentsOf, type Comment } from "./comments.ts";
import type { SuppressionFact } from "./facts.ts";
import { lineAt } from "../syntax/positions.ts";
import { readMark } from "./suppression-text.ts";
import { enclosing, itemAt, lastLineOf, type SuppressionSource } from "./suppression-scope.ts";

/** Cheap and sure: a file without these words has no suppression. */
const SPEAKS_OF_US = ["ape-lint", "ape_lint"];

/**
 * Finds the suppressions of one file: comments that begin with `ape-lint:`, and the attributes `allow` and `expect`
 * with names in `ape_lint::`. Pure; never throws. What is in a string is no comment.
 */
export function findSuppressions(file: SuppressionSource): SuppressionFact[] {
  if (!SPEAKS_OF_US.some((words) => file.source.includes(words))) return [];
  const found: SuppressionFact[] = [];
  for (const comment of commentsOf(file.source, file.tokens)) {
    const mark = readMark(comment.text);
    if (mark !== undefined) found.push({ ...mark, at: comment.at, lines: linesOf(comment, file) });
  }
  return [...found, ...attributeMarks(file)].toSorted((a, b) => a.at - b.at);
}

function linesOf(comment: Comment, file: SuppressionSource): readonly [number, number] {
  const { lineStarts, tokens } = file;
  const line = lineAt(lineStarts, comment.at);
  if (comment.inner) return enclosing(file, comment.at);
  const before = comment.token - 1;
  if (before >= 0 && lineAt(lineStarts, tokens.end[before]! - 1) === line) return [line, line];
  const next = comment.token;
  if (next >= tokens.n) return [line, line];
  const begin = lineAt(lineStarts, tokens.start[next]!);
  const item = itemAt(file, next);
  return [begin, item === undefined ? begin : lastLineOf(file, item.end)];
}
