import { lex } from "../syntax/lexer.ts";
import { T, type Tokens } from "../syntax/tokens.ts";
import { codeStrings } from "./code-strings.ts";
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
  /** Whatever there may differ between hosts: what its invocations may bring unseen. */
  readonly telling: ReadonlySet<string>;
}

/** Words behind which something may stand that is more than a name: reading names alone does not see it. */
export const TELLING_WORDS: ReadonlySet<string> = new Set(
  "asm global_asm naked_asm libc nix rustix syscall link link_name no_mangle".split(" "),
);
/** What std has that differs between hosts. */
const TELLING_STD =
  /^(?:env|fs|net|process|thread|time|path|os::(?:unix|linux)::(?:fs|net|process)|os::linux|io::(?:Error|ErrorKind|copy)|sync::(?:Condvar|mpsc))(?:::|$)/;
/** The same in a text that code is made of. */
const TELLING_TEXT = /"[^"\n]{0,200}\b(?:libc::|asm!|std::(?:env|fs|net|process|thread|time|os)::)/;
const TELLING_STRING = /\b(?:libc::|asm!|std::(?:env|fs|net|process|thread|time|os)::)/;
const MOST = 80;

/** Add what a file of a procedural macro, or of a package that it stands on, writes that may differ between hosts. */
export function addTelling(facts: FileFacts, text: string, telling: Set<string>): void {
  for (const call of facts.calls)
    if (isTemplate(facts.paths[call.path]!)) addTellingOf(call.macro.text, telling);
  for (const { kind, macro, target = "" } of facts.items) {
    if (macro === undefined) continue;
    const writes = kind === "macro-def" ? /\bquote\w*!/.test(macro.text) : isTemplate(target);
    if (writes) addTellingOf(macro.text, telling);
  }
  if (!TELLING_TEXT.test(text)) return;
  const written = codeStrings(lex(text)).find((one) => TELLING_STRING.test(one));
  if (written !== undefined) telling.add(written.slice(0, MOST));
}

/** Whether a macro's text names anything that differs between hosts. */
export function isTellingText(text: string): boolean {
  const telling = new Set<string>();
  addTellingOf(text, telling);
  return telling.size > 0;
}

function addTellingOf(template: string, telling: Set<string>): void {
  const tokens = lex(template);
  const paths = new Set<string>();
  addPaths(tokens, paths);
  for (const path of paths) if (isTellingPath(path)) telling.add(path);
  for (let at = 0; at < tokens.n; at++) if (isForeign(tokens, at)) telling.add("extern");
}

/** `extern` of a block or a function; not of a crate, nor of what Rust code gives to Rust code. */
export function isForeign(t: Tokens, at: number): boolean {
  return t.is(at, "extern") && !t.is(at + 1, "crate") && t.text(at + 1) !== '"Rust"';
}

/** Whether a path leads to what differs between hosts, as far as its words tell. */
export function isTellingPath(path: string): boolean {
  if (path.startsWith(".")) return false;
  const segments = path.split("::").filter((segment) => segment !== "" && segment !== "?");
  if (segments.some((segment) => TELLING_WORDS.has(segment))) return true;
  const ofStd = segments[0] === "std" || segments[0] === "core";
  // `::time::Duration` is a crate's; `fs::read` may be std's, by an import
  if (segments.length < 2 || (path.startsWith("::") && !ofStd)) return false;
  return TELLING_STD.test(segments.slice(ofStd ? 1 : 0).join("::"));
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
  for (const { kind, macro, target = "" } of facts.items) {
    if (macro === undefined) continue;
    if (kind === "macro-def") addTemplatesIn(lex(macro.text), paths);
    else if (isTemplate(target)) addPaths(lex(macro.text), paths);
  }
}

/** A macro of the package's own is code that runs in the compiler, but templates may stand in it. */
function addTemplatesIn(t: Tokens, paths: Set<string>): void {
  for (let at = 0; at + 2 < t.n; at++) {
    const opens = t.is(at + 1, "!") && t.kind[at + 2] === T.open;
    if (opens && t.kind[at] === T.ident && isTemplate(t.text(at)))
      addPaths(t, paths, at + 3, t.match[at + 2]);
  }
}

function isTemplate(path: string): boolean {
  return TEMPLATES.has(path.slice(path.lastIndexOf(":") + 1));
}

function addPaths(t: Tokens, paths: Set<string>, from = 0, to = t.n): void {
  for (let at = from; at < to; at++) {
    if (t.kind[at] !== T.ident && !(t.text(at) === "::" && t.kind[at + 1] === T.ident)) continue;
    const before = at > from ? t.text(at - 1) : "";
    const { path, next } = pathAt(t, at, to, before === "#");
    const isFirst = at === from;
    // NOTE: the cursor never goes back, whatever the tokens are: hostile text must not hold it.
    at = Math.max(at, next - 1);
    if (path === "") continue;
    if (before === ".") paths.add(`.${path}`);
    else if (path !== "?") paths.add(path);
    // a fragment: put behind a dot or a type elsewhere (`#builder.#finish`)
    if (isFirst && !path.includes("::")) paths.add(`?::${path}`);
  }
}

/** @param computed `#name` stands for something that the macro computes and is no name itself */
function pathAt(
  t: Tokens,
  at: number,
  to: number,
  computed: boolean,
): { path: string; next: number } {
  const leading = t.kind[at] !== T.ident && !computed;
  let path = computed ? "?" : leading ? "" : t.text(at);
  let next = leading ? at : at + 1;
  while (next + 1 < to && t.text(next) === "::" && t.kind[next + 1] === T.ident) {
    path += `::${t.text(next + 1)}`;
    next += 2;
  }
  return { path, next };
}
