import { T } from "../syntax/tokens.ts";
import { readExpr } from "./exprs.ts";
import { readMacroCall } from "./macros.ts";
import { mentionPath, readPath, startsPath } from "./paths.ts";
import type { Reader } from "./reader.ts";

/** Read one type at the cursor; stops in front of what can't belong to it. */
export function readType(r: Reader): void {
  if (!r.enter(r.t.n)) return;
  const before = r.enterContext("type");
  readBounds(r);
  r.context = before;
  r.leave();
}

/** The type behind `as`: a `+` behind it is arithmetic, not a bound. */
export function readCastType(r: Reader): void {
  const before = r.enterContext("type");
  readOneType(r);
  r.context = before;
}

/** Types joined by `+`, as in `dyn A + B`, `impl A + 'a`, `T: A + ?Sized`. */
function readBounds(r: Reader): void {
  readOneType(r);
  while (r.is("+")) {
    r.i++;
    readOneType(r);
  }
}

const PREFIXES = new Set(["&", "*", "mut", "const", "dyn", "impl", "?", "~", "async"]);

function readOneType(r: Reader): void {
  const from = r.i;
  if (skipTypePrefixes(r)) return;
  const isObject = isBetween(r, "dyn", from);
  if (r.kind() === T.open) return readGroupType(r);
  if (r.is("unsafe") || r.is("extern") || r.is("fn")) return readFnPointer(r);
  if (r.kind() === T.number || r.kind() === T.char || r.is("-")) {
    r.i += r.is("-") ? 2 : 1;
    return;
  }
  readPathType(r, isObject);
}

/** Whether a word was passed since the cursor was at `from`. */
function isBetween(r: Reader, word: string, from: number): boolean {
  for (let at = from - r.i; at < 0; at++) if (r.is(word, at)) return true;
  return false;
}

/** `&'a mut`, `dyn`, `impl`, `for<'a>` … @returns true when a lifetime or `!` was all that stood there */
function skipTypePrefixes(r: Reader): boolean {
  for (;;) {
    if (r.kind() === T.lifetime) {
      r.i++;
      // a bound of its own (`T: 'static {`), unless it belongs to a reference
      if (!r.is("&", -2)) return true;
    } else if (r.is("for") && r.is("<", 1)) skipBinder(r);
    else if (r.is("!")) {
      r.i++;
      // the type `!`, unless it says that a trait is not there (`impl !Send for …`)
      if (r.kind() === T.open || !startsPath(r)) return true;
    } else if (PREFIXES.has(r.word()) && !(r.is("const") && r.is("{", 1))) r.i++;
    else return false;
  }
}

function readPathType(r: Reader, isObject: boolean): void {
  if (r.is("const")) r.i++;
  if (r.is("use") && r.is("<", 1)) {
    r.i++;
    return readGenericArguments(r); // `impl Trait + use<'a, T>`
  }
  if (!startsPath(r)) return;
  const path = readPath(r, "type");
  if (r.is("!") && r.kind(1) === T.open) return readMacroCall(r, path, "type");
  mentionPath(r, path, "type");
  if (isObject) mentionPath(r, path, "object");
}

/** `(A, B)`, `[T]`, `[T; N]`, or a const generic argument `{ N }`. */
function readGroupType(r: Reader): void {
  const close = r.close();
  const square = r.is("[");
  const brace = r.is("{");
  r.i++;
  if (brace) r.within("array-length", () => readExpr(r, close));
  while (r.i < close) {
    const before = r.i;
    readType(r);
    if (square && r.take(";")) r.within("array-length", () => readExpr(r, close));
    r.take(",");
    if (r.i === before) r.i++;
  }
  r.i = close + 1;
}

/** `unsafe extern "C" fn(A, name: B) -> C` */
function readFnPointer(r: Reader): void {
  while (r.is("unsafe") || r.is("extern") || r.kind() === T.string) r.i++;
  r.take("fn");
  if (r.kind() !== T.open) return;
  const close = r.close();
  r.i++;
  while (r.i < close) {
    const before = r.i;
    if (r.isIdent() && r.is(":", 1)) r.i += 2;
    readType(r);
    while (r.is(",") || r.is("...")) r.i++;
    if (r.i === before) r.i++;
  }
  r.i = close + 1;
  if (r.take("->")) readType(r);
}

/** `<…>` at the cursor, as arguments (`Vec<u8>`, `Item = T`, `N`) or as parameters (`T: Bound = Default`). */
export function readGenericArguments(r: Reader): void {
  r.i++;
  while (r.i < r.t.n && !r.is(">")) {
    const before = r.i;
    if (r.is("=") || r.is("==") || r.is(":") || r.is(",") || r.is("const")) r.i++;
    else if (r.is("#")) r.i++;
    else if (r.kind() === T.close || r.is(";")) return;
    else readType(r);
    if (r.is("->")) r.i++;
    if (r.i === before) r.i++;
  }
  r.i++;
}

/** `for<'a, 'b>` */
function skipBinder(r: Reader): void {
  r.i++;
  readGenericArguments(r);
}

/** `where A: B, C: D` up to the body or the semicolon. */
export function readWhere(r: Reader): void {
  if (!r.take("where")) return;
  while (r.i < r.t.n && !r.is("{") && !r.is(";") && !r.is("=")) {
    const before = r.i;
    readType(r);
    while (r.is(":") || r.is(",") || r.is("==")) r.i++;
    if (r.i === before) r.i++;
  }
}
