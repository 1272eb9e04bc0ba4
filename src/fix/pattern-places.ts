import { T, type Tokens } from "../syntax/tokens.ts";
import type { Operand } from "./chains.ts";
import { armsOf, findBehind, isMatchBody, openersAround, type Arm } from "./enclosing.ts";

/** Where a pattern stands, and what may follow it. */
export interface Place {
  readonly pattern: Operand;
  /** The arm of a `match` or the rest of `matches!`; absent for `if let`. */
  readonly arm?: Arm;
  /** What opens the body of the `match`, or the arguments of `matches!`. */
  readonly brace?: number;
  /** `let` of an `if let`, and the expression behind its `=`. */
  readonly condition?: { readonly word: number; readonly first: number; readonly last: number };
}

/** The pattern that a token stands in; undefined where it cannot become a comparison. */
export function placeOf(tokens: Tokens, token: number): Place | undefined {
  for (const opener of openersAround(tokens, token)) {
    if (isMatchBody(tokens, opener)) {
      const arm = armsOf(tokens, opener).find(
        ({ first, arrow }) => first <= token && token < arrow,
      );
      if (arm === undefined || token > arm.patternLast) return undefined;
      return { pattern: { first: arm.first, last: arm.patternLast }, arm, brace: opener };
    }
    if (isMatchesMacro(tokens, opener)) return inMatchesMacro(tokens, opener, token);
    if (tokens.is(opener, "{") && !isStructPattern(tokens, opener)) break;
  }
  return ifLet(tokens, token);
}

/** Whether a parenthesis opens the arguments of `matches!`. */
export function isMatchesMacro(tokens: Tokens, opener: number): boolean {
  return tokens.is(opener - 1, "!") && tokens.is(opener - 2, "matches");
}

/** `matches!(value, PATTERN if GUARD)`: an arm without a body. */
function inMatchesMacro(tokens: Tokens, opener: number, token: number): Place | undefined {
  const close = tokens.match[opener]!;
  const first = findBehind(tokens, opener + 1, close, (at) => tokens.is(at, ",")) + 1;
  const arrow = findBehind(tokens, first, close, (at) => tokens.is(at, ","));
  const guard = findBehind(tokens, first, arrow, (at) => tokens.is(at, "if"));
  if (token < first || token >= guard) return undefined;
  const arm = { first, patternLast: guard - 1, arrow, ...(guard < arrow ? { guard } : {}) };
  return { pattern: { first, last: guard - 1 }, arm, brace: opener };
}

/** `Name { field: X }`: braces that belong to a pattern. */
function isStructPattern(tokens: Tokens, brace: number): boolean {
  return tokens.kind[brace - 1] === T.ident && /^[A-Z]/u.test(tokens.text(brace - 1));
}

/** `if let PATTERN = EXPRESSION {`, where the pattern compares one value and binds nothing. */
function ifLet(tokens: Tokens, token: number): Place | undefined {
  const outside = openersAround(tokens, token).find((opener) => tokens.is(opener, "{")) ?? -1;
  let word: number | undefined;
  for (let from = token; from > outside && word === undefined; from--)
    if (tokens.is(from, "let")) word = from;
  if (word === undefined || !["if", "while"].some((text) => tokens.is(word - 1, text)))
    return undefined;
  const equals = findBehind(tokens, word, tokens.n, (at) => tokens.is(at, "="));
  const body = findBehind(
    tokens,
    equals,
    tokens.n,
    (at) => tokens.is(at, "{") && !tokens.is(at - 1, "unsafe"),
  );
  if (token > equals || body >= tokens.n) return undefined;
  const isMore = (at: number): boolean =>
    ["match", "if", "async", "|"].some((text) => tokens.is(at, text)) || isAnd(tokens, at);
  if (findBehind(tokens, equals, body, isMore) < body) return undefined;
  const pattern = { first: word + 1, last: equals - 1 };
  return { pattern, condition: { word, first: equals + 1, last: body - 1 } };
}

/** `&&`, which the lexer leaves in two. */
function isAnd(tokens: Tokens, at: number): boolean {
  return tokens.is(at, "&") && tokens.is(at + 1, "&") && tokens.end[at] === tokens.start[at + 1];
}
