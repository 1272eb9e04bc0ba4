import { T } from "../syntax/tokens.ts";
import { readAttributes } from "./attributes.ts";
import { readIf, readLoop, readMatch } from "./control.ts";
import { readBlock, readClosure, readExpr, readOperand, type ExprPlace } from "./exprs.ts";
import { noteLiteral } from "./literals.ts";
import { readMacroCall } from "./macros.ts";
import { mentionPath, readPath, startsPath, type ReadPath } from "./paths.ts";
import { readPatternLast } from "./patterns.ts";
import type { Reader } from "./reader.ts";

/** An operand that begins with a word. @returns true for `if`, `match`, blocks and loops */
export function readWord(r: Reader, end: number, place: ExprPlace): boolean {
  const word = r.word();
  if (word === "if") return readIf(r, end);
  if (word === "match") return readMatch(r, end);
  if (word === "while" || word === "for" || word === "loop") return readLoop(r, end);
  if (word === "unsafe" && r.is("{", 1)) {
    r.i++;
    r.within("unsafe-expr", () => readBlock(r));
    return true;
  }
  if (word === "const" && r.is("{", 1)) {
    r.i++;
    r.within("const-item", () => readBlock(r));
    return true;
  }
  if (word === "async" || word === "try" || word === "gen" || word === "const" || word === "for")
    return readPrefixedBlock(r, end, place);
  if (word === "let") {
    readLetCondition(r, end, place);
    return false;
  }
  if (startsPath(r)) readPathExpr(r, end, place);
  return false;
}

/** `async move { }`, `async |x| …`, `try { }`, `const || …`: also plain names of that spelling. */
function readPrefixedBlock(r: Reader, end: number, place: ExprPlace): boolean {
  const next = r.text(1);
  if (next === "move" || next === "|" || next === "{" || next === "gen") {
    r.i++;
    r.take("gen");
    r.take("move");
    if (r.is("{")) {
      readBlock(r);
      return true;
    }
    return r.is("|") ? readClosure(r, end, place) : false;
  }
  if (r.is("const")) r.i++;
  else if (startsPath(r)) readPathExpr(r, end, place);
  return false;
}

/** `let PATTERN = EXPRESSION` inside a condition; its names live until the caller releases them. */
function readLetCondition(r: Reader, end: number, place: ExprPlace): void {
  r.i++;
  readPatternLast(r, end, "=", () => {
    if (r.take("=")) r.deeper(end, () => void readOperand(r, end, { ...place, noStruct: true }));
  });
}

function readPathExpr(r: Reader, end: number, place: ExprPlace): void {
  const start = r.i;
  const path = readPath(r, "expr");
  if (path.segments === 0) {
    r.i++;
    return;
  }
  if (
    r.is("!") &&
    (r.kind(1) === T.open || (r.isIdent(1) && r.kind(2) === T.open)) &&
    !r.is("!=")
  ) {
    return readMacroCall(r, path, "expr");
  }
  if (r.is("{") && place.noStruct !== true && r.i < end) return readStructLiteral(r, path);
  mentionPath(r, path, r.is("(") ? "call" : makes(r, start) ? "made" : "value");
  if (r.is("(")) noteLiteral(r, path.text);
}

/**
 * The path from `start` to the cursor is what something is made of: `T::new(PATH, …)`, `T::from(PATH)`, `PATH.into()`, or
 * what an arm answers: `… => PATH,`.
 */
function makes(r: Reader, start: number): boolean {
  if (r.is(".")) return r.is("into", 1) && r.is("(", 2);
  if (start < 2 || !(r.is(",") || r.kind() === T.close)) return false;
  if (r.t.is(start - 1, "=>")) return true;
  const maker = start - 2;
  return r.t.is(start - 1, "(") && (r.t.is(maker, "new") || r.t.is(maker, "from"));
}

/** `Path { field: value, short, ..base }` */
function readStructLiteral(r: Reader, path: ReadPath): void {
  mentionPath(r, path, "literal");
  const close = r.close();
  r.i++;
  while (r.i < close) {
    const before = r.i;
    const attributes = readAttributes(r);
    if (r.is(":", 1)) r.i += 2;
    else if (r.is("..")) r.i++;
    r.withCfg(attributes.cfg, () => readExpr(r, close));
    r.take(",");
    if (r.i === before) r.i++;
  }
  r.i = close + 1;
}
