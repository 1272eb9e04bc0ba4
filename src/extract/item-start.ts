import { T } from "../syntax/tokens.ts";
import type { Reader } from "./reader.ts";

/** Words that begin an item whatever follows. */
const ALWAYS = new Set("fn struct enum use impl pub".split(" "));

/** Words that begin an item only with the right word behind them. */
const WITH_NEXT: ReadonlyMap<string, (r: Reader, next: string) => boolean> = new Map([
  ["macro_rules", (_, next) => next === "!"],
  ["type", namesNext],
  ["mod", namesNext],
  ["trait", namesNext],
  ["union", namesNext],
  ["macro", namesNext],
  ["auto", namesNext],
  ["extern", (r, next) => r.kind(1) === T.string || ["crate", "{", "fn"].includes(next)],
  ["const", startsConst],
  ["static", (r, next) => r.isIdent(1) && next !== "move"],
  ["async", (r, next) => next === "fn" || (next === "unsafe" && r.is("fn", 2))],
  ["unsafe", (_, next) => ["fn", "impl", "trait", "extern", "mod"].includes(next)],
]);

/** Whether the tokens at the cursor begin an item rather than an expression. */
export function startsItem(r: Reader): boolean {
  if (!r.isIdent()) return false;
  const word = r.word();
  if (ALWAYS.has(word)) return true;
  return WITH_NEXT.get(word)?.(r, r.word(1)) ?? false;
}

function namesNext(r: Reader): boolean {
  return r.isIdent(1);
}

/** `const { … }`, `const || …` and `const async { … }` are expressions. */
function startsConst(r: Reader, next: string): boolean {
  if (next === "async") return r.is("fn", 2);
  return next !== "move" && r.isIdent(1);
}
