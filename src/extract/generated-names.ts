import { lex } from "../syntax/lexer.ts";
import { T } from "../syntax/tokens.ts";
import type { FileFacts } from "./facts.ts";

/** Macros in which the code of a procedural macro writes down the code that it generates. */
const TEMPLATES = new Set([
  "quote",
  "quote_spanned",
  "parse_quote",
  "parse_quote_spanned",
  "quote_token",
  "format_ident",
]);

/** Names in the code templates of one file of a procedural macro: what its users may mention without writing it. */
export function generatedNames(facts: FileFacts): Set<string> {
  const names = new Set<string>();
  for (const call of facts.calls)
    if (isTemplate(facts.paths[call.path]!)) addNames(call.macro.text, names);
  for (const item of facts.items) {
    if (item.macro !== undefined && isTemplate(item.target ?? "")) addNames(item.macro.text, names);
  }
  return names;
}

function isTemplate(path: string): boolean {
  return TEMPLATES.has(path.slice(path.lastIndexOf(":") + 1));
}

/** `#name` stands for something that the macro computes and is no name itself. */
function addNames(text: string, names: Set<string>): void {
  const t = lex(text);
  for (let at = 0; at < t.n; at++) {
    if (t.kind[at] === T.ident && (at === 0 || t.text(at - 1) !== "#")) names.add(t.text(at));
  }
}
