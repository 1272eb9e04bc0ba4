import { T } from "../syntax/tokens.ts";
import { readAttributes } from "./attributes.ts";
import { readExpr } from "./exprs.ts";
import type { ItemFact, ItemKind, MacroText } from "./facts.ts";
import { readFn } from "./functions.ts";
import { readItems, type ItemHead } from "./items.ts";
import { readItemMacro } from "./macros.ts";
import { readPath, startsPath } from "./paths.ts";
import type { Reader } from "./reader.ts";
import { readEnumBody, readFields } from "./shapes.ts";
import { readGenericArguments, readType, readWhere } from "./types.ts";
import { readUseTree } from "./uses.ts";
import { and } from "../syntax/cfg.ts";

/** Read the item whose keyword is at the cursor. @returns false when there is none */
export function readItemKind(r: Reader, head: ItemHead, close: number): boolean {
  const word = r.text();
  if (word === "use") return readUse(r, head);
  if (word === "mod" || (word === "unsafe" && r.is("mod", 1))) return readMod(r, head);
  if (word === "struct" || (word === "union" && r.isIdent(1))) return readStruct(r, head);
  if (word === "enum") return readEnum(r, head);
  if (
    word === "trait" ||
    ((word === "unsafe" || word === "auto") && (r.is("trait", 1) || r.is("auto", 1)))
  )
    return readTrait(r, head);
  if (word === "impl" || ((word === "unsafe" || word === "default") && r.is("impl", 1)))
    return readImpl(r, head);
  if (word === "type" && r.isIdent(1)) return readTypeAlias(r, head, close);
  if (word === "macro_rules" && r.is("!", 1)) return readMacroDef(r, head, 2);
  if (word === "macro" && r.isIdent(1)) return readMacroDef(r, head, 1);
  if (word === "extern" && r.is("crate", 1)) return readExternCrate(r, head);
  if (isExternBlock(r)) return readExternBlock(r, head);
  if (isConstant(r)) return readConstant(r, head, close);
  if (isFn(r)) return readFn(r, head);
  return readMacroItem(r, head);
}

/** Add an item; what its attributes and the surroundings say of cfg is joined. */
export function addItem(
  r: Reader,
  head: ItemHead,
  kind: ItemKind,
  at: number,
  more: Partial<ItemFact> = {},
): number {
  const { attributes, vis } = head;
  const file = r.file(at);
  return r.out.add({
    kind,
    name: "",
    parent: r.item,
    cfg: r.out.cfgAnd(r.cfg, attributes.cfg),
    at: r.at(at),
    end: r.at(at),
    vis,
    ...(attributes.others.length > 0 ? { attributes: attributes.others } : {}),
    ...(file === 0 ? {} : { file }),
    ...more,
  });
}

export function endItem(r: Reader, item: number): void {
  r.out.items[item]!.end = r.i > 0 ? r.t.end[r.i - 1]! : 0;
}

function readUse(r: Reader, head: ItemHead): boolean {
  const at = r.i++;
  const uses = readUseTree(r);
  const item = addItem(r, head, "use", at, { uses });
  r.take(";");
  endItem(r, item);
  return true;
}

function readMod(r: Reader, head: ItemHead): boolean {
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

function readStruct(r: Reader, head: ItemHead): boolean {
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

function readEnum(r: Reader, head: ItemHead): boolean {
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

function readTrait(r: Reader, head: ItemHead): boolean {
  while (!r.is("trait")) r.i++;
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
function readImpl(r: Reader, head: ItemHead): boolean {
  while (!r.is("impl")) r.i++;
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

function readTypeAlias(r: Reader, head: ItemHead, close: number): boolean {
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

/** `macro_rules! name { … }` and `macro name($a:expr) { … }` */
function readMacroDef(r: Reader, head: ItemHead, nameOffset: number): boolean {
  const at = r.i + nameOffset;
  r.i = at + 1;
  if (r.kind() !== T.open) return false;
  const name = r.t.text(at);
  const attributes =
    nameOffset === 1 ? [...head.attributes.others, "macro"] : head.attributes.others;
  const macro = nameOffset === 1 ? takeDeclMacro(r) : r.takeGroup();
  const item = addItem(r, head, "macro-def", at, { name, macro, attributes });
  r.take(";");
  endItem(r, item);
  return true;
}

/** `macro name($a:expr) { body }` has one rule and no arrow; only its body is kept, as nothing can match it. */
function takeDeclMacro(r: Reader): MacroText {
  const first = r.takeGroup();
  return r.is("{") ? r.takeGroup() : first;
}

function readExternCrate(r: Reader, head: ItemHead): boolean {
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

function isExternBlock(r: Reader): boolean {
  const from = r.is("unsafe") ? 1 : 0;
  if (!r.is("extern", from)) return false;
  const abi = r.kind(from + 1) === T.string ? 1 : 0;
  return r.is("{", from + 1 + abi);
}

function readExternBlock(r: Reader, head: ItemHead): boolean {
  r.take("unsafe");
  const at = r.i++;
  const target = r.kind() === T.string ? r.text() : "";
  if (target !== "") r.i++;
  const item = addItem(r, head, "extern-block", at, { target });
  readBody(r, item);
  endItem(r, item);
  return true;
}

function isConstant(r: Reader): boolean {
  const from = r.is("default") || r.is("unsafe") || r.is("safe") ? 1 : 0;
  if (r.is("static", from)) return true;
  return (
    r.is("const", from) &&
    r.isIdent(from + 1) &&
    !["fn", "unsafe", "async", "extern"].includes(r.text(from + 1))
  );
}

function readConstant(r: Reader, head: ItemHead, close: number): boolean {
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

function isFn(r: Reader): boolean {
  for (let offset = 0; offset < 7; offset++) {
    if (r.is("fn", offset)) return true;
    const known = ["const", "async", "unsafe", "safe", "extern", "default", "gen"].includes(
      r.text(offset),
    );
    if (!known && r.kind(offset) !== T.string) return false;
  }
  return false;
}

/** `path! { … }`, `path! name { … }` */
function readMacroItem(r: Reader, head: ItemHead): boolean {
  if (!startsPath(r) || r.is("<")) return false;
  const start = r.i;
  const path = readPath(r, "expr");
  if (path.segments === 0 || !r.is("!")) {
    r.i = start;
    return false;
  }
  r.i++;
  const named = r.isIdent() ? r.text() : "";
  if (named !== "") r.i++;
  if (r.kind() !== T.open) return false;
  r.mention(path.text, path.last, "macro");
  const close = r.close();
  const name = path.text.slice(path.text.lastIndexOf(":") + 1);
  if (path.segments === 1 || path.text === "cfg_if::cfg_if") {
    const open = r.i;
    r.i++;
    let read = false;
    r.withCfg(and(undefined, head.attributes.cfg), () => (read = readItemMacro(r, name, close)));
    r.i = read ? close + 1 : open;
    if (read) return true;
  }
  const item = addItem(r, head, "macro-call", path.last, {
    name: named,
    target: path.text,
    macro: r.takeGroup(),
  });
  r.take(";");
  endItem(r, item);
  return true;
}
