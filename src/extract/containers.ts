import { T } from "../syntax/tokens.ts";
import { addItem, endItem } from "./add-item.ts";
import { readAttributes } from "./attributes.ts";
import { readItems, type ItemHead } from "./items.ts";
import type { Reader } from "./reader.ts";
import { readGenericArguments, readType, readWhere } from "./types.ts";

export function readMod(r: Reader, head: ItemHead): boolean {
  r.take("unsafe");
  const at = ++r.i;
  const name = r.text();
  if (!r.isIdent()) return false;
  r.i++;
  const inline = r.is("{");
  const item = addItem(r, head, "mod", at, { name, inline, paths: head.attributes.paths });
  if (inline) readBody(r, item);
  else r.take(";");
  endItem(r, item);
  return true;
}

/** Items in braces at the cursor, as children of `item`. */
function readBody(r: Reader, item: number): void {
  const close = r.close();
  r.i++;
  r.fresh("safe-expr", item, () =>
    r.deeper(close, () => {
      const inner = readAttributes(r, true);
      const fact = r.out.items[item]!;
      fact.cfg = r.out.cfgAnd(fact.cfg, inner.cfg);
      readItems(r, close);
    }),
  );
  r.i = Math.min(close + 1, r.t.n);
}

export function readTrait(r: Reader, head: ItemHead): boolean {
  while (r.i < r.t.n && !r.is("trait")) r.i++;
  const at = ++r.i;
  const item = addItem(r, head, "trait", at, { name: r.text() });
  r.i++;
  r.fresh("safe-expr", item, () => {
    if (r.is("<")) readGenericArguments(r);
    if (r.take(":") || r.take("=")) readType(r);
    readWhere(r);
  });
  if (r.is("{")) readBody(r, item);
  else r.take(";");
  endItem(r, item);
  return true;
}

/** `impl<T> Trait for Type where … { … }` */
export function readImpl(r: Reader, head: ItemHead): boolean {
  while (r.i < r.t.n && !r.is("impl")) r.i++;
  const at = r.i++;
  const item = addItem(r, head, "impl", at, { isUnsafe: r.t.text(at - 1) === "unsafe" });
  const fact = r.out.items[item]!;
  r.fresh("safe-expr", item, () => {
    if (r.is("<")) readGenericArguments(r);
    while (r.is("!") || r.is("const")) r.i++;
    fact.self = r.out.path(typeHead(r));
    readType(r);
    if (r.take("for")) {
      fact.trait = fact.self;
      fact.self = r.out.path(typeHead(r));
      readType(r);
    }
    readWhere(r);
  });
  if (r.is("{")) readBody(r, item);
  endItem(r, item);
  return true;
}

/** The path that a type begins with, without references and arguments: `&'a mut a::B<C>` is `a::B`. */
export function typeHead(r: Reader): string {
  let at = r.i;
  while (
    ["&", "mut", "dyn", "*", "const", "("].includes(r.t.text(at)) ||
    r.t.kind[at] === T.lifetime
  )
    at++;
  let text = "";
  while (at < r.t.n && (r.t.kind[at] === T.ident || r.t.text(at) === "::")) {
    text += r.t.text(at);
    at++;
    if (r.t.kind[at] === T.ident) break;
  }
  return text;
}

export function isExternBlock(r: Reader): boolean {
  const from = r.is("unsafe") ? 1 : 0;
  if (!r.is("extern", from)) return false;
  const abi = r.kind(from + 1) === T.string ? 1 : 0;
  return r.is("{", from + 1 + abi);
}

export function readExternBlock(r: Reader, head: ItemHead): boolean {
  r.take("unsafe");
  const at = r.i++;
  const target = r.kind() === T.string ? r.text() : "";
  if (target !== "") r.i++;
  const item = addItem(r, head, "extern-block", at, { target });
  readBody(r, item);
  endItem(r, item);
  return true;
}
