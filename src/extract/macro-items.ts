import { and } from "../syntax/cfg.ts";
import { T } from "../syntax/tokens.ts";
import { addItem, endItem } from "./add-item.ts";
import type { MacroText } from "./facts.ts";
import type { ItemHead } from "./items.ts";
import { readItemMacro } from "./macros.ts";
import { readPath, startsPath } from "./paths.ts";
import type { Reader } from "./reader.ts";

/** `macro_rules! name { … }` and `macro name($a:expr) { … }` */
export function readMacroDef(r: Reader, head: ItemHead, nameOffset: number): boolean {
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

/** `path! { … }`, `path! name { … }` */
export function readMacroItem(r: Reader, head: ItemHead): boolean {
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
  if (path.segments === 1 || /^(::)?(cfg_if|std|core)::\w+$/.test(path.text)) {
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
