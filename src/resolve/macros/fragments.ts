import { FactsBuilder } from "../../extract/builder.ts";
import { readExpr } from "../../extract/exprs.ts";
import { readItem } from "../../extract/items.ts";
import { readPath } from "../../extract/paths.ts";
import { readOnePattern, readPattern } from "../../extract/patterns.ts";
import { Reader } from "../../extract/reader.ts";
import { readStatement } from "../../extract/statements.ts";
import { readType } from "../../extract/types.ts";
import { T, type Tokens } from "../../syntax/tokens.ts";
import { plainExprEnd } from "./plain-expr.ts";

/** Where a fragment of the given kind that starts at `at` ends, or -1 when none starts there. */
export function fragmentEnd(t: Tokens, at: number, to: number, fragment: string): number {
  const end = Object.hasOwn(FRAGMENTS, fragment) ? FRAGMENTS[fragment] : undefined;
  return end === undefined ? treeEnd(t, at, to) : end(t, at, to);
}

type End = (t: Tokens, at: number, to: number) => number;

const FRAGMENTS: Readonly<Record<string, End>> = {
  tt: treeEnd,
  ident: (t, at, to) =>
    at < to && t.kind[at] === T.ident && t.text(at) !== "_"
      ? at + 1
      : at + 1 < to && t.text(at) === "$" && t.text(at + 1) === "crate"
        ? at + 2
        : -1,
  lifetime: (t, at, to) => (at < to && t.kind[at] === T.lifetime ? at + 1 : -1),
  literal: literalEnd,
  block: (t, at, to) => (at < to && t.text(at) === "{" ? t.match[at]! + 1 : -1),
  vis: visEnd,
  meta: metaEnd,
  expr: exprEnd,
  expr_2021: exprEnd,
  ty: typeEnd,
  path: (t, at, to) => readTo(t, at, to, (r) => void readPath(r, "type")),
  pat: (t, at, to) => readTo(t, at, to, (r) => readPattern(r, to)),
  pat_param: (t, at, to) => readTo(t, at, to, (r) => readOnePattern(r, to)),
  stmt: stmtEnd,
  item: (t, at, to) => readTo(t, at, to, (r) => readItem(r, to)),
};

function exprEnd(t: Tokens, at: number, to: number): number {
  if (!startsExpr(t, at, to)) return -1;
  if (isAlone(t, at, to)) return at + 1;
  const plain = plainExprEnd(t, at, to);
  return plain >= 0 ? plain : readTo(t, at, to, (r) => readExpr(r, to));
}

function typeEnd(t: Tokens, at: number, to: number): number {
  if (!startsType(t, at, to)) return -1;
  return isAlone(t, at, to) ? at + 1 : readTo(t, at, to, readType);
}

function treeEnd(t: Tokens, at: number, to: number): number {
  if (at >= to || t.kind[at] === T.close) return -1;
  if (t.text(at) === "$" && at + 1 < to && t.text(at + 1) === "crate") return at + 2;
  if (t.kind[at] === T.open) return t.match[at]! + 1;
  return t.kind[at] === T.punct ? operatorEnd(t, at, to) : at + 1;
}

/** Operators that the lexer leaves in parts and a macro takes as one token. */
const OPERATORS = new Set("&& || << >> >= += -= *= /= %= ^= &= |= <<= >>=".split(" "));

function operatorEnd(t: Tokens, at: number, to: number): number {
  let end = at + 1;
  let text = t.text(at);
  while (end < to && t.kind[end] === T.punct && t.start[end] === t.end[end - 1]) {
    text += t.text(end);
    if (!OPERATORS.has(text)) break;
    end++;
  }
  return end;
}

/** Most fragments are one word or literal with a comma behind it: no grammar is needed to see where it ends. */
function isAlone(t: Tokens, at: number, to: number): boolean {
  const kind = t.kind[at];
  if (kind !== T.ident && kind !== T.number && kind !== T.string) return false;
  return at + 1 === to || t.is(at + 1, ",") || t.is(at + 1, ";") || t.is(at + 1, "=>");
}

