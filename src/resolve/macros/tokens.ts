import { lex } from "../../syntax/lexer.ts";
import { matchDelimiters, T, type Tokens } from "../../syntax/tokens.ts";
import type { MacroText } from "../../extract/facts.ts";

/** A run of tokens: from `from` to before `to`. */
export interface Slice {
  readonly all: Tokens;
  readonly from: number;
  readonly to: number;
}

/** The tokens of a macro's text, with the places of the file that it was written in. */
export function sliceOf(macro: MacroText, file: number): Slice {
  if (macro.tokens !== undefined) return macro.tokens;
  const lexed = lex(macro.text);
  const { at } = macro;
  for (let i = 0; i <= lexed.n; i++) {
    lexed.start[i] = lexed.start[i]! + at;
    lexed.end[i] = lexed.end[i]! + at;
  }
  const text = (index: number): string => {
    const spelled = macro.text.slice(lexed.start[index]! - at, lexed.end[index]! - at);
    return lexed.kind[index] === T.ident && spelled.startsWith("r#") ? spelled.slice(2) : spelled;
  };
  const is = (index: number, word: string): boolean => {
    const start = lexed.start[index]!;
    return lexed.end[index]! - start === word.length && macro.text.startsWith(word, start - at);
  };
  const all: Tokens = { ...lexed, text, is, fileOf: () => file };
  return { all, from: 0, to: lexed.n };
}

/** Collects the tokens of an expansion; each keeps the place that it was written at. */
export class TokenSink {
  private readonly texts: string[] = [];
  private readonly kinds: number[] = [];
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];
  private readonly files: number[] = [];

  get size(): number {
    return this.texts.length;
  }

  copy(from: Tokens, index: number, text = from.text(index)): void {
    this.texts.push(text);
    this.kinds.push(from.kind[index]!);
    this.starts.push(from.start[index]!);
    this.ends.push(from.end[index]!);
    this.files.push(from.fileOf(index));
  }

  copySlice(slice: Slice): void {
    for (let i = slice.from; i < slice.to; i++) this.copy(slice.all, i);
  }

  finish(): Tokens {
    const n = this.texts.length;
    const { texts, files, starts, ends } = this;
    const kind = new Uint8Array(n + 1);
    kind.set(this.kinds);
    kind[n] = T.end;
    const match = new Int32Array(n + 1).fill(-1);
    matchDelimiters(n, kind, (index) => texts[index]!, match);
    const last = n === 0 ? 0 : this.ends[n - 1]!;
    return {
      n,
      kind,
      start: withLast(starts, last),
      end: withLast(ends, last),
      match,
      text: (index) => texts[index] ?? "",
      is: (index, text) => texts[index] === text && ends[index] === starts[index]! + text.length,
      fileOf: (index) => files[index] ?? files.at(-1) ?? 0,
      problems: [],
    };
  }
}

function withLast(values: readonly number[], last: number): Int32Array {
  const all = new Int32Array(values.length + 1);
  all.set(values);
  all[values.length] = last;
  return all;
}
