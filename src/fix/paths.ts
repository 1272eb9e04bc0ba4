import { T, type Tokens } from "../syntax/tokens.ts";

/** A path expression by its first and last token. */
export interface PathTokens {
  readonly first: number;
  readonly last: number;
}

/**
 * The path that ends in an identifier: `libc::SOL_SOCKET`, `::libc::X`, `$crate::X`. Undefined where the identifier is
 * none of a plain path: a call, a macro, a field, the name behind a macro's `$`.
 */
export function pathEndingAt(tokens: Tokens, last: number): PathTokens | undefined {
  if (tokens.kind[last] !== T.ident) return undefined;
  if (["::", "!", "("].some((text) => tokens.is(last + 1, text))) return undefined;
  let first = last;
  while (first > 0 && tokens.is(first - 1, "::")) {
    const before = first - 2;
    if (before >= 0 && tokens.kind[before] === T.ident && !KEYWORDS.has(tokens.text(before)))
      first = before;
    else if (before >= 0 && (tokens.is(before, ">") || tokens.kind[before] === T.close))
      return undefined;
    else return { first: first - 1, last };
  }
  if (first > 0 && tokens.is(first - 1, ".")) return undefined;
  if (first === 0 || !tokens.is(first - 1, "$")) return { first, last };
  return tokens.is(first, "crate") ? { first: first - 1, last } : undefined;
}

/** Words in front of a path that begins with `::`. */
const KEYWORDS = new Set([
  "return",
  "break",
  "in",
  "as",
  "if",
  "match",
  "while",
  "else",
  "mut",
  "move",
]);
