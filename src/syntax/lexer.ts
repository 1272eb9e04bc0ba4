import {
  APOSTROPHE,
  BACKSLASH,
  DOT,
  HASH,
  isDigit,
  isIdentPart,
  isIdentStart,
  isSpace,
  QUOTE,
  SLASH,
  STAR,
} from "./chars.ts";
import {
  charEnd,
  KIND_BITS,
  KIND_MASK,
  literalPrefix,
  numberEnd,
  packed,
  scanPrefixed,
  stringEnd,
  type Scanned,
} from "./literals.ts";
import { matchDelimiters, T, tokensOfSource, type SyntaxProblem, type Tokens } from "./tokens.ts";

/**
 * Cut Rust source into tokens.
 *
 * Follows the lexical part of the Rust reference; never throws: what is no token becomes a `SyntaxProblem`.
 * Glued operators are kept whole where a reader tells them apart (`::`, `->`, `=>`, `..`, `..=`, `...`, `==`,
 * `!=`, `<=`); `>>` and `&&` are not, since they also close generics and start patterns.
 *
 * @param comments gets the beginning and the end of each comment, when somebody wants to know
 */
export function lex(source: string, comments?: number[]): Tokens {
  const { kind, start, end } = scratchFor(source.length + 1);
  const problems: SyntaxProblem[] = [];
  let n = 0;
  let at = skipShebang(source);
  while (at < source.length) {
    const c = source.charCodeAt(at);
    if (isSpace(c)) {
      at++;
      continue;
    }
    if (
      c === SLASH &&
      (source.charCodeAt(at + 1) === SLASH || source.charCodeAt(at + 1) === STAR)
    ) {
      const begin = at;
      at = skipComment(source, at, problems);
      comments?.push(begin, at);
      continue;
    }
    const scanned = scan(source, at, c, problems);
    kind[n] = scanned & KIND_MASK;
    start[n] = at;
    at = scanned >> KIND_BITS;
    end[n] = at;
    n++;
  }
  start[n] = source.length;
  end[n] = source.length;
  const match = new Int32Array(n + 1).fill(-1);
  for (const index of matchDelimiters(n, kind, (i) => source[start[i]!]!, match)) {
    problems.push({ start: start[index]!, end: end[index]!, message: "unbalanced delimiter" });
  }
  const size = n + 1;
  return tokensOfSource(source, {
    n,
    kind: kind.slice(0, size),
    start: start.slice(0, size),
    end: end.slice(0, size),
    match,
    problems,
  });
}

let scratch = { kind: new Uint8Array(0), start: new Int32Array(0), end: new Int32Array(0) };

/** Arrays that hold at least `size` tokens, used again by the next file: no token is shorter than one unit. */
function scratchFor(size: number): typeof scratch {
  if (scratch.kind.length < size) {
    const room = size + (size >> 1);
    scratch = {
      kind: new Uint8Array(room),
      start: new Int32Array(room),
      end: new Int32Array(room),
    };
  }
  return scratch;
}

function scan(source: string, at: number, c: number, problems: SyntaxProblem[]): Scanned {
  if (isIdentStart(c)) return scanWord(source, at, c, problems);
  if (isDigit(c)) return packed(T.number, numberEnd(source, at));
  if (c === QUOTE) return packed(T.string, stringEnd(source, at + 1, problems));
  if (c === APOSTROPHE) return scanApostrophe(source, at);
  if (c === 40 || c === 91 || c === 123) return packed(T.open, at + 1);
  if (c === 41 || c === 93 || c === 125) return packed(T.close, at + 1);
  return packed(T.punct, at + punctLength(source, at, c));
}

function scanWord(source: string, at: number, c: number, problems: SyntaxProblem[]): Scanned {
  // r" r#" b" b' br" c" cr" : literals with a prefix; r#name : a raw identifier
  if (c === 114 || c === 98 || c === 99) {
    const prefix = literalPrefix(source, at);
    if (prefix !== 0) return scanPrefixed(source, at, prefix, problems);
  }
  let end = at + 1;
  if (c === 114 && source.charCodeAt(at + 1) === HASH && isIdentStart(source.charCodeAt(at + 2)))
    end = at + 3;
  while (isIdentPart(source.charCodeAt(end))) end++;
  return packed(T.ident, end);
}

function scanApostrophe(source: string, at: number): Scanned {
  const c = source.charCodeAt(at + 1);
  if (c === BACKSLASH) return packed(T.char, charEnd(source, at));
  const width = c >= 0xd800 && c < 0xdc00 ? 2 : 1;
  if (source.charCodeAt(at + 1 + width) === APOSTROPHE) return packed(T.char, at + width + 2);
  const raw = source.startsWith("r#", at + 1) && isIdentStart(source.charCodeAt(at + 3));
  let end = at + (raw ? 3 : 1);
  while (isIdentPart(source.charCodeAt(end))) end++;
  return packed(T.lifetime, end);
}

function punctLength(source: string, at: number, c: number): number {
  const d = source.charCodeAt(at + 1);
  if (c === 58) return d === 58 ? 2 : 1; // ::
  if (c === 45) return d === 62 ? 2 : 1; // ->
  if (c === 61) return d === 62 || d === 61 ? 2 : 1; // => ==
  if (c === 33 || c === 60) return d === 61 ? 2 : 1; // != <=
  if (c !== DOT || d !== DOT) return c >= 0xd800 && c < 0xdc00 ? 2 : 1;
  const e = source.charCodeAt(at + 2);
  return e === DOT || e === 61 ? 3 : 2; // .. ... ..=
}

function skipComment(source: string, at: number, problems: SyntaxProblem[]): number {
  if (source.charCodeAt(at + 1) === SLASH) {
    const newline = source.indexOf("\n", at);
    return newline < 0 ? source.length : newline + 1;
  }
  let depth = 1;
  let i = at + 2;
  while (depth > 0 && i < source.length) {
    const c = source.charCodeAt(i);
    const d = source.charCodeAt(i + 1);
    if (c === STAR && d === SLASH) depth--;
    else if (c === SLASH && d === STAR) depth++;
    else {
      i++;
      continue;
    }
    i += 2;
  }
  if (depth > 0)
    problems.push({ start: at, end: source.length, message: "comment without an end" });
  return i;
}

/** `#!/usr/bin/env …` on the first line; `#![…]` is an attribute and stays. */
function skipShebang(source: string): number {
  const from = source.charCodeAt(0) === 0xfeff ? 1 : 0;
  if (!source.startsWith("#!", from) || /^\s*\[/.test(source.slice(from + 2, from + 200)))
    return from;
  const newline = source.indexOf("\n");
  return newline < 0 ? source.length : newline;
}
