import { T } from "../syntax/tokens.ts";
import { readAttributes } from "./attributes.ts";
import { readBlock } from "./exprs.ts";
import { readMacroCall } from "./macros.ts";
import { mentionPath, readPath, startsPath } from "./paths.ts";
import type { Reader } from "./reader.ts";

/**
 * Read a pattern; its names are bound until the caller releases them.
 *
 * A bare name that starts with a lower-case letter binds; any other is taken as a constant or a variant, since
 * only name resolution could tell and Rust's own lints keep to that spelling.
 */
export function readPattern(r: Reader, end: number): void {
  r.deeper(end, () => r.within("pattern", () => readAlternatives(r, end)));
}

/** A pattern without alternatives at its top. */
export function readOnePattern(r: Reader, end: number): void {
  r.deeper(end, () => r.within("pattern", () => readOne(r, end)));
}

/**
 * A pattern in front of `stop` whose names are not in scope in what `readRest` reads behind it, but after that:
 * `for x in x.iter()`, `if let Some(x) = x`. The cursor ends where `readRest` leaves it.
 */
export function readPatternLast(r: Reader, end: number, stop: string, readRest: () => void): void {
  const from = r.i;
  while (r.i < end && !r.is(stop)) r.i = r.kind() === T.open ? r.close() + 1 : r.i + 1;
  const patternEnd = r.i;
  readRest();
  const after = r.i;
  r.i = from;
  readPattern(r, patternEnd);
  r.i = after;
}

function readAlternatives(r: Reader, end: number): void {
  r.take("|");
  for (;;) {
    readOne(r, end);
    if (!r.is("|") || r.i >= end) return;
    r.i++;
  }
}

function readOne(r: Reader, end: number): void {
  while (r.is("&") || r.is("mut") || r.is("ref") || r.is("box") || r.is("-")) r.i++;
  if (r.i >= end) return;
  if (r.kind() === T.open) return readGroup(r);
  if (r.is("..") || r.is("..=") || r.is("...")) return readRangeEnd(r, end);
  if (r.kind() === T.number || r.kind() === T.string || r.kind() === T.char) {
    r.i++;
    return readRangeEnd(r, end);
  }
  if (r.is("const") && r.is("{", 1)) {
    r.i++;
    return readBlock(r);
  }
  if (startsPath(r)) readPathPattern(r, end);
}

function readPathPattern(r: Reader, end: number): void {
  if (isBinding(r)) {
    r.locals.bind(r.text());
    r.i++;
    if (r.take("@")) r.deeper(end, () => readOne(r, end));
    return;
  }
  const path = readPath(r, "expr");
  if (r.is("!") && r.kind(1) === T.open) return readMacroCall(r, path, "pattern");
  mentionPath(r, path, r.is("{") ? "literal" : "pattern");
  if (r.kind() === T.open) return readGroup(r);
  readRangeEnd(r, end);
}

function isBinding(r: Reader): boolean {
  if (!r.isIdent() || r.is("::", 1) || r.is("!", 1) || r.is("(", 1) || r.is("{", 1)) return false;
  const name = r.text();
  const first = name[0]!;
  return r.is("@", 1) || (first === first.toLowerCase() && name !== "Self" && name !== "crate");
}

function readRangeEnd(r: Reader, end: number): void {
  if (!r.is("..") && !r.is("..=") && !r.is("...")) return;
  r.i++;
  r.take("-");
  if (r.i >= end) return;
  if (r.kind() === T.number || r.kind() === T.char) r.i++;
  else if (startsPath(r) && !r.is("if")) mentionPath(r, readPath(r, "expr"), "pattern");
}

/** `(a, b)`, `[a, .., b]`, `{ field: pattern, short, .. }` */
function readGroup(r: Reader): void {
  const close = r.close();
  const brace = r.is("{");
  r.i++;
  while (r.i < close) {
    const before = r.i;
    const attributes = readAttributes(r);
    if (brace && r.is(":", 1)) r.i += 2;
    r.withCfg(attributes.cfg, () => r.deeper(close, () => readAlternatives(r, close)));
    r.take(",");
    if (r.i === before) r.i++;
  }
  r.i = close + 1;
}
