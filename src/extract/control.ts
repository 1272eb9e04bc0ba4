import { readAttributes } from "./attributes.ts";
import { readBlock, readExpr } from "./exprs.ts";
import { readPattern } from "./patterns.ts";
import type { Reader } from "./reader.ts";

/** `if COND { } else if … else { }` */
export function readIf(r: Reader, end: number): boolean {
  const mark = r.locals.mark();
  r.i++;
  readExpr(r, end, { noStruct: true });
  readBlock(r);
  r.locals.release(mark);
  if (!r.take("else")) return true;
  if (r.is("if")) return readIf(r, end);
  readBlock(r);
  return true;
}

/** `while COND { }`, `for PATTERN in EXPR { }`, `loop { }` */
export function readLoop(r: Reader, end: number): boolean {
  const mark = r.locals.mark();
  const word = r.text();
  r.i++;
  if (word === "for") {
    readPattern(r, end);
    r.take("in");
  }
  if (word !== "loop") readExpr(r, end, { noStruct: true });
  readBlock(r);
  r.locals.release(mark);
  return true;
}

/** `match EXPR { PATTERN if GUARD => EXPR, … }` */
export function readMatch(r: Reader, end: number): boolean {
  r.i++;
  readExpr(r, end, { noStruct: true });
  if (!r.is("{")) return true;
  const close = r.close();
  r.i++;
  readAttributes(r, true);
  while (r.i < close) {
    const before = r.i;
    const attributes = readAttributes(r);
    r.withCfg(attributes.cfg, () => readArm(r, close));
    if (r.i === before) r.i++;
  }
  r.i = close + 1;
  return true;
}

function readArm(r: Reader, close: number): void {
  const mark = r.locals.mark();
  readPattern(r, close);
  if (r.take("if")) readExpr(r, close);
  if (r.take("=>")) readExpr(r, close, { statement: true });
  r.locals.release(mark);
  r.take(",");
}
