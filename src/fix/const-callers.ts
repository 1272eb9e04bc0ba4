import { T, type Tokens } from "../syntax/tokens.ts";
import { findBefore, openersAround } from "./enclosing.ts";
import { functionOf, type FunctionTokens } from "./functions.ts";

/** Who names a function where a value is needed when the program is compiled. */
export interface ConstCallers {
  /** Functions that are `const` themselves; they could lose it too. */
  readonly functions: readonly FunctionTokens[];
  /** Whether a constant, a static, an array's length or the like names it: it cannot be a plain function then. */
  readonly elsewhere: boolean;
}

/**
 * Looks for a name at places where the compiler computes. By name only: what has the same name and is something else
 * counts too, so the answer errs to the careful side.
 */
export function constCallers(tokens: Tokens, name: string): ConstCallers {
  const functions = new Map<number, FunctionTokens>();
  let elsewhere = false;
  for (let at = 0; at < tokens.n; at++) {
    if (tokens.kind[at] !== T.ident || !tokens.is(at, name) || tokens.is(at - 1, "fn")) continue;
    const place = computedAt(tokens, at);
    if (place === "elsewhere") elsewhere = true;
    else if (place !== undefined) functions.set(place.brace, place);
  }
  return { functions: [...functions.values()], elsewhere };
}

/** What makes the compiler compute a place: a const function, or something else; undefined when nothing does. */
function computedAt(tokens: Tokens, token: number): FunctionTokens | "elsewhere" | undefined {
  let inside = token;
  for (const opener of openersAround(tokens, token)) {
    if (isComputed(tokens, inside, opener)) return "elsewhere";
    const found = functionOf(tokens, opener);
    if (found !== undefined) return found.constWord === undefined ? undefined : found;
    inside = opener;
  }
  return isConstant(tokens, inside) ? "elsewhere" : undefined;
}

function isComputed(tokens: Tokens, inside: number, opener: number): boolean {
  if (tokens.is(opener, "["))
    return findBefore(tokens, inside, (at) => (tokens.is(at, ";") ? "found" : "on")) !== undefined;
  if (tokens.is(opener, "{") && tokens.is(opener - 1, "const")) return true;
  const isEnum = findBefore(tokens, opener, (at) => {
    if (tokens.is(at, "enum")) return "found";
    return [";", "}"].some((text) => tokens.is(at, text)) ? "stop" : "on";
  });
  return (tokens.is(opener, "{") && isEnum !== undefined) || isConstant(tokens, inside);
}

/** Whether the item that a token stands in, at its own level, is a constant or a static. */
function isConstant(tokens: Tokens, inside: number): boolean {
  return (
    findBefore(tokens, inside, (at) => {
      if (tokens.is(at, "static") && tokens.kind[at + 1] === T.ident) return "found";
      if (tokens.is(at, "const") && namesConstant(tokens, at)) return "found";
      return tokens.is(at, ";") || (tokens.is(at, "}") && beginsItem(tokens, at + 1))
        ? "stop"
        : "on";
    }) !== undefined
  );
}

/** `const NAME`, and neither `const fn` nor `*const T`. */
function namesConstant(tokens: Tokens, word: number): boolean {
  if (tokens.kind[word + 1] !== T.ident || tokens.is(word - 1, "*")) return false;
  return !FUNCTION_WORDS.has(tokens.text(word + 1));
}

function beginsItem(tokens: Tokens, at: number): boolean {
  return tokens.kind[at] === T.ident || tokens.is(at, "#");
}

const FUNCTION_WORDS = new Set(["fn", "unsafe", "extern", "async"]);
