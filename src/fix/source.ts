import type { Position, Span } from "../model/place.ts";
import { lex } from "../syntax/lexer.ts";
import { lineStartsOf, positionAt } from "../syntax/positions.ts";
import { T, type Tokens } from "../syntax/tokens.ts";
import { lastAtMost } from "../util/sorted.ts";

/** One Rust file as fixes look at it: its text, its tokens, and how places and offsets hang together. */
export interface Source {
  readonly text: string;
  readonly tokens: Tokens;
  /** UTF-16 offset of a position; undefined when the file has no such line. */
  offsetOf(position: Position): number | undefined;
  positionOf(offset: number): Position;
  /** Index of the token that begins at a position; undefined when none does. */
  tokenAt(position: Position): number | undefined;
}

let last: Source | undefined;

/** Cuts a file into tokens. An editor asks for many results of one file in a row: the last one is remembered. */
export function readSource(text: string): Source {
  if (last?.text !== text) last = cut(text);
  return last;
}

function cut(text: string): Source {
  const tokens = lex(text);
  const lineStarts = lineStartsOf(text);
  const offsetOf = ({ line, column }: Position): number | undefined => {
    const start = lineStarts[line - 1];
    return start === undefined ? undefined : start + column - 1;
  };
  return {
    text,
    tokens,
    offsetOf,
    positionOf: (offset) => positionAt(lineStarts, offset),
    tokenAt: (position) => {
      const offset = offsetOf(position);
      return offset === undefined ? undefined : tokenFrom(tokens, offset);
    },
  };
}

/** The identifier or number that is marked, when the text still has one there. */
export function markedToken(source: Source, span: Span): number | undefined {
  const { tokens } = source;
  const index = source.tokenAt(span.start);
  if (index === undefined || tokens.end[index] !== source.offsetOf(span.end)) return undefined;
  return tokens.kind[index] === T.ident || tokens.kind[index] === T.number ? index : undefined;
}

function tokenFrom(tokens: Tokens, offset: number): number | undefined {
  const index = lastAtMost(tokens.start, offset, tokens.n);
  return index < tokens.n && tokens.start[index] === offset ? index : undefined;
}

/** Text from the first to the last of some tokens, as it is written. */
export function textOf({ text, tokens }: Source, first: number, last: number): string {
  return text.slice(tokens.start[first], tokens.end[last]);
}

/** Whether a comment stands between two tokens: text that a rewrite would lose. */
export function hasComment(source: Source, first: number, last: number): boolean {
  for (let at = first; at < last; at++) {
    const gap = source.text.slice(source.tokens.end[at], source.tokens.start[at + 1]);
    if (gap.trim() !== "") return true;
  }
  return false;
}
