import { ALWAYS, and, not, readCfgList, type CfgExpr } from "../syntax/cfg.ts";
import { T } from "../syntax/tokens.ts";
import { readExpr, readList } from "./exprs.ts";
import { readItems } from "./items.ts";
import { noteHostCfg } from "./literals.ts";
import { readPattern } from "./patterns.ts";
import type { ReadPath } from "./paths.ts";
import type { Reader } from "./reader.ts";
import { readStatements } from "./statements.ts";
import { readType } from "./types.ts";

/** Where a macro invocation stands. */
export type MacroPlace = "expr" | "pattern" | "type" | "item";

/** Macros of std whose arguments are plain expressions: read in place. */
const EXPRESSION_MACROS = new Set(
  `print println eprint eprintln format write writeln panic assert assert_eq assert_ne debug_assert debug_assert_eq
   debug_assert_ne vec dbg todo unimplemented unreachable format_args addr_of addr_of_mut try`.split(
    /\s+/,
  ),
);
/** Macros of std whose arguments name nothing. */
const SILENT_MACROS = new Set(
  "env option_env include_str include_bytes stringify compile_error line column file module_path concat".split(
    " ",
  ),
);

/** Those of them that take none: with arguments it is another macro of that name. */
const WITHOUT_ARGUMENTS = new Set(["line", "column", "file", "module_path"]);

type Read = (r: Reader, close: number) => void;
const OTHER_MACROS: Readonly<Record<string, Read>> = {
  cfg: noteHostCfg,
  matches: readMatches,
  offset_of: readOffsetOf,
  include: noteInclude,
  thread_local: readItems,
  cfg_if: (r, close) => readCfgIf(r, close, readStatements),
  cfg_select: (r, close) => readCfgSelect(r, close, readStatements),
};

/** Read an invocation; the cursor stands at its `!`. What only its definition can explain is left for later. */
export function readMacroCall(r: Reader, path: ReadPath, place: Exclude<MacroPlace, "item">): void {
  r.mention(path.text, path.last, "macro");
  r.i++;
  if (r.isIdent()) r.i++;
  const reader = isAnother(r, path) ? undefined : knownMacro(path);
  if (reader === undefined) return keepCall(r, path, place);
  const close = r.close();
  const mark = r.locals.mark();
  r.i++;
  r.deeper(close, () => reader(r, close));
  r.locals.release(mark);
  r.i = Math.min(close + 1, r.t.n);
}

/** `cfg_if!`, `cfg_select!` and `thread_local!` around items; @returns false when it is none of them */
export function readItemMacro(r: Reader, name: string, close: number): boolean {
  if (name === "cfg_if") readCfgIf(r, close, readItems);
  else if (name === "cfg_select") readCfgSelect(r, close, readItems);
  else if (name === "thread_local") readItems(r, close);
  else return false;
  return true;
}

/** A macro of the package's own that is called like one of std. */
function isAnother(r: Reader, path: ReadPath): boolean {
  return WITHOUT_ARGUMENTS.has(path.text) && r.kind() === T.open && r.close() > r.i + 1;
}

function knownMacro(path: ReadPath): Read | undefined {
  const name = path.text.slice(path.text.lastIndexOf(":") + 1);
  const qualified = path.segments > 1 && !/^(::)?(std|core|alloc|cfg_if)::/.test(path.text);
  if (qualified) return undefined;
  if (EXPRESSION_MACROS.has(name)) return readFormat;
  if (SILENT_MACROS.has(name)) return (r, close) => void (r.i = close);
  return Object.hasOwn(OTHER_MACROS, name) ? OTHER_MACROS[name] : undefined;
}

function keepCall(r: Reader, path: ReadPath, as: "expr" | "pattern" | "type"): void {
  if (r.kind() !== T.open) return;
  const file = r.file(path.last);
  r.out.calls.push({
    path: r.out.path(path.text),
    at: r.at(path.last),
    item: r.item,
    cfg: r.cfg,
    context: r.context,
    as,
    macro: r.takeGroup(),
    ...(file === 0 ? {} : { file }),
  });
}

