import { lex } from "../syntax/lexer.ts";
import { T } from "../syntax/tokens.ts";
import type { MacroText } from "./facts.ts";

/** `yes { mod a; } no { mod b; }`: groups that no item has, as items may stand in them. */
export function groupsIn(text: string): (MacroText & { readonly name: string })[] {
  const t = lex(text);
  const groups: (MacroText & { readonly name: string })[] = [];
  for (let at = 0; at < t.n; at++) {
    if (t.kind[at] !== T.open) continue;
    const close = t.match[at]!;
    const isModule = at > 1 && t.is(at - 2, "mod");
    const inner = text.slice(t.end[at], t.start[close]);
    const name = at > 0 && t.kind[at - 1] === T.ident ? t.text(at - 1) : "";
    if (t.is(at, "{") && !isModule)
      groups.push({ text: inner, at: t.end[at]!, delimiter: "{", name });
    at = close;
  }
  return groups;
}
