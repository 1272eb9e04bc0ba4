import type { Span } from "../model/place.ts";
import type { RenderOptions } from "./options.ts";

/** Lines of a file as editors count them: LF, CRLF and a lone CR end one. */
export function splitLines(text: string): string[] {
  return text.split(/\r\n|\r|\n/);
}

/** Reads lines of packages' sources through the options, each file split once. */
export interface LineReader {
  text(packageName: string, version: string, file: string): string | undefined;
  lines(packageName: string, version: string, file: string): readonly string[] | undefined;
}

/** A reader that remembers; keep it for one rendering only. */
export function lineReader(options: RenderOptions): LineReader {
  const texts = new Map<string, string | undefined>();
  const split = new Map<string, readonly string[] | undefined>();
  const remembered = <T>(store: Map<string, T>, key: string, make: () => T): T => {
    if (!store.has(key)) store.set(key, make());
    return store.get(key) as T;
  };
  const text: LineReader["text"] = (name, version, file) =>
    remembered(texts, `${name}@${version}\n${file}`, () => options.source?.(name, version, file));
  const lines: LineReader["lines"] = (name, version, file) =>
    remembered(split, `${name}@${version}\n${file}`, () => {
      const whole = text(name, version, file);
      return whole === undefined ? undefined : splitLines(whole.replace(/^\ufeff/, ""));
    });
  return { text, lines };
}

/** Part of a span on its first line, end exclusive, at least one column wide, kept inside the line when it is known. */
export function firstLineOf(
  span: Span,
  line: string | undefined,
): { line: number; from: number; to: number } {
  const from = Math.max(
    1,
    Math.min(span.start.column, line === undefined ? Infinity : line.length + 1),
  );
  const oneLine = span.end.line === span.start.line;
  const wanted = oneLine ? span.end.column : (line?.length ?? from) + 1;
  const to = Math.max(from + 1, line === undefined ? wanted : Math.min(wanted, line.length + 1));
  return { line: Math.max(1, span.start.line), from, to };
}

/** Lines of a text with the byte that each starts at; every text is split once. */
export type LineIndex = (
  text: string,
) => readonly { readonly text: string; readonly byte: number }[];

/** A line index that remembers; keep it for one rendering only. */
export function lineIndex(): LineIndex {
  const known = new Map<string, ReturnType<LineIndex>>();
  return (text) => {
    const found = known.get(text);
    if (found) return found;
    let byte = 0;
    const lines = text.split(/(?<=\r\n|\r(?!\n)|\n)/).map((line) => {
      const start = byte;
      byte += Buffer.byteLength(line);
      return { text: line.replace(/[\r\n]+$/, ""), byte: start };
    });
    known.set(text, lines);
    return lines;
  };
}
