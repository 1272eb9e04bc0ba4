import { T } from "../syntax/tokens.ts";
import { addItem, endItem } from "./add-item.ts";
import { readExpr } from "./exprs.ts";
import type { ItemHead } from "./items.ts";
import type { Reader } from "./reader.ts";
import { readEnumBody, readFields } from "./shapes.ts";
import { readGenericArguments, readType, readWhere } from "./types.ts";
import { readUseTree } from "./uses.ts";

export function readUse(r: Reader, head: ItemHead): boolean {
  const at = r.i++;
  const uses = readUseTree(r);
  const item = addItem(r, head, "use", at, { uses });
  r.take(";");
  endItem(r, item);
  return true;
}

export function readExternCrate(r: Reader, head: ItemHead): boolean {
  r.i += 2;
  const at = r.i;
  const target = r.text();
  r.i++;
  let name = target;
  if (r.take("as")) {
    name = r.text();
    r.i++;
  }
  const item = addItem(r, head, "extern-crate", at, { name, target });
  r.take(";");
  endItem(r, item);
  return true;
}

export function readStruct(r: Reader, head: ItemHead): boolean {
  const kind = r.is("union") ? "union" : "struct";
  const at = ++r.i;
  const item = addItem(r, head, kind, at, { name: r.text() });
  r.i++;
  r.fresh("safe-expr", item, () => {
    if (r.is("<")) readGenericArguments(r);
    readWhere(r);
    if (r.kind() === T.open) readFields(r);
    readWhere(r);
  });
  r.take(";");
  endItem(r, item);
  return true;
}

export function readEnum(r: Reader, head: ItemHead): boolean {
  const at = ++r.i;
  const item = addItem(r, head, "enum", at, { name: r.text() });
  r.i++;
  r.fresh("safe-expr", item, () => {
    if (r.is("<")) readGenericArguments(r);
    readWhere(r);
    if (r.is("{")) readEnumBody(r);
  });
  endItem(r, item);
  return true;
}

export function readTypeAlias(r: Reader, head: ItemHead, close: number): boolean {
  const at = ++r.i;
  const item = addItem(r, head, "type", at, { name: r.text() });
  r.i++;
  r.fresh("type", item, () => {
    if (r.is("<")) readGenericArguments(r);
    while (r.i < close && !r.is(";")) {
      const before = r.i;
      if (r.is("=") || r.is(":")) r.i++;
      readType(r);
      readWhere(r);
      if (r.i === before) break;
    }
  });
  r.take(";");
  endItem(r, item);
  return true;
}

export function isConstant(r: Reader): boolean {
  const from = r.is("default") || r.is("unsafe") || r.is("safe") ? 1 : 0;
  if (r.is("static", from)) return true;
  return (
    r.is("const", from) &&
    r.isIdent(from + 1) &&
    !["fn", "unsafe", "async", "extern"].includes(r.word(from + 1))
  );
}

export function readConstant(r: Reader, head: ItemHead, close: number): boolean {
  while (!r.is("const") && !r.is("static")) r.i++;
  const kind = r.is("const") ? "const" : "static";
  r.i++;
  r.take("mut");
  const at = r.i;
  const item = addItem(r, head, kind, at, { name: r.text() });
  r.i++;
  r.fresh(kind === "const" ? "const-item" : "static", item, () => {
    if (r.is("<")) readGenericArguments(r);
    if (r.take(":")) readType(r);
    if (r.take("=")) readExpr(r, close);
    readWhere(r);
  });
  r.take(";");
  endItem(r, item);
  return true;
}