/** Arguments as expressions; names in the format string (`"{CONSTANT}"`) count as mentions. */
function readFormat(r: Reader, close: number): void {
  while (r.i < close) {
    const before = r.i;
    if (r.kind() === T.string) mentionFormatNames(r);
    if (r.isIdent() && r.is("=", 1)) r.i += 2; // named argument
    readExpr(r, close);
    if (r.take(";")) r.within("array-length", () => readExpr(r, close)); // vec![x; n]
    r.take(",");
    if (r.i === before) r.i++;
  }
}

function mentionFormatNames(r: Reader): void {
  const text = r.text();
  if (!text.includes("{")) return;
  for (const match of text.matchAll(/(?<!\{)\{([A-Za-z_]\w*)(?=[:}])/g)) {
    if (!r.locals.has(match[1]!)) r.mention(match[1]!, r.i, "value");
  }
}

/** `matches!(EXPR, PATTERN if GUARD)` */
function readMatches(r: Reader, close: number): void {
  readExpr(r, close);
  if (r.take(",")) readPattern(r, close);
  if (r.take("if")) readExpr(r, close);
}

/** `offset_of!(TYPE, field.path)` */
function readOffsetOf(r: Reader, close: number): void {
  readType(r);
  r.i = close;
}

/** `include!(…)`: which file that is, name resolution tells. */
function noteInclude(r: Reader, close: number): void {
  const words = Array.from({ length: close - r.i }, (_, k) => r.text(k));
  r.out.includes.push({ argument: words.join(""), item: r.item, cfg: r.cfg, at: r.at() });
  r.i = close;
}

/**
 * `if #[cfg(A)] { … } else if #[cfg(B)] { … } else { … }`: each arm also needs that none before it holds. A further
 * `if` without `else`, which macros of that name take that crates define themselves, begins anew.
 */
function readCfgIf(r: Reader, close: number, readArm: Read): void {
  let before: CfgExpr = ALWAYS;
  while (r.i < close) {
    const start = r.i;
    let own: CfgExpr | undefined;
    if (!r.take("else")) before = ALWAYS;
    if (r.take("if") && r.take("#")) {
      const end = r.close();
      own = r.is("cfg", 1) ? readCfgList(r.t, r.i + 3, r.t.match[r.i + 2]!)[0] : undefined;
      r.i = end + 1;
    }
    if (r.is("{")) readCfgArm(r, and(before, own) ?? ALWAYS, readArm);
    before = and(before, not(own ?? ALWAYS)) ?? ALWAYS;
    if (r.i === start) r.i++;
  }
}

/** `PREDICATE => { … } … _ => { … }` */
function readCfgSelect(r: Reader, close: number, readArm: Read): void {
  let before: CfgExpr = ALWAYS;
  while (r.i < close) {
    const from = r.i;
    while (r.i < close && !r.is("=>")) r.i = r.kind() === T.open ? r.close() + 1 : r.i + 1;
    const own = r.t.text(from) === "_" ? ALWAYS : (readCfgList(r.t, from, r.i)[0] ?? ALWAYS);
    r.take("=>");
    const holds = and(before, own) ?? ALWAYS;
    if (r.is("{")) readCfgArm(r, holds, readArm);
    else r.withCfg(holds, () => readList(r, Math.min(nextComma(r, close), close)));
    r.take(",");
    before = and(before, not(own)) ?? ALWAYS;
    if (r.i === from) r.i++;
  }
}

function nextComma(r: Reader, close: number): number {
  let at = r.i;
  while (at < close && r.t.text(at) !== ",")
    at = r.t.kind[at] === T.open ? r.t.match[at]! + 1 : at + 1;
  return at;
}

function readCfgArm(r: Reader, cfg: CfgExpr, readArm: Read): void {
  const end = r.close();
  r.i++;
  r.withCfg(cfg, () => r.deeper(end, () => readArm(r, end)));
  r.i = end + 1;
}
