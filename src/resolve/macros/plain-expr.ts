import { T, type Tokens } from "../../syntax/tokens.ts";

/** Words that begin or join what only the grammar knows the end of. */
const GRAMMAR = new Set(
  `_ as async await become box break const continue do dyn else enum extern fn for if impl in let loop match mod move mut
   pub raw ref return static struct trait try type union unsafe use where while yield`.split(
    /\s+/u,
  ),
);
const PREFIX = new Set(["&", "*", "-", "!"]);
/** `&&` comes as two. */
const JOINS = new Set(["+", "-", "*", "/", "%", "^", "&", "==", "!=", "<="]);
const ENDS = new Set([",", ";", "=>"]);

/**
 * Where an expression of paths, literals, calls, indexes, members and arithmetic ends: nearly all that macros are
 * called with, and read without the grammar. -1 for every other one.
 */
export function plainExprEnd(t: Tokens, from: number, to: number): number {
  let at = from;
  for (;;) {
    at = behindOperand(t, at, to);
    if (at < 0 || at === to) return at;
    if (t.kind[at] !== T.punct) return -1;
    const text = t.text(at);
    if (ENDS.has(text)) return at;
    if (!JOINS.has(text)) return -1;
    at++;
  }
}

function behindOperand(t: Tokens, from: number, to: number): number {
  let at = from;
  while (at < to && t.kind[at] === T.punct && PREFIX.has(t.text(at))) at++;
  at = behindAtom(t, at, to);
  while (at >= 0 && at < to) {
    const next = behindSuffix(t, at, to);
    if (next === at) return at;
    at = next;
  }
  return at;
}

function behindAtom(t: Tokens, at: number, to: number): number {
  if (at >= to) return -1;
  const kind = t.kind[at];
  if (kind === T.ident) return GRAMMAR.has(t.text(at)) ? -1 : at + 1;
  if (kind === T.number || kind === T.string || kind === T.char) return at + 1;
  return kind === T.open ? behindGroup(t, at, to) : -1;
}

/** What hangs on an operand: a call, an index, `?`, a member, the next segment of a path, a macro's arguments. */
function behindSuffix(t: Tokens, at: number, to: number): number {
  if (t.kind[at] === T.open) return behindGroup(t, at, to);
  if (t.is(at, "?")) return at + 1;
  if (t.is(at, ".")) {
    const isName = at + 1 < to && (t.kind[at + 1] === T.ident || t.kind[at + 1] === T.number);
    return isName ? at + 2 : -1;
  }
  if (t.is(at, "::")) return at + 1 < to && t.kind[at + 1] === T.ident ? at + 2 : -1;
  if (!t.is(at, "!")) return at;
  const isCall = t.kind[at - 1] === T.ident && at + 1 < to && t.kind[at + 1] === T.open;
  return isCall && t.match[at + 1]! < to ? t.match[at + 1]! + 1 : -1;
}

/** A brace may be a block or the fields of a struct. */
function behindGroup(t: Tokens, at: number, to: number): number {
  return t.is(at, "{") || t.match[at]! >= to ? -1 : t.match[at]! + 1;
}
