import { applyEdits, type Edit } from "./edits.ts";

/** Unchanged lines around a change, as `diff -u` has them. */
const AROUND = 3;

/** Lines of the old text that change, half-open and from 0, with the edits in them. */
interface Piece {
  readonly from: number;
  to: number;
  readonly edits: Edit[];
}

/** A patch in unified form, as `patch -p1` and `git apply` take it; empty without edits. */
export function unifiedDiff(file: string, text: string, edits: readonly Edit[]): string {
  const lines = linesOf(text);
  let shift = 0;
  const hunks = hunksOf(piecesOf(lines, edits)).map((pieces) => {
    const first = Math.max(0, pieces[0]!.from - AROUND);
    const last = Math.min(lines.length, pieces.at(-1)!.to + AROUND);
    const body = bodyOf(lines, pieces, { from: first, to: last });
    const size = body.filter((line) => !line.startsWith("-")).length;
    const head = `@@ -${place(first, last - first)} +${place(first + shift, size)} @@\n`;
    shift += size - (last - first);
    return head + body.map(ended).join("");
  });
  return hunks.length === 0 ? "" : `--- a/${file}\n+++ b/${file}\n${hunks.join("")}`;
}

/** Pieces whose surroundings meet are told together. */
function hunksOf(pieces: readonly Piece[]): Piece[][] {
  const hunks: Piece[][] = [];
  for (const piece of pieces) {
    const last = hunks.at(-1);
    if (last !== undefined && piece.from - last.at(-1)!.to <= 2 * AROUND) last.push(piece);
    else hunks.push([piece]);
  }
  return hunks;
}

function bodyOf(
  lines: readonly Line[],
  pieces: readonly Piece[],
  { from, to }: Omit<Piece, "edits">,
): string[] {
  const body: string[] = [];
  let at = from;
  for (const piece of pieces) {
    body.push(...lines.slice(at, piece.from).map(({ text }) => ` ${text}`));
    body.push(...lines.slice(piece.from, piece.to).map(({ text }) => `-${text}`));
    body.push(...linesOf(changed(lines, piece)).map(({ text }) => `+${text}`));
    at = piece.to;
  }
  body.push(...lines.slice(at, to).map(({ text }) => ` ${text}`));
  return body;
}

interface Line {
  readonly text: string;
  readonly start: number;
}

function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  for (let start = 0; start < text.length;) {
    const newline = text.indexOf("\n", start);
    const end = newline < 0 ? text.length : newline + 1;
    lines.push({ text: text.slice(start, end), start });
    start = end;
  }
  return lines;
}

/** The changed lines in order; changes of the same lines or of neighbours are one. */
function piecesOf(lines: readonly Line[], edits: readonly Edit[]): Piece[] {
  const pieces: Piece[] = [];
  for (const edit of edits.toSorted((a, b) => a.start - b.start)) {
    const from = lineAt(lines, edit.start);
    const to = Math.max(from, lineAt(lines, Math.max(edit.start, edit.end - 1))) + 1;
    const last = pieces.at(-1);
    if (last !== undefined && from <= last.to) {
      last.to = Math.max(last.to, to);
      last.edits.push(edit);
    } else pieces.push({ from, to, edits: [edit] });
  }
  return pieces;
}

function lineAt(lines: readonly Line[], offset: number): number {
  const behind = lines.findIndex(({ start }) => start > offset);
  return behind < 0 ? Math.max(0, lines.length - 1) : behind - 1;
}

function changed(lines: readonly Line[], { from, to, edits }: Piece): string {
  const base = lines[from]?.start ?? 0;
  const text = lines
    .slice(from, to)
    .map((line) => line.text)
    .join("");
  return applyEdits(
    text,
    edits.map(({ start, end, newText }) => ({ start: start - base, end: end - base, newText })),
  );
}

function ended(line: string): string {
  return line.endsWith("\n") ? line : `${line}\n\\ No newline at end of file\n`;
}

/** NOTE: of no lines at all, the place is the line before. */
function place(first: number, count: number): string {
  const line = count === 0 ? first : first + 1;
  return count === 1 ? `${line}` : `${line},${count}`;
}
