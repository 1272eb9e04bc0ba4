import { T } from "../syntax/tokens.ts";
import { readAttributes } from "./attributes.ts";
import { readBlock } from "./exprs.ts";
import { addItem, endItem } from "./add-item.ts";
import type { ItemHead } from "./items.ts";
import { readPattern } from "./patterns.ts";
import type { Reader } from "./reader.ts";
import { readGenericArguments, readType, readWhere } from "./types.ts";

export function isFn(r: Reader): boolean {
  for (let offset = 0; offset < 7; offset++) {
    if (r.is("fn", offset)) return true;
    const known = ["const", "async", "unsafe", "safe", "extern", "default", "gen"].includes(
      r.text(offset),
    );
    if (!known && r.kind(offset) !== T.string) return false;
  }
  return false;
}

/** A function: qualifiers, signature and, outside traits and extern blocks, a body. */
export function readFn(r: Reader, head: ItemHead): boolean {
  let isConst = false;
  let isUnsafe = false;
  while (!r.is("fn")) {
    isConst ||= r.is("const");
    isUnsafe ||= r.is("unsafe");
    r.i++;
  }
  const at = ++r.i;
  const item = addItem(r, head, "fn", at, { name: r.text(), isConst, isUnsafe });
  r.i++;
  const context = isConst ? "const-fn" : isUnsafe ? "unsafe-expr" : "safe-expr";
  r.fresh(context, item, () => {
    if (r.is("<")) readGenericArguments(r);
    if (r.is("(")) readParameters(r);
    if (r.take("->")) readType(r);
    readWhere(r);
    if (r.is("{")) readBody(r, item);
  });
  r.take(";");
  endItem(r, item);
  return true;
}

/** What a body declares does not count in its own signature: such a body says where it begins. */
function readBody(r: Reader, item: number): void {
  const { next, items, calls } = r.out;
  const before = items.length + calls.length;
  readBlock(r);
  if (items.length + calls.length > before) items[item]!.body = next;
}

function readParameters(r: Reader): void {
  const close = r.close();
  r.i++;
  while (r.i < close) {
    const before = r.i;
    readAttributes(r);
    if (!readSelf(r)) {
      if (isNamed(r, close)) readPattern(r, close);
      if (r.take(":") || !r.is(",")) readType(r);
    }
    while (r.is(",") || r.is("...")) r.i++;
    if (r.i === before) r.i++;
  }
  r.i = close + 1;
}

/** `self`, `&self`, `&'a mut self`, `mut self: Pin<&mut Self>` */
function readSelf(r: Reader): boolean {
  let at = 0;
  while (r.is("&", at) || r.is("mut", at) || r.kind(at) === T.lifetime) at++;
  if (!r.is("self", at)) return false;
  r.i += at + 1;
  if (r.take(":")) readType(r);
  return true;
}

/** In edition 2015 a trait's parameters may be types alone. */
function isNamed(r: Reader, close: number): boolean {
  for (let at = r.i; at < close; at++) {
    const text = r.t.text(at);
    if (text === ":") return true;
    if (text === "," || text === "<") return false;
    if (r.t.kind[at] === T.open) at = r.t.match[at]!;
  }
  return false;
}
