import { lex } from "../syntax/lexer.ts";
import { T, type Tokens } from "../syntax/tokens.ts";
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

/** What a package of procedural macros says of itself: code that its users have without writing it. */
export interface ProcMacros {
  readonly package: string;
  /** Names of its derives, attributes and functions, as users write them. */
  readonly names: ReadonlySet<string>;
  /** Paths in its templates; methods as `.name`, `?::a::b` where the beginning is computed. */
  readonly paths: ReadonlySet<string>;
}

/** Names of the macros that a file of a procedural macro defines. */
export function addMacroNames(facts: FileFacts, names: Set<string>): void {
  for (const item of facts.items) {
    for (const text of item.attributes ?? []) {
      const derive = /^proc_macro_derive\((\w+)/.exec(text)?.[1];
      if (derive !== undefined) names.add(derive);
      else if (text === "proc_macro" || text === "proc_macro_attribute") names.add(item.name);
    }
  }
}

/** Paths in the code templates of one file of a procedural macro, or of a package that it stands on. */
export function addTemplatePaths(facts: FileFacts, paths: Set<string>): void {
  for (const call of facts.calls)
    if (isTemplate(facts.paths[call.path]!)) addPaths(lex(call.macro.text), paths);
  for (const item of facts.items) {
    // a template may stand in a macro of the package's own
    if (item.macro !== undefined && (item.kind === "macro-def" || isTemplate(item.target ?? "")))
      addPaths(lex(item.macro.text), paths);
  }
}

function isTemplate(path: string): boolean {
  return TEMPLATES.has(path.slice(path.lastIndexOf(":") + 1));
}

/** `#name` stands for something that the macro computes and is no name itself. */
function addPaths(t: Tokens, paths: Set<string>): void {
  for (let at = 0; at < t.n; at++) {
    if (t.kind[at] !== T.ident && !(t.text(at) === "::" && t.kind[at + 1] === T.ident)) continue;
    const computed = at > 0 && t.text(at - 1) === "#";
    const method = at > 0 && t.text(at - 1) === ".";
    const leading = t.kind[at] !== T.ident && !computed;
    let path = computed ? "?" : leading ? "" : t.text(at);
    // NOTE: the cursor never goes back, whatever the tokens are: hostile text must not hold it.
    let next = leading ? at : at + 1;
    while (next + 1 < t.n && t.text(next) === "::" && t.kind[next + 1] === T.ident) {
      path += `::${t.text(next + 1)}`;
      next += 2;
    }
    at = Math.max(at, next - 1);
    if (path === "") continue;
    if (method) paths.add(`.${path}`);
    else if (path !== "?") paths.add(path);
    // a fragment: put behind a dot or a type elsewhere (`#builder.#finish`)
    const isFragment = at === 0 || t.text(at + 1) === "(";
    if (isFragment && !path.includes("::")) paths.add(`?::${path}`);
  }
}
