import { T, type Tokens } from "../syntax/tokens.ts";

/** A number that stands where an operating system's error code is judged. */
export interface ErrnoLiteral {
  /** Token of the number. */
  readonly index: number;
  readonly value: string;
}

/** Calls whose result, or argument, is an operating system's error number. */
const SOURCES = new Set(["raw_os_error", "from_raw_os_error", "errno", "last_os_error"]);
/** How many tokens from the call a comparison, and in it a number, is looked for. */
const REACH = 24;
/** How many tokens of one pattern are looked at. */
const MAX_PATTERN = 200;

/**
 * Numbers compared with, matched on, or made into an error code.
 *
 * Sees `x.raw_os_error() == Some(11)`, `Some(11) == x.raw_os_error()`, `match x.raw_os_error() { Some(11) => … }`,
 * `if let Some(11) = x.raw_os_error()`, `matches!(x.raw_os_error(), Some(11 | 35))` and `from_raw_os_error(11)`.
 */
export function errnoLiterals(t: Tokens): ErrnoLiteral[] {
  const found = new Map<number, ErrnoLiteral>();
  for (let at = 0; at < t.n; at++) {
    if (t.kind[at] !== T.ident || !SOURCES.has(t.text(at)) || t.text(at + 1) !== "(") continue;
    const behind = t.match[at + 1]! + 1;
    if (t.text(at) === "from_raw_os_error") keepIf(t, at + 2, found);
    else {
      compareBehind(t, { at, behind }, found);
      compareBefore(t, at, found);
    }
  }
  return [...found.values()].sort((a, b) => a.index - b.index);
}

function keepIf(t: Tokens, index: number, found: Map<number, ErrnoLiteral>): void {
  const at = t.text(index) === "-" ? index + 1 : index;
  if (t.kind[at] !== T.number) return;
  const value = t.text(at).replace(/_|[iu](?:8|16|32|64|128|size)$/g, "");
  if (/^(?:0x[\da-f]+|0o[0-7]+|0b[01]+|\d+)$/i.test(value))
    found.set(at, { index: at, value: String(Number(value)) });
}

/** `== Some(N)`, `== N`, `match … { Some(N) => …, }`, `matches!(…, Some(N | M))` */
function compareBehind(
  t: Tokens,
  call: { at: number; behind: number },
  found: Map<number, ErrnoLiteral>,
): void {
  const from = behindUnwrap(t, call.behind);
  const next = t.text(from);
  if (next === "==" || next === "!=") return some(t, from + 1, found);
  if (next === "{" && isMatched(t, call.at)) return arms(t, from + 1, t.match[from]!, found);
  if (next === "," && COMPARING.has(callee(t, call.at))) alternatives(t, from + 1, found);
}

/** The call is what a `match` asks about: `if` and `while` have blocks behind them that hold any number. */
function isMatched(t: Tokens, call: number): boolean {
  for (let i = call - 1; i >= 0 && call - i < REACH; i--) {
    const text = t.text(i);
    if (text === "match") return true;
    if (STARTS.has(text)) return false;
  }
  return false;
}

/** What an expression cannot reach over, looking back. */
const STARTS = new Set([";", "{", "}", "=>", ",", "=", "if", "while", "let", "for", "in"]);

/** Macros that compare their first argument with the second. */
const COMPARING = new Set([
  "matches",
  "assert_matches",
  "assert_eq",
  "assert_ne",
  "debug_assert_eq",
  "debug_assert_ne",
]);

/** Name of the macro whose first argument a token stands in; empty when it stands elsewhere. */
function callee(t: Tokens, inside: number): string {
  for (let i = inside - 1; i > 1 && inside - i < REACH; i--) {
    if (t.kind[i] === T.close) i = t.match[i]!;
    else if (t.kind[i] === T.open) return t.text(i - 1) === "!" ? t.text(i - 2) : "";
    else if (t.text(i) === ",") return "";
  }
  return "";
}

const UNWRAPS = new Set(["unwrap", "expect", "unwrap_or", "unwrap_or_default"]);

/** `.raw_os_error().unwrap() == N`, `.raw_os_error()? == N` */
function behindUnwrap(t: Tokens, from: number): number {
  if (t.text(from) === "?") return from + 1;
  const called = t.text(from) === "." && UNWRAPS.has(t.text(from + 1)) && t.text(from + 2) === "(";
  return called ? t.match[from + 2]! + 1 : from;
}

/** `Some(N) | Some(M)`, up to what can't belong to a pattern. */
function alternatives(t: Tokens, from: number, found: Map<number, ErrnoLiteral>): void {
  let at = from;
  for (;;) {
    some(t, at, found);
    at = t.text(at) === "Some" && t.text(at + 1) === "(" ? t.match[at + 1]! + 1 : at + 1;
    if (t.text(at) !== "|") return;
    at++;
  }
}

function some(t: Tokens, at: number, found: Map<number, ErrnoLiteral>): void {
  if (t.text(at) !== "Some") return keepIf(t, at, found);
  if (t.text(at + 1) !== "(") return;
  const to = Math.min(t.match[at + 1]!, at + REACH);
  for (let i = at + 2; i < to; i++) keepIf(t, i, found);
}

/** Patterns of a match: only what stands in front of an arrow counts. */
function arms(t: Tokens, from: number, to: number, found: Map<number, ErrnoLiteral>): void {
  let at = from;
  while (at < to) {
    let arrow = at;
    while (arrow < to && t.text(arrow) !== "=>")
      arrow = t.kind[arrow] === T.open ? t.match[arrow]! + 1 : arrow + 1;
    const last = Math.min(arrow, at + MAX_PATTERN);
    for (let i = at; i < last && t.text(i) !== "if"; i++) {
      if (t.text(i) === "Some") some(t, i, found);
      else if (t.kind[i] === T.number && t.kind[i - 1] !== T.open) keepIf(t, i, found);
    }
    at = arrow + 1;
    at = t.text(at) === "{" ? t.match[at]! + 1 : nextComma(t, at, to);
  }
}

function nextComma(t: Tokens, from: number, to: number): number {
  let at = from;
  while (at < to && t.text(at) !== ",") at = t.kind[at] === T.open ? t.match[at]! + 1 : at + 1;
  return at + 1;
}

/** `Some(N) == x.raw_os_error()` and `if let Some(N) = x.raw_os_error()`: look back over one operand. */
function compareBefore(t: Tokens, at: number, found: Map<number, ErrnoLiteral>): void {
  for (let i = at - 1; i > 0 && at - i < REACH; i--) {
    const text = t.text(i);
    if (text === ";" || text === "{" || text === "}" || text === "=>") return;
    if (text !== "==" && text !== "!=" && text !== "=") continue;
    if (t.text(i - 1) !== ")") return;
    const open = t.match[i - 1]!;
    if (open > 0 && t.text(open - 1) === "Some") some(t, open - 1, found);
    return;
  }
}
