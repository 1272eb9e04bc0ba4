import { readAttributes } from "./attributes.ts";
import { readExpr } from "./exprs.ts";
import { addItem, endItem, mentionWords } from "./add-item.ts";
import type { Reader } from "./reader.ts";
import { readType } from "./types.ts";

/** The fields of a struct, union or variant, in braces or parentheses at the cursor. */
export function readFields(r: Reader): void {
  const close = r.close();
  const brace = r.is("{");
  r.i++;
  while (r.i < close) {
    const before = r.i;
    const attributes = readAttributes(r);
    mentionWords(r, attributes, r.i);
    skipVisibility(r);
    if (brace && r.is(":", 1)) r.i += 2;
    r.withCfg(attributes.cfg, () => {
      readType(r);
      if (r.take("=")) readExpr(r, close);
    });
    r.take(",");
    if (r.i === before) r.i++;
  }
  r.i = close + 1;
}

/** The variants of an enum, each an item of its own. */
export function readEnumBody(r: Reader): void {
  const close = r.close();
  r.i++;
  while (r.i < close) {
    const before = r.i;
    const attributes = readAttributes(r);
    skipVisibility(r);
    if (r.isIdent()) readVariant(r, { attributes, vis: "pub" }, close);
    r.take(",");
    if (r.i === before) r.i++;
  }
  r.i = close + 1;
}

function readVariant(r: Reader, head: Parameters<typeof addItem>[1], close: number): void {
  const item = addItem(r, head, "variant", r.i, { name: r.text() });
  r.i++;
  r.fresh("safe-expr", item, () => {
    if (r.is("{") || r.is("(")) readFields(r);
    if (r.take("=")) r.within("discriminant", () => readExpr(r, close));
  });
  endItem(r, item);
}

function skipVisibility(r: Reader): void {
  if (!r.take("pub")) return;
  if (r.is("(") && ["crate", "super", "self", "in"].includes(r.text(1))) r.i = r.close() + 1;
}
