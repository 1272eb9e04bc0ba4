import { lex } from "../../syntax/lexer.ts";
import { matchDelimiters, T, type Tokens } from "../../syntax/tokens.ts";

/** Tokens of a macro's text, and the spellings of those that stand for a doc comment. */
export interface MacroTokens {
  readonly tokens: Tokens;
  readonly spelled: readonly (string | undefined)[];
}

const NONE: MacroTokens["spelled"] = [];
const KINDS = [T.punct, T.open, T.ident, T.punct, T.string, T.close];

/** Cut a macro's text into tokens. For a macro `/// text` is `#[doc = r" text"]`, as it is for rustc. */
export function lexMacro(text: string): MacroTokens {
  if (!/\/\/[/!]|\/\*[*!]/.test(text)) return { tokens: lex(text), spelled: NONE };
  const comments: number[] = [];
  const tokens = lex(text, comments);
  const docs: Doc[] = [];
  for (let k = 0; k < comments.length; k += 2) {
    const doc = docOf(text, comments[k]!, comments[k + 1]!);
    if (doc !== undefined) docs.push(doc);
  }
  return docs.length === 0 ? { tokens, spelled: NONE } : merged(tokens, docs, text);
}

interface Doc {
  readonly at: number;
  readonly words: readonly string[];
}

/** `////` and `/***` are plain comments, and so is the empty one. */
function docOf(text: string, at: number, end: number): Doc | undefined {
  const comment = text.slice(at, end).replace(/\r?\n$/, "");
  const mark = /^(?:\/\/!|\/\/\/(?!\/)|\/\*!|\/\*\*(?![*/]))/.exec(comment)?.[0];
  if (mark === undefined) return undefined;
  const body = comment.slice(3, mark[1] === "*" ? -2 : undefined);
  const inner = mark.endsWith("!") ? ["#", "!"] : ["#"];
  return { at, words: [...inner, "[", "doc", "=", rawString(body), "]"] };
}

function rawString(body: string): string {
  let fence = "";
  while (body.includes(`"${fence}`)) fence += "#";
  return `r${fence}"${body}"${fence}`;
}

function merged(t: Tokens, docs: readonly Doc[], source: string): MacroTokens {
  const size = t.n + 1 + docs.reduce((sum, { words }) => sum + words.length, 0);
  const kind = new Uint8Array(size);
  const [start, end] = [new Int32Array(size), new Int32Array(size)];
  const spelled: (string | undefined)[] = [];
  let n = 0;
  let next = 0;
  for (let index = 0; index <= t.n; index++) {
    for (; next < docs.length && docs[next]!.at <= t.start[index]!; next++) {
      const { at, words } = docs[next]!;
      const kinds = words.length > KINDS.length ? [T.punct, ...KINDS] : KINDS;
      for (const [k, word] of words.entries()) {
        kind[n] = kinds[k]!;
        start[n] = at;
        end[n] = at + word.length;
        spelled[n++] = word;
      }
    }
    kind[n] = t.kind[index]!;
    start[n] = t.start[index]!;
    end[n++] = t.end[index]!;
  }
  const match = new Int32Array(size).fill(-1);
  matchDelimiters(size - 1, kind, (i) => spelled[i] ?? source[start[i]!]!, match);
  return { tokens: { ...t, n: size - 1, kind, start, end, match }, spelled };
}
