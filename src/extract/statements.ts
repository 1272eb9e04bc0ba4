import { T } from "../syntax/tokens.ts";
import { onlyInTests, readAttributes } from "./attributes.ts";
import { readBlock, readExpr } from "./exprs.ts";
import { startsItem } from "./item-start.ts";
import { readItem, skipItem } from "./items.ts";
import { readPattern } from "./patterns.ts";
import type { Reader } from "./reader.ts";
import { readType } from "./types.ts";

/** The statements of a block, up to its closing brace. */
export function readStatements(r: Reader, close: number): void {
  readAttributes(r, true);
  while (r.i < close) {
    const before = r.i;
    readStatement(r, close);
    if (r.i > before) continue;
    if (r.kind() !== T.close) r.problem("not a statement");
    r.i++;
  }
}

/** One statement with its attributes and its semicolon. */
export function readStatement(r: Reader, close: number): void {
  if (r.take(";")) return;
  const start = r.i;
  const attributes = readAttributes(r);
  if (startsItem(r)) {
    if (onlyInTests(attributes)) return skipItem(r, close);
    r.i = start;
    return readItem(r, close);
  }
  if (attributes.cfg === undefined) readPlain(r, close);
  else r.withCfg(attributes.cfg, () => readPlain(r, close));
}

const STATEMENT = { statement: true };

function readPlain(r: Reader, close: number): void {
  if (r.is("let")) readLet(r, close);
  else readExpr(r, close, STATEMENT);
  r.take(";");
  // what an expression statement of ours could not end at (`=>` in a macro's text, say) is passed over
  if (r.is(",") || r.is("=>")) r.i++;
}

/** `let PATTERN: TYPE = EXPR else { };` The names count after the statement. */
function readLet(r: Reader, close: number): void {
  r.i++;
  const patternAt = r.i;
  skipToInitializer(r, close);
  const afterPattern = r.i;
  if (r.take(":")) readType(r);
  if (r.take("=")) readExpr(r, close);
  if (r.take("else")) readBlock(r);
  const end = r.i;
  r.i = patternAt;
  readPattern(r, afterPattern);
  r.i = end;
}

/** A pattern's names are not in scope in its own initializer: find where the pattern ends first. */
function skipToInitializer(r: Reader, close: number): void {
  while (r.i < close && !r.is("=") && !r.is(";") && !r.is(":")) {
    r.i = r.kind() === T.open ? r.close() + 1 : r.i + 1;
  }
}
