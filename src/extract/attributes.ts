import { and, not, readCfg, readCfgList, unquote, type CfgExpr } from "../syntax/cfg.ts";
import { T, type Tokens } from "../syntax/tokens.ts";
import type { PathAttribute } from "./facts.ts";
import type { Reader } from "./reader.ts";

/** The attributes in front of an item, statement, field or arm. */
export interface Attributes {
  readonly cfg: CfgExpr | undefined;
  readonly paths: readonly PathAttribute[];
  /** All others as compact text: `macro_export`, `link_name="x"`, `derive(Clone,Copy)`. */
  readonly others: readonly string[];
  /** Paths in attributes that only their macros understand, those in string literals too. */
  readonly words: readonly string[];
}

const NONE: Attributes = { cfg: undefined, paths: [], others: [], words: [] };

/** Attributes of the language and its tools that name nothing of a program. */
const SILENT = new Set(
  `doc inline allow warn deny forbid expect must_use repr test bench ignore should_panic deprecated non_exhaustive cold
   track_caller no_mangle export_name link link_name link_section link_args used naked target_feature macro_export
   macro_use recursion_limit type_length_limit no_std no_core no_main feature unstable stable rustfmt clippy rustdoc
   diagnostic automatically_derived proc_macro proc_macro_derive proc_macro_attribute global_allocator panic_handler
   crate_name crate_type windows_subsystem no_link no_builtins fundamental lang doc_cfg coverage optimize miri`.split(
    /\s+/,
  ),
);

interface Gathered {
  cfg: CfgExpr | undefined;
  paths: PathAttribute[];
  others: string[];
  words: string[];
}

/** Read `#[…]`, or `#![…]` with `inner`, at the cursor. */
export function readAttributes(r: Reader, inner = false): Attributes {
  if (!r.is("#")) return NONE;
  const found: Gathered = { cfg: undefined, paths: [], others: [], words: [] };
  while (r.is("#")) {
    const bang = r.is("!", 1);
    const open = bang ? 2 : 1;
    if (bang !== inner || r.kind(open) !== T.open || !r.is("[", open)) break;
    r.i += open;
    const close = r.close();
    gather(r.t, r.i + 1, close, undefined, found);
    r.i = close + 1;
  }
  return found;
}

/** One attribute, without its brackets; `given` is the predicate of the `cfg_attr` around it. */
function gather(
  t: Tokens,
  from: number,
  to: number,
  given: CfgExpr | undefined,
  found: Gathered,
): void {
  let at = from;
  if (at + 1 < to && t.text(at) === "unsafe" && t.kind[at + 1] === T.open) {
    gather(t, at + 2, t.match[at + 1]!, given, found);
    return;
  }
  const name = at < to ? t.text(at) : "";
  at++;
  // `cfg_attr(…, test)`: without the predicate it is a plain function
  if (given !== undefined && (name === "test" || name === "bench")) return;
  if (name === "cfg" && t.kind[at] === T.open) {
    const cfg = readCfgList(t, at + 1, t.match[at]!)[0];
    if (cfg !== undefined)
      found.cfg = and(
        found.cfg,
        given === undefined ? cfg : { op: "any", args: [not(given), cfg] },
      );
    return;
  }
  if (name === "cfg_attr" && t.kind[at] === T.open)
    return gatherConditional(t, at + 1, t.match[at]!, given, found);
  if (name === "path" && at + 1 < to && t.text(at) === "=") {
    const value = unquote(t.text(at + 1));
    found.paths.push(given === undefined ? { value } : { cfg: given, value });
    return;
  }
  found.others.push(compact(t, from, to));
  if (!SILENT.has(name)) addWords(t, from, to, found.words);
}

/** Every path in the tokens, and every one inside a string (`#[serde(with = "module::path")]`). */
function addWords(t: Tokens, from: number, to: number, words: string[]): void {
  for (let at = from; at < to && words.length < 400; at++) {
    if (t.kind[at] === T.string) {
      for (const [word] of t.text(at).matchAll(/[A-Za-z_]\w*(?:::[A-Za-z_]\w*)*/g))
        words.push(word);
    } else if (t.kind[at] === T.ident) {
      let word = t.text(at);
      while (at + 2 < to && t.text(at + 1) === "::" && t.kind[at + 2] === T.ident) {
        word += `::${t.text(at + 2)}`;
        at += 2;
      }
      words.push(word);
    }
  }
}

/** `cfg_attr` inside `cfg_attr` inside …: more than this is made to exhaust the stack. */
const MAX_NESTED = 64;

/** `cfg_attr(PREDICATE, ATTRIBUTE, …)` */
function gatherConditional(
  t: Tokens,
  from: number,
  to: number,
  given: CfgExpr | undefined,
  found: Gathered,
): void {
  const read = readCfg(t, from, to);
  const both = and(given, read.expr);
  if (given?.op === "all" && given.args.length > MAX_NESTED) return;
  let start = read.next + 1;
  for (let at = start; at <= to; at++) {
    if (at < to && t.kind[at] === T.open) at = t.match[at]!;
    else if (at === to || t.text(at) === ",") {
      if (at > start) gather(t, start, at, both, found);
      start = at + 1;
    }
  }
}

function compact(t: Tokens, from: number, to: number): string {
  let text = "";
  for (let at = from; at < to && text.length < 200; at++) text += t.text(at);
  return text;
}

/** True when such an item only exists in test builds, which are never the program. */
export function onlyInTests(attributes: Attributes): boolean {
  return (
    isTest(attributes.cfg) || attributes.others.some((text) => text === "test" || text === "bench")
  );
}

function isTest(cfg: CfgExpr | undefined): boolean {
  if (cfg === undefined) return false;
  if (cfg.op === "is") return cfg.name === "test" && cfg.value === undefined;
  return cfg.op === "all" && cfg.args.some(isTest);
}
