import { T } from "../syntax/tokens.ts";
import { readAttributes } from "./attributes.ts";
import { readPattern } from "./patterns.ts";
import type { Reader } from "./reader.ts";
import { readStatements } from "./statements.ts";
import { noteLiteral } from "./literals.ts";
import { readCastType, readGenericArguments, readType } from "./types.ts";
import { readWord } from "./words.ts";

/** Where an expression stands: decides where it ends. */
export interface ExprPlace {
  /** In front of a block (`if x {`): a `{` ends it. */
  readonly noStruct?: boolean;
  /** As a statement: `if … {}` and the like end it. */
  readonly statement?: boolean;
}

/** Read one expression that ends before `end`, a comma, a semicolon or `=>`. */
export function readExpr(r: Reader, end: number, place: ExprPlace = ANYWHERE): void {
  if (!r.enter(end)) return;
  readOperands(r, end, place);
  r.leave();
}

const ANYWHERE: ExprPlace = {};

function readOperands(r: Reader, end: number, place: ExprPlace): void {
  let first = true;
  while (r.i < end) {
    const before = r.i;
    const blockLike = readOperand(r, end, place);
    if (blockLike && first && place.statement === true && !r.is(".") && !r.is("?")) return;
    first = false;
    if (!readSuffixes(r, end, place)) return;
    if (r.i === before) return;
  }
}

const PREFIX_WORDS = new Set([
  "mut",
  "move",
  "return",
  "break",
  "continue",
  "yield",
  "become",
  "box",
  "do",
  "static",
]);
/** Longest of them. */
const LONGEST = 8;

/** Whether the token at the cursor stands in front of an operand. */
function isPrefix(r: Reader): boolean {
  const kind = r.kind();
  if (kind === T.punct)
    return r.is("&") || r.is("*") || r.is("-") || r.is("!") || r.is("..") || r.is("..=");
  if (kind !== T.ident || r.t.end[r.i]! - r.at() > LONGEST) return false;
  return PREFIX_WORDS.has(r.word());
}

/** An operand with its prefixes. @returns true for `if`, `match`, blocks and loops */
export function readOperand(r: Reader, end: number, place: ExprPlace): boolean {
  while (r.i < end && isPrefix(r)) {
    if (r.is("&") && r.is("raw", 1) && (r.is("const", 2) || r.is("mut", 2))) r.i += 2;
    r.i++;
  }
  if (r.i >= end || r.is(",") || r.is(";") || r.is("=>")) return false;
  const kind = r.kind();
  if (kind === T.lifetime) {
    const hasValue = r.is("break", -1); // `break 'label VALUE`
    r.i++;
    return (r.take(":") || hasValue) && readOperandDeeper(r, end, place);
  }
  if (r.is("#")) {
    const attributes = readAttributes(r);
    let blockLike = false;
    r.withCfg(attributes.cfg, () => (blockLike = readOperandDeeper(r, end, place)));
    return blockLike;
  }
  if (r.is("|")) return readClosure(r, end, place);
  if (kind === T.open) return readGroup(r);
  if (kind === T.number || kind === T.string || kind === T.char) {
    noteLiteral(r);
    r.i++;
    return false;
  }
  return readWord(r, end, place);
}

function readOperandDeeper(r: Reader, end: number, place: ExprPlace): boolean {
  let blockLike = false;
  if (r.enter(end)) {
    blockLike = readOperand(r, end, place);
    r.leave();
  }
  return blockLike;
}

/** A block, a tuple or an array at the cursor. */
function readGroup(r: Reader): boolean {
  if (r.is("{")) {
    readBlock(r);
    return true;
  }
  const close = r.close();
  const square = r.is("[");
  r.i++;
  readList(r, close, square);
  r.i = close + 1;
  return false;
}

/** Expressions separated by commas; in an array `; LENGTH` may follow. */
export function readList(r: Reader, close: number, square = false): void {
  while (r.i < close) {
    // tables of numbers are most of the largest files
    while (r.i + 1 < close && r.kind() === T.number && r.is(",", 1)) r.i += 2;
    if (r.i >= close) return;
    const before = r.i;
    const { cfg } = readAttributes(r);
    if (cfg === undefined) readExpr(r, close);
    else r.withCfg(cfg, () => readExpr(r, close));
    if (square && r.take(";")) r.within("array-length", () => readExpr(r, close));
    while (r.i < close && (r.is(",") || r.is(";") || r.is("=>"))) r.i++;
    if (r.i === before) r.i++;
  }
}

/** `|PATTERN: TYPE, …| -> TYPE BODY` */
export function readClosure(r: Reader, end: number, place: ExprPlace): boolean {
  const mark = r.locals.mark();
  r.i++;
  while (r.i < end && !r.is("|")) {
    const before = r.i;
    readClosurePattern(r, end);
    if (r.take(":")) readType(r);
    r.take(",");
    if (r.i === before) r.i++;
  }
  r.i++;
  if (r.take("->")) readType(r);
  readExpr(r, end, place.noStruct === true ? { noStruct: true } : {});
  r.locals.release(mark);
  return false;
}

/** A closure's parameter: `|` ends it, so no alternatives at its top. */
function readClosurePattern(r: Reader, end: number): void {
  let stop = r.i;
  while (stop < end && r.t.text(stop) !== "|" && r.t.text(stop) !== "," && r.t.text(stop) !== ":") {
    stop = r.t.kind[stop] === T.open ? r.t.match[stop]! + 1 : stop + 1;
  }
  readPattern(r, stop);
}

/** Everything behind an operand up to the next operand. @returns false when the expression ends here */
function readSuffixes(r: Reader, end: number, place: ExprPlace): boolean {
  while (r.i < end && readSuffix(r));
  if (r.i >= end || r.kind() !== T.punct || NO_OPERATOR.has(r.text())) return false;
  const mayEnd = place.noStruct === true && (r.is("..") || r.is("..="));
  r.i += isDoubled(r) ? 2 : 1;
  // `a..` in front of a block ends here; after any other operator `{` starts an operand
  return !(mayEnd && r.is("{"));
}

/** Punctuation that ends an expression. */
const NO_OPERATOR = new Set([",", ";", "=>", "#", ":", "$"]);

/** `a || b` and `a << b` are two tokens, and the second one must not start a closure or a qualified path. */
function isDoubled(r: Reader): boolean {
  if (r.is("|")) return r.is("|", 1);
  return r.is("<") && r.is("<", 1) && r.at() + 1 === r.at(r.i + 1);
}

function readSuffix(r: Reader): boolean {
  if (r.is(".")) readMember(r);
  else if (r.is("?")) r.i++;
  else if (r.is("as")) {
    r.i++;
    readCastType(r);
  } else if (r.kind() === T.open && !r.is("{")) {
    const close = r.close();
    r.i++;
    readList(r, close);
    r.i = close + 1;
  } else return false;
  return true;
}

/** `.method::<T>`, `.field`, `.0`, `.await` */
function readMember(r: Reader): void {
  r.i++;
  if (r.isIdent() && (r.is("(", 1) || r.is("::", 1))) r.method(r.text(), r.i);
  if (r.isIdent() || r.kind() === T.number) r.i++;
  if (r.is("::") && r.is("<", 1)) {
    r.i++;
    readGenericArguments(r);
  }
}

/** A block at the cursor with its own names. */
export function readBlock(r: Reader): void {
  if (!r.is("{")) return;
  const close = r.close();
  const mark = r.locals.mark();
  r.i++;
  if (r.enter(close)) {
    readStatements(r, close);
    r.leave();
  }
  r.locals.release(mark);
  r.i = Math.min(close + 1, r.t.n);
}
