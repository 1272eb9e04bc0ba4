import { T } from "../syntax/tokens.ts";
import type { Reader } from "./reader.ts";
import type { MentionClass } from "./facts.ts";
import { readGenericArguments, readType } from "./types.ts";

/** A path at the cursor; the cursor stands behind it. */
export interface ReadPath {
  /** Segments joined by `::`, with a leading `::` where one is written. */
  readonly text: string;
  readonly segments: number;
  /** Token index of the last segment. */
  readonly last: number;
}

/** Names that no program defines for itself: mentioning them says nothing. */
const NO_NEWS = new Set(
  "u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64 bool char str Some None Ok Err true false _ self".split(
    " ",
  ),
);

/** Words that end an expression or type instead of naming something. */
const NO_PATH = new Set(
  "as break const continue dyn else enum extern fn for if impl in let loop match mod move mut pub ref return static struct trait type unsafe use where while async await".split(
    " ",
  ),
);

export function startsPath(r: Reader): boolean {
  // a name like any other in edition 2015
  if (r.is("async")) return !["move", "|", "||", "{", "gen", "fn"].includes(r.text(1));
  if (r.isIdent()) return !NO_PATH.has(r.word());
  return r.is("::") || r.is("<") || isSubstituted(r);
}

/** `$crate` in the text of a macro definition that is read without being expanded. */
function isSubstituted(r: Reader): boolean {
  return r.is("$") && r.isIdent(1);
}

/** Read a path; generic arguments are read as types. In types `<` opens them, in expressions only `::<`. */
export function readPath(r: Reader, mode: "expr" | "type"): ReadPath {
  let text = "";
  let segments = 0;
  let last = r.i;
  if (r.is("<")) {
    readQualified(r);
    text = "?";
    segments = 1;
  }
  for (;;) {
    const separator = r.take("::");
    if (!separator && segments > 0) break;
    if (separator && r.is("<")) {
      readGenericArguments(r);
      continue;
    }
    if (r.is("$")) r.i++;
    if (!r.isIdent() || (segments > 0 && !separator)) break;
    last = r.i;
    const name = r.text();
    text += separator ? `::${name}` : name;
    segments++;
    r.i++;
    if (mode === "type") readTypeArguments(r);
  }
  return { text, segments, last };
}

/** `<T as Trait>`, up to and with the closing angle. */
function readQualified(r: Reader): void {
  r.i++;
  readType(r);
  if (r.take("as")) readType(r);
  r.take(">");
}

function readTypeArguments(r: Reader): void {
  if (r.is("<")) readGenericArguments(r);
  if (r.is("(") && r.t.kind[r.i] === T.open) readParenthesized(r);
}

/** `Fn(A, B) -> C` */
function readParenthesized(r: Reader): void {
  const close = r.close();
  r.i++;
  while (r.i < close) {
    const before = r.i;
    readType(r);
    r.take(",");
    if (r.i === before) r.i++;
  }
  r.i = close + 1;
  if (r.take("->")) readType(r);
}

/** Keep the path as a mention, unless it says nothing. */
export function mentionPath(r: Reader, path: ReadPath, cls: MentionClass): void {
  if (path.segments === 0 || (path.segments === 1 && (NO_NEWS.has(path.text) || path.text === "?")))
    return;
  if (
    path.segments === 1 &&
    cls !== "type" &&
    cls !== "object" &&
    cls !== "macro" &&
    r.locals.has(path.text)
  )
    return;
  r.mention(path.text, path.last, cls);
}
