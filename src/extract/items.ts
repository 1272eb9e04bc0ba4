import { T } from "../syntax/tokens.ts";
import { onlyInTests, readAttributes, type Attributes } from "./attributes.ts";
import { readItemKind } from "./item-kinds.ts";
import type { Visibility } from "./facts.ts";
import type { Reader } from "./reader.ts";

/** What stands in front of an item's keyword. */
export interface ItemHead {
  readonly attributes: Attributes;
  readonly vis: Visibility;
}

/** The items of a module, an impl, a trait or an extern block, up to `close`. */
export function readItems(r: Reader, close: number): void {
  while (r.i < close) {
    const before = r.i;
    if (r.take(";")) continue;
    readItem(r, close);
    if (r.i > before) continue;
    if (r.kind() !== T.close) r.problem(`not an item: ${r.text().slice(0, 20)}`);
    skipItem(r, close);
    if (r.i === before) r.i++;
  }
}

/** One item with its attributes; the cursor does not move when there is none. */
export function readItem(r: Reader, close: number): void {
  const start = r.i;
  const attributes = readAttributes(r);
  if (r.i >= close) return; // attributes with nothing behind them
  if (onlyInTests(attributes)) return skipItem(r, close);
  const vis = readVisibility(r);
  const head = { attributes, vis };
  if (!readItemKind(r, head, close)) r.i = start;
}

/** Move behind the item at the cursor without looking into it. */
export function skipItem(r: Reader, close: number): void {
  readVisibility(r);
  const isMacro = r.isIdent() && (r.is("!", 1) || r.is("::", 1));
  while (r.i < close) {
    if (r.take(";")) return;
    if (r.kind() !== T.open) {
      r.i++;
      continue;
    }
    const brace = r.is("{");
    r.i = r.close() + 1;
    // `fn f() { … }` ends at its body; `const A: [u8; 2] = [1, 2];` at its semicolon
    if (brace && !r.is(";") && !continuesAfterBrace(r)) return;
    if (isMacro && brace) return;
  }
}

/** `const X: T = T { … }.f();` goes on behind its brace. */
function continuesAfterBrace(r: Reader): boolean {
  return (
    r.is(".") ||
    r.is("?") ||
    r.is("+") ||
    r.is("|") ||
    r.is("=") ||
    r.is(",") ||
    r.is("else") ||
    r.is("as")
  );
}

function readVisibility(r: Reader): Visibility {
  if (r.is("crate") && r.isIdent(1) && !r.is("::", 1)) {
    r.i++;
    return "restricted";
  }
  if (!r.take("pub")) return "private";
  if (!r.is("(")) return "pub";
  const inside = r.text(1);
  if (inside !== "crate" && inside !== "super" && inside !== "self" && inside !== "in")
    return "pub";
  r.i = r.close() + 1;
  return inside === "self" ? "private" : "restricted";
}