function readTo(t: Tokens, at: number, to: number, read: (r: Reader) => void): number {
  const r = new Reader({ tokens: t, out: new FactsBuilder() });
  r.out.add({ kind: "mod", name: "", parent: -1, cfg: 0, at: 0, end: 0, vis: "pub" });
  r.i = at;
  if (at < to) read(r);
  return r.i > at && r.i <= to ? r.i : -1;
}

/** A statement without its semicolon; a semicolon alone is an empty one. What the reader passed over is not part of it. */
function stmtEnd(t: Tokens, at: number, to: number): number {
  if (at >= to || t.is(at, ",") || t.is(at, "=>")) return -1;
  if (t.is(at, ";")) return at + 1;
  if (isAlone(t, at, to)) return at + 1;
  let end = readTo(t, at, to, (r) => readStatement(r, to));
  if (end > at + 1 && (t.is(end - 1, ",") || t.is(end - 1, "=>"))) end--;
  return end > at + 1 && t.is(end - 1, ";") ? end - 1 : end;
}

const NO_EXPR = new Set([
  "=>",
  ",",
  ";",
  "=",
  ".",
  "?",
  ":",
  "::",
  ">",
  "+",
  "/",
  "%",
  "^",
  "@",
  "->",
  "==",
  "!=",
  "<=",
  "$",
  "#",
]);
const NO_EXPR_WORDS = new Set(
  "as in where else enum struct fn impl mod pub use trait type static extern mut ref let".split(
    " ",
  ),
);

function startsExpr(t: Tokens, at: number, to: number): boolean {
  if (at >= to || t.kind[at] === T.close) return false;
  const text = t.text(at);
  if (t.kind[at] === T.ident)
    return isRaw(t, at, text) || (!NO_EXPR_WORDS.has(text) && text !== "_");
  if (text === "::" || (text === "#" && t.text(at + 1) === "[")) return true;
  return text === "$" ? t.text(at + 1) === "crate" : !NO_EXPR.has(text);
}

/** `r#struct` is no keyword. */
function isRaw(t: Tokens, at: number, text: string): boolean {
  return t.end[at]! - t.start[at]! > text.length;
}

function startsType(t: Tokens, at: number, to: number): boolean {
  if (at >= to) return false;
  const text = t.text(at);
  if (t.kind[at] === T.ident && isRaw(t, at, text)) return true;
  if (t.kind[at] === T.ident)
    return ![
      "as",
      "in",
      "where",
      "pub",
      "use",
      "let",
      "if",
      "match",
      "mut",
      "ref",
      "static",
      "struct",
      "enum",
      "mod",
      "type",
    ].includes(text);
  return t.kind[at] === T.open
    ? text !== "{"
    : ["&", "*", "!", "<", "::", "?", "$"].includes(text) || t.kind[at] === T.lifetime;
}

function literalEnd(t: Tokens, at: number, to: number): number {
  if (at >= to) return -1;
  const from = t.text(at) === "-" ? at + 1 : at;
  const kind = t.kind[from];
  const literal =
    kind === T.number ||
    kind === T.string ||
    kind === T.char ||
    t.text(from) === "true" ||
    t.text(from) === "false";
  return from < to && literal ? from + 1 : -1;
}

/** A visibility may be empty. */
function visEnd(t: Tokens, at: number, to: number): number {
  if (at < to && t.text(at) === "crate" && t.text(at + 1) !== "::") return at + 1;
  if (at >= to || t.text(at) !== "pub") return at;
  const inside = t.text(at + 2);
  const restricted =
    at + 1 < to && t.text(at + 1) === "(" && ["crate", "super", "self", "in"].includes(inside);
  return restricted ? t.match[at + 1]! + 1 : at + 1;
}

/** The inside of an attribute: a path, then a group or `= literal`. */
function metaEnd(t: Tokens, at: number, to: number): number {
  let end = at;
  while (end < to && (t.kind[end] === T.ident || t.text(end) === "::")) end++;
  if (end === at) return -1;
  if (end < to && t.kind[end] === T.open) return t.match[end]! + 1;
  if (end + 1 < to && t.text(end) === "=") return fragmentEnd(t, end + 1, to, "expr");
  return end;
}
