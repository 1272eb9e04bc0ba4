import { T, type Tokens } from "../syntax/tokens.ts";

/** The opening delimiters around a token, innermost first. */
export function openersAround(tokens: Tokens, token: number): number[] {
  const openers: number[] = [];
  for (let at = token - 1; at >= 0; at--) {
    if (tokens.kind[at] === T.close && tokens.match[at]! >= 0 && tokens.match[at]! < at)
      at = tokens.match[at]!;
    else if (tokens.kind[at] === T.open) openers.push(at);
  }
  return openers;
}

/**
 * Walks back from a token over what stands beside it, groups in one step, until a test says stop or the group around
 * begins. Undefined when nothing fits.
 */
export function findBefore(
  tokens: Tokens,
  token: number,
  test: (at: number) => "found" | "stop" | "on",
): number | undefined {
  for (let at = token - 1; at >= 0; at--) {
    if (tokens.kind[at] === T.open) return undefined;
    const answer = test(at);
    if (answer === "found") return at;
    if (answer === "stop") return undefined;
    if (tokens.kind[at] === T.close && tokens.match[at]! >= 0 && tokens.match[at]! < at)
      at = tokens.match[at]!;
  }
  return undefined;
}

/** First token beside this one, groups in one step, that a test fits; `end` when none does before it. */
export function findBehind(
  tokens: Tokens,
  from: number,
  end: number,
  test: (at: number) => boolean,
): number {
  for (let at = from; at < end; at++) {
    if (test(at)) return at;
    if (tokens.kind[at] === T.open) at = Math.max(at, tokens.match[at]!);
  }
  return end;
}

/** Whether a brace opens the body of a `match`. */
export function isMatchBody(tokens: Tokens, brace: number): boolean {
  if (!tokens.is(brace, "{")) return false;
  return (
    findBefore(tokens, brace, (at) => {
      if (tokens.is(at, "match") && !tokens.is(at - 1, ".")) return "found";
      return STATEMENT_ENDS.some((text) => tokens.is(at, text)) ? "stop" : "on";
    }) !== undefined
  );
}

/** What ends the search for a `match`: another statement, or a word that the brace belongs to. */
const STATEMENT_ENDS = [
  ";",
  "=>",
  ",",
  "if",
  "while",
  "for",
  "loop",
  "else",
  "fn",
  "impl",
  "mod",
  "trait",
  "enum",
];

/** One arm of a `match`, by tokens. */
export interface Arm {
  readonly first: number;
  /** Last token of the pattern. */
  readonly patternLast: number;
  /** The `if` of the guard, when it has one. */
  readonly guard?: number;
  readonly arrow: number;
}

/** The arms of a `match` whose body opens at a brace. */
export function armsOf(tokens: Tokens, brace: number): Arm[] {
  const close = tokens.match[brace]!;
  const arms: Arm[] = [];
  for (let at = brace + 1; at < close;) {
    const first = behindAttributes(tokens, at);
    const arrow = findBehind(tokens, first, close, (each) => tokens.is(each, "=>"));
    if (arrow >= close) return arms;
    const guard = findBehind(tokens, first, arrow, (each) => tokens.is(each, "if"));
    arms.push({ first, patternLast: guard - 1, arrow, ...(guard < arrow ? { guard } : {}) });
    at = behindBody(tokens, arrow + 1, close);
  }
  return arms;
}

function behindAttributes(tokens: Tokens, from: number): number {
  let at = from;
  while (tokens.is(at, "#") && tokens.is(at + 1, "[")) at = tokens.match[at + 1]! + 1;
  return at;
}

const BLOCKS = ["{", "if", "match", "loop", "while", "for", "unsafe"];

/** First token behind an arm's body and its comma: a body that ends in a brace needs none. */
function behindBody(tokens: Tokens, body: number, close: number): number {
  const isBlock = BLOCKS.some((text) => tokens.is(body, text));
  for (let at = body; at < close; at++) {
    if (tokens.is(at, ",")) return at + 1;
    if (tokens.kind[at] !== T.open) continue;
    const brace = tokens.is(at, "{");
    at = Math.max(at, tokens.match[at]!);
    if (brace && isBlock && !GOES_ON.some((text) => tokens.is(at + 1, text)))
      return tokens.is(at + 1, ",") ? at + 2 : at + 1;
  }
  return close;
}

const GOES_ON = ["else", ".", "?"];
