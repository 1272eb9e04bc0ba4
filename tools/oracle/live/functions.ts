import { extractFile } from "../../../src/extract/extract.ts";
import type { FileFacts, ItemFact } from "../../../src/extract/facts.ts";
import { lineAt } from "../../../src/syntax/positions.ts";

/** A function of a source file: first and last line, without the functions inside it. */
export interface FunctionLines {
  readonly name: string;
  readonly first: number;
  readonly last: number;
  readonly inner: readonly { readonly first: number; readonly last: number }[];
}

/** What stands at a place of a source file: a function's body, another item, or a macro's text. */
export type Around =
  | { readonly kind: "function"; readonly lines: FunctionLines }
  | { readonly kind: "item"; readonly name: string }
  | { readonly kind: "macro" };

/** A source file, asked about by line. */
export class SourceFile {
  private readonly facts: FileFacts;

  constructor(text: string) {
    this.facts = extractFile(text);
  }

  /** The innermost item at a place. */
  at(line: number, column: number): Around {
    const offset = (this.facts.lineStarts[line - 1] ?? 0) + column - 1;
    let found: ItemFact | undefined;
    for (const item of this.facts.items)
      if (item.parent >= 0 && item.at <= offset && offset < item.end) found = item;
    if (found === undefined) return { kind: "item", name: "" };
    if (found.kind === "macro-def" || found.kind === "macro-call") return { kind: "macro" };
    if (found.kind !== "fn") return { kind: "item", name: found.name };
    return { kind: "function", lines: this.linesOf(found) };
  }

  functions(): FunctionLines[] {
    return this.facts.items.filter((item) => item.kind === "fn").map((item) => this.linesOf(item));
  }

  /** Constants and statics: what their initialisers name is used when they are. */
  constants(): FunctionLines[] {
    return this.facts.items
      .filter((item) => item.kind === "const" || item.kind === "static")
      .map((item) => this.linesOf(item));
  }

  private linesOf(fn: ItemFact): FunctionLines {
    const inner = this.facts.items
      .filter((item) => item.kind === "fn" && item !== fn && item.at > fn.at && item.end <= fn.end)
      .map((item) => ({ first: this.line(item.at), last: this.line(item.end) }));
    return { name: fn.name, first: this.line(fn.at), last: this.line(fn.end), inner };
  }

  private line(offset: number): number {
    return lineAt(this.facts.lineStarts, offset);
  }
}

/** Whether any line of a function itself is among the given ones. */
export function holds(fn: FunctionLines, lines: ReadonlySet<number> | undefined): boolean {
  if (lines === undefined) return false;
  for (let line = fn.first; line <= fn.last; line++) {
    const within = fn.inner.some(({ first, last }) => first <= line && line <= last);
    if (!within && lines.has(line)) return true;
  }
  return false;
}
