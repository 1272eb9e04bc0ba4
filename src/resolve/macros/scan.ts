import { T } from "../../syntax/tokens.ts";
import { FactsBuilder } from "../../extract/builder.ts";
import type { FileFacts } from "../../extract/facts.ts";
import { Reader } from "../../extract/reader.ts";
import type { Slice } from "./tokens.ts";

/** Words that name nothing. */
const WORDS = new Set(
  "as async await break const continue crate dyn else enum extern false fn for if impl in let loop match mod move mut pub ref return self Self static struct super trait true type unsafe use where while".split(
    " ",
  ),
);

const NO_LINES = new Int32Array(0);

/** The paths in tokens that no grammar applies to, each as a mention in a macro's argument. */
export function scanTokens(slice: Slice): FileFacts {
  const out = new FactsBuilder();
  out.add({ kind: "mod", name: "", parent: -1, cfg: 0, at: 0, end: 0, vis: "pub", inline: true });
  const r = new Reader({ tokens: slice.all, out });
  r.within("macro-argument", () => scan(r, slice.from, slice.to));
  return out.finish(NO_LINES);
}

function scan(r: Reader, from: number, to: number): void {
  const { t } = r;
  for (let at = from; at < to; at++) {
    if (t.kind[at] !== T.ident) continue;
    const end = pathEnd(t, at, to);
    const text = pathText(t, at, end);
    const member = at > from && (t.text(at - 1) === "." || t.text(at - 1) === "$");
    if (member) r.method(text, at);
    else if (end - at > 1 || !WORDS.has(text))
      r.mention(text, end - 1, t.text(end) === "!" ? "macro" : "value");
    at = end - 1;
  }
}

function pathEnd(t: Slice["all"], at: number, to: number): number {
  let end = at + 1;
  while (end + 1 < to && t.text(end) === "::" && t.kind[end + 1] === T.ident) end += 2;
  return end;
}

function pathText(t: Slice["all"], at: number, end: number): string {
  let text = at > 0 && t.text(at - 1) === "::" ? "::" : "";
  for (let i = at; i < end; i++) text += t.text(i);
  return text;
}
