/** How a client counts columns. Ours count UTF-16 units, from 1. */
export const ENCODINGS = ["utf-8", "utf-16", "utf-32"] as const;
export type Encoding = (typeof ENCODINGS)[number];

/**
 * The encoding to speak: the first of utf-8 and utf-32 that the client lists, else utf-16. It is how rust-analyzer
 * chooses, and clients show both servers' places in the same buffers.
 */
export function chooseEncoding(offered: readonly string[] | undefined): Encoding {
  const wide = offered?.find((one) => one === "utf-8" || one === "utf-32");
  return (wide as Encoding | undefined) ?? "utf-16";
}

/** A column of a line, counted from 0 in UTF-16 units, as the client counts it. Behind the end counts as the end. */
export function toClient(line: string, column: number, encoding: Encoding): number {
  const at = Math.min(Math.max(column, 0), line.length);
  if (encoding === "utf-16") return at;
  const head = line.slice(0, at);
  return encoding === "utf-8" ? Buffer.byteLength(head) : codePoints(head);
}

/** The other way round. A column inside a character counts as its beginning. */
export function fromClient(line: string, column: number, encoding: Encoding): number {
  if (encoding === "utf-16") return Math.min(column, line.length);
  let at = 0;
  let left = column;
  for (const character of line) {
    left -= encoding === "utf-8" ? Buffer.byteLength(character) : 1;
    if (left < 0) return at;
    at += character.length;
  }
  return at;
}

function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
