import { lineAt } from "../syntax/positions.ts";
import { T, type Tokens } from "../syntax/tokens.ts";
import type { SuppressionFact } from "./facts.ts";
import { markOf } from "./suppression-text.ts";
import {
  behindAttributes,
  enclosing,
  endOfPart,
  itemAt,
  lastLineOf,
  type SuppressionSource,
} from "./suppression-scope.ts";

/**
 * `#[allow(ape_lint::runtime_constant, reason = "…")]`, and `expect`, also inside `cfg_attr`. Rust will take them once
 * tools can register lints (RFC 3808); a lint's name has `_` where the rule's id has `-`.
 */
export function attributeMarks(file: SuppressionSource): SuppressionFact[] {
  const { tokens } = file;
  const found: SuppressionFact[] = [];
  for (let at = 0; at < tokens.n; at++) {
    if (!tokens.is(at, "#")) continue;
    const inner = tokens.is(at + 1, "!");
    const open = at + (inner ? 2 : 1);
    if (!tokens.is(open, "[")) continue;
    const close = Math.min(tokens.match[open]!, tokens.n);
    for (const words of listsIn(tokens, open, close))
      found.push({
        ...markOf(words, ""),
        at: tokens.start[at]!,
        lines: inner ? enclosing(file, tokens.start[at]!) : linesBehind(file, at),
      });
    at = open;
  }
  return found;
}

/** The words of each `allow(…)` or `expect(…)` that names something of ours. */
function* listsIn(tokens: Tokens, open: number, close: number): Generator<string[]> {
  for (let at = open + 1; at < close; at++) {
    if (!tokens.is(at, "allow") && !tokens.is(at, "expect")) continue;
    if (!tokens.is(at + 1, "(")) continue;
    const words = wordsOf(tokens, at + 2, Math.min(tokens.match[at + 1]!, close));
    if (words.some((word) => !word.includes("="))) yield words;
  }
}

function wordsOf(tokens: Tokens, from: number, to: number): string[] {
  const words: string[] = [];
  for (let at = from; at < to; at++) {
    if (tokens.is(at, "ape_lint") && tokens.is(at + 1, "::"))
      words.push(tokens.text(at + 2).replaceAll("_", "-"));
    if (tokens.is(at, "reason") && tokens.is(at + 1, "=") && tokens.kind[at + 2] === T.string)
      words.push(`reason = "${wordsIn(tokens.text(at + 2))}"`);
  }
  return words;
}

/** What a string literal says, without quotes of its own. */
function wordsIn(literal: string): string {
  const text = literal.slice(literal.indexOf('"') + 1, literal.lastIndexOf('"'));
  return text.replaceAll(/\\?"/gu, "'").replaceAll(/\\\s*/gu, " ");
}

function linesBehind(file: SuppressionSource, token: number): readonly [number, number] {
  const { tokens, lineStarts } = file;
  const first = behindAttributes(tokens, token);
  const from = lineAt(lineStarts, tokens.start[token]!);
  const item = itemAt(file, token);
  return [from, lastLineOf(file, item?.end ?? endOfPart(tokens, first))];
}
