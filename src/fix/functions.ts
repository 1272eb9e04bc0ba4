import { T, type Tokens } from "../syntax/tokens.ts";
import { findBefore, openersAround } from "./enclosing.ts";

/** A function by its tokens. */
export interface FunctionTokens {
  readonly name: string;
  /** The word `const` before `fn`, when it is there. */
  readonly constWord?: number;
  readonly isPublic: boolean;
  /** Opens its body. */
  readonly brace: number;
}

/** The function whose body a brace opens; undefined when it opens something else. */
export function functionOf(tokens: Tokens, brace: number): FunctionTokens | undefined {
  if (!tokens.is(brace, "{")) return undefined;
  const word = findBefore(tokens, brace, (at) => {
    if (tokens.is(at, "fn") && tokens.kind[at + 1] === T.ident) return "found";
    return [";", "=>", "=", "match", "if", "impl", "mod", "trait"].some((text) =>
      tokens.is(at, text),
    )
      ? "stop"
      : "on";
  });
  if (word === undefined) return undefined;
  let first = word;
  while (first > 0 && isQualifier(tokens, first - 1)) first--;
  const constWord = [...range(first, word)].find((at) => tokens.is(at, "const"));
  return {
    name: tokens.text(word + 1),
    brace,
    isPublic: isPublic(tokens, first - 1),
    ...(constWord === undefined ? {} : { constWord }),
  };
}

function* range(from: number, to: number): Generator<number> {
  for (let at = from; at < to; at++) yield at;
}

function isQualifier(tokens: Tokens, at: number): boolean {
  return (
    tokens.kind[at] === T.string ||
    ["const", "async", "unsafe", "safe", "extern", "default"].some((word) => tokens.is(at, word))
  );
}

/** `pub` or `pub(…)` in front of the qualifiers. */
function isPublic(tokens: Tokens, before: number): boolean {
  const at = tokens.is(before, ")") ? tokens.match[before]! - 1 : before;
  return tokens.is(at, "pub");
}

/** The innermost function around a token. */
export function functionAround(tokens: Tokens, token: number): FunctionTokens | undefined {
  for (const opener of openersAround(tokens, token)) {
    const found = functionOf(tokens, opener);
    if (found !== undefined) return found;
  }
  return undefined;
}
