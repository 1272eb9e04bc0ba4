import type { AbruptPattern } from "./facts.ts";
import { readAttributes } from "./attributes.ts";
import { readBlock, readExpr } from "./exprs.ts";
import { readPattern, readPatternLast } from "./patterns.ts";
import type { Reader } from "./reader.ts";

/** `if COND { } else if … else { }` */
export function readIf(r: Reader, end: number): boolean {
  do {
    const mark = r.locals.mark();
    r.i++;
    readExpr(r, end, { noStruct: true });
    readBlock(r);
    r.locals.release(mark);
    if (!r.take("else")) return true;
  } while (r.is("if"));
  readBlock(r);
  return true;
}

/** `while COND { }`, `for PATTERN in EXPR { }`, `loop { }` */
export function readLoop(r: Reader, end: number): boolean {
  const mark = r.locals.mark();
  const word = r.text();
  r.i++;
  const readHead = (): void => readExpr(r, end, { noStruct: true });
  if (word === "while") readHead();
  if (word === "for")
    readPatternLast(r, end, "in", () => {
      if (r.take("in")) readHead();
    });
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
  const patterns: { at: number; end: number }[] = [];
  let otherwise: AbruptPattern["otherwise"] | undefined;
  while (r.i < close) {
    const before = r.i;
    const attributes = readAttributes(r);
    r.withCfg(attributes.cfg, () => {
      const arm = readArm(r, close);
      patterns.push(arm);
      otherwise = arm.otherwise ?? otherwise;
    });
    if (r.i === before) r.i++;
  }
  if (otherwise !== undefined) {
    for (const { at, end: last } of patterns)
      r.out.abruptPatterns.push({ at, end: last, otherwise });
  }
  r.i = close + 1;
  return true;
}

interface Arm {
  readonly at: number;
  readonly end: number;
  readonly otherwise?: AbruptPattern["otherwise"] | undefined;
}

function readArm(r: Reader, close: number): Arm {
  const mark = r.locals.mark();
  const from = r.i;
  readPattern(r, close);
  const arm = { at: r.at(from), end: r.at() };
  const isDefault = r.i === from + 1 && isCatchAll(r.t.text(from)) && r.is("=>");
  if (r.take("if")) readExpr(r, close);
  let otherwise: Arm["otherwise"];
  if (r.take("=>")) {
    if (isDefault) otherwise = endingOf(r);
    readExpr(r, close, { statement: true });
  }
  r.locals.release(mark);
  r.take(",");
  return { ...arm, otherwise };
}

function isCatchAll(word: string): boolean {
  return /^[a-z_]/u.test(word);
}

const PANICS = new Set(["panic", "unreachable", "unimplemented", "todo"]);

/** Whether the arm at the cursor does nothing but end the program. */
function endingOf(r: Reader): Arm["otherwise"] {
  let at = r.is("{") ? 1 : 0;
  while (r.is("::", at + 1)) at += 2;
  if (PANICS.has(r.text(at)) && r.is("!", at + 1)) return "panic";
  const isCall = r.is("(", at + 1);
  return isCall && at > 1 && (r.is("abort", at) || r.is("exit", at)) ? "abort" : undefined;
}
