import { T, type SyntaxProblem } from "./tokens.ts";
import {
  APOSTROPHE,
  BACKSLASH,
  DOT,
  HASH,
  isDigit,
  isIdentPart,
  QUOTE,
  UNDERSCORE,
} from "./chars.ts";

/** Kind of a token in the lowest bits, and the index behind it: no object is made for a token. */
export type Scanned = number;
export const KIND_BITS = 4;
export const KIND_MASK = (1 << KIND_BITS) - 1;

export function packed(kind: number, end: number): Scanned {
  return (end << KIND_BITS) | kind;
}

/** Length of `r`, `b`, `br`, `c`, `cr` when a literal follows it, else 0. */
export function literalPrefix(source: string, at: number): number {
  let length = 1;
  if (source.charCodeAt(at) !== 114 && source.charCodeAt(at + 1) === 114) length = 2;
  const raw = source.charCodeAt(at + length - 1) === 114;
  let next = at + length;
  if (raw) while (source.charCodeAt(next) === HASH) next++;
  const c = source.charCodeAt(next);
  if (c === QUOTE) return length;
  if (c === APOSTROPHE && length === 1 && source.charCodeAt(at) === 98) return length;
  return 0;
}

/** A literal behind its prefix of the given length. */
export function scanPrefixed(
  source: string,
  at: number,
  length: number,
  problems: SyntaxProblem[],
): Scanned {
  if (source.charCodeAt(at + length - 1) === 114)
    return packed(T.string, rawStringEnd(source, at + length, problems));
  if (source.charCodeAt(at + length) === APOSTROPHE)
    return packed(T.char, charEnd(source, at + length));
  return packed(T.string, stringEnd(source, at + length + 1, problems));
}

function rawStringEnd(source: string, at: number, problems: SyntaxProblem[]): number {
  let hashes = 0;
  while (source.charCodeAt(at + hashes) === HASH) hashes++;
  const close = source.indexOf('"' + "#".repeat(hashes), at + hashes + 1);
  if (close >= 0) return close + 1 + hashes;
  problems.push({ start: at, end: source.length, message: "raw string without an end" });
  return source.length;
}

/** Index behind a string whose content begins at `from`. */
export function stringEnd(source: string, from: number, problems: SyntaxProblem[]): number {
  for (let at = from; at < source.length; at++) {
    const c = source.charCodeAt(at);
    if (c === BACKSLASH) at++;
    else if (c === QUOTE) return at + 1;
  }
  problems.push({ start: from - 1, end: source.length, message: "string without an end" });
  return source.length;
}

/** Index behind a character literal whose apostrophe stands at `at`; it ends with its line at the latest. */
export function charEnd(source: string, at: number): number {
  let end = at + 1;
  while (
    end < source.length &&
    source.charCodeAt(end) !== APOSTROPHE &&
    source.charCodeAt(end) !== 10
  ) {
    end += source.charCodeAt(end) === BACKSLASH ? 2 : 1;
  }
  return Math.min(end + 1, source.length);
}

/** Index behind a number: `1..2`, `1.max(2)` and `x.0.1` are not read as one. */
export function numberEnd(source: string, at: number): number {
  let end = at;
  while (isIdentPart(source.charCodeAt(end))) end++;
  // `1.5` is one number; `1..2`, `1.max(2)` and `x.0.1` are not read as one
  if (
    source.charCodeAt(end) === DOT &&
    isDigit(source.charCodeAt(end + 1)) &&
    source.charCodeAt(at - 1) !== DOT
  ) {
    end++;
    while (isIdentPart(source.charCodeAt(end))) end++;
  }
  const last = source.charCodeAt(end - 1) | 32;
  const sign = source.charCodeAt(end);
  const exponent = last === 101 && (sign === 43 || sign === 45) && isDecimal(source, at, end - 1);
  if (exponent && isDigit(source.charCodeAt(end + 1))) {
    end++;
    while (isIdentPart(source.charCodeAt(end))) end++;
  }
  return end;
}

/** Only digits: `1e+1` is one number, `0x1e+1` and `1usize+1` are sums. */
function isDecimal(source: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const c = source.charCodeAt(at);
    if (!isDigit(c) && c !== UNDERSCORE && c !== DOT) return false;
  }
  return true;
}
