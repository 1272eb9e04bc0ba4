import { matchDelimiters, T, type Tokens } from "../../syntax/tokens.ts";
import type { MacroText } from "../../extract/facts.ts";
import { lexMacro } from "./docs.ts";

/** A run of tokens: from `from` to before `to`. */
export interface Slice {
  readonly all: Tokens;
  readonly from: number;
  readonly to: number;
}

/** The tokens of a macro's text, with the places of the file that it was written in. */
export function sliceOf(macro: MacroText, file: number): Slice {
  if (macro.tokens !== undefined) return macro.tokens;
  const { tokens: lexed, spelled } = lexMacro(macro.text);
  const { at } = macro;
  for (let i = 0; i <= lexed.n; i++) {
    lexed.start[i] = lexed.start[i]! + at;
    lexed.end[i] = lexed.end[i]! + at;
  }
  const known = [...spelled];
  const text = (index: number): string => (known[index] ??= spell(index));
  const spell = (index: number): string => {
    const word = macro.text.slice(lexed.start[index]! - at, lexed.end[index]! - at);
    return lexed.kind[index] === T.ident && word.startsWith("r#") ? word.slice(2) : word;
  };
  const is = (index: number, word: string): boolean => {
    if (spelled[index] !== undefined) return spelled[index] === word;
    const start = lexed.start[index]!;
    return lexed.end[index]! - start === word.length && macro.text.startsWith(word, start - at);
  };
  const all: Tokens = { ...lexed, text, is, fileOf: () => file };
  return { all, from: 0, to: lexed.n };
}

/** What a sink writes into: one for all, since an expansion is finished before the next one begins. */
let room = newRoom(1024);
const texts: string[] = [];

function newRoom(size: number): Record<"starts" | "ends" | "files", Int32Array> & {
  kinds: Uint8Array;
} {
  return {
    kinds: new Uint8Array(size),
    starts: new Int32Array(size),
    ends: new Int32Array(size),
    files: new Int32Array(size),
  };
}

function grow(): void {
  const larger = newRoom(room.kinds.length * 2);
  larger.kinds.set(room.kinds);
  larger.starts.set(room.starts);
  larger.ends.set(room.ends);
  larger.files.set(room.files);
  room = larger;
}

/** Shorter columns are small objects to the engine; of longer ones each would cost as much as dozens of numbers. */
const SHORT = 12;
/** Bytes per token: four numbers and a kind. */
const BYTES = 17;
/** Buffers for the numbers of many expansions; small, since each lives as long as any of them. */
const CHUNK = 64 * 1024;
let chunk = new ArrayBuffer(CHUNK);
let chunkUsed = 0;

/** Room in a buffer for so many tokens. */
function place(size: number): { buffer: ArrayBuffer; from: number } {
  const bytes = (size * BYTES + 3) & ~3;
  if (bytes > CHUNK / 8) return { buffer: new ArrayBuffer(bytes), from: 0 };
  if (chunkUsed + bytes > CHUNK) {
    chunk = new ArrayBuffer(CHUNK);
    chunkUsed = 0;
  }
  const from = chunkUsed;
  chunkUsed += bytes;
  return { buffer: chunk, from };
}

/** A copy of what the room holds. */
function columns(size: number): Record<"start" | "end" | "file" | "match", Int32Array> & {
  kind: Uint8Array;
} {
  const { buffer, from } = size > SHORT ? place(size) : { buffer: undefined, from: 0 };
  const column = (k: number): Int32Array =>
    buffer === undefined ? new Int32Array(size) : new Int32Array(buffer, from + k * size * 4, size);
  const [start, end, file, match] = [column(0), column(1), column(2), column(3)];
  const kind =
    buffer === undefined ? new Uint8Array(size) : new Uint8Array(buffer, from + size * 16, size);
  const { kinds, starts, ends, files } = room;
  for (let at = 0; at < size; at++) {
    kind[at] = kinds[at]!;
    start[at] = starts[at]!;
    end[at] = ends[at]!;
    file[at] = files[at]!;
    match[at] = -1;
  }
  return { kind, start, end, file, match };
}

/** Collects the tokens of an expansion; each keeps the place that it was written at. Only one may be in use. */
export class TokenSink {
  size = 0;

  copy(from: Tokens, index: number, text = from.text(index)): void {
    const at = this.size++;
    if (at + 1 >= room.kinds.length) grow();
    texts[at] = text;
    room.kinds[at] = from.kind[index]!;
    room.starts[at] = from.start[index]!;
    room.ends[at] = from.end[index]!;
    room.files[at] = from.fileOf(index);
  }

  /** `crateMark::` before the token that comes next, at its place. */
  qualify(from: Tokens, index: number, crateMark: string): void {
    this.copy(from, index, crateMark);
    this.copy(from, index, "::");
    const at = this.size - 1;
    room.kinds[at] = T.punct;
    room.ends[at] = room.starts[at]! + 2; // an operator is as long as it is spelled
  }

  /** Copy tokens from one to before another: the same as one by one, in less time. */
  copyRun(tokens: Tokens, from: number, to: number): void {
    let at = this.size;
    while (at + to - from >= room.kinds.length) grow();
    const { kinds, starts, ends, files } = room;
    const { kind, start, end } = tokens;
    for (let index = from; index < to; index++, at++) {
      texts[at] = tokens.text(index);
      kinds[at] = kind[index]!;
      starts[at] = start[index]!;
      ends[at] = end[index]!;
      files[at] = tokens.fileOf(index);
    }
    this.size = at;
  }

  finish(): Tokens {
    const n = this.size;
    const spelled = texts.slice(0, n);
    const last = n === 0 ? 0 : room.ends[n - 1]!;
    room.kinds[n] = T.end;
    room.starts[n] = last;
    room.ends[n] = last;
    room.files[n] = n === 0 ? 0 : room.files[n - 1]!;
    const { kind, start, end, file, match } = columns(n + 1);
    matchDelimiters(n, kind, (index) => spelled[index]!, match);
    return {
      n,
      kind,
      start,
      end,
      match,
      text: (index) => spelled[index] ?? "",
      is: (index, text) => spelled[index] === text && end[index] === start[index]! + text.length,
      fileOf: (index) => file[index] ?? file[n]!,
      problems: [],
    };
  }
}
