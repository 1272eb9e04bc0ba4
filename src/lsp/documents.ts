import { fileURLToPath, pathToFileURL } from "node:url";
import { TextDocument } from "vscode-languageserver-textdocument";
import type {
  Position,
  Range,
  TextDocumentContentChangeEvent,
  TextDocumentItem,
} from "vscode-languageserver/node";
import { fromClient, toClient, type Encoding } from "./positions.ts";

/** A file that the client has open; what it shows counts, not what is on disk. */
export interface OpenDocument {
  readonly uri: string;
  /** Absolute path; what is not on a disk is not opened here. */
  readonly path: string;
  readonly version: number;
  readonly text: string;
  readonly lines: readonly string[];
}

/** The open files, in step with the client. */
export class Documents {
  /** Set once, by the answer to `initialize`. */
  encoding: Encoding = "utf-16";
  private readonly open = new Map<string, { path: string; document: TextDocument }>();
  private readonly split = new Map<string, { version: number; lines: readonly string[] }>();

  /** @returns undefined for what is no file */
  add(item: TextDocumentItem): OpenDocument | undefined {
    const path = pathOf(item.uri);
    if (path === undefined) return undefined;
    const document = TextDocument.create(item.uri, item.languageId, item.version, item.text);
    this.open.set(item.uri, { path, document });
    return this.get(item.uri);
  }

  change(
    uri: string,
    version: number,
    changes: readonly TextDocumentContentChangeEvent[],
  ): OpenDocument | undefined {
    const entry = this.open.get(uri);
    if (entry === undefined) return undefined;
    // NOTE: each change counts in the text that the one before has left, so they can't be converted at once
    for (const change of changes) {
      const converted =
        "range" in change
          ? { ...change, range: this.rangeIn(entry.document, change.range) }
          : change;
      entry.document = TextDocument.update(entry.document, [converted], version);
    }
    return this.get(uri);
  }

  remove(uri: string): void {
    this.open.delete(uri);
    this.split.delete(uri);
  }

  get(uri: string): OpenDocument | undefined {
    const entry = this.open.get(uri);
    if (entry === undefined) return undefined;
    const { path, document } = entry;
    const { version } = document;
    const text = document.getText();
    return { uri, path, version, text, lines: this.linesOf(uri, version, text) };
  }

  at(path: string): OpenDocument | undefined {
    const found = [...this.open].find(([, entry]) => entry.path === path);
    return found === undefined ? undefined : this.get(found[0]);
  }

  all(): OpenDocument[] {
    return [...this.open.keys()].flatMap((uri) => this.get(uri) ?? []);
  }

  /** The client's own name of a file, when it has it open. */
  uriOf(path: string): string {
    return this.at(path)?.uri ?? pathToFileURL(path).href;
  }

  private linesOf(uri: string, version: number, text: string): readonly string[] {
    const known = this.split.get(uri);
    if (known?.version === version) return known.lines;
    const lines = linesOf(text);
    this.split.set(uri, { version, lines });
    return lines;
  }

  private rangeIn(document: TextDocument, { start, end }: Range): Range {
    return { start: this.positionIn(document, start), end: this.positionIn(document, end) };
  }

  private positionIn(document: TextDocument, { line, character }: Position): Position {
    if (this.encoding === "utf-16") return { line, character };
    const from = document.offsetAt({ line, character: 0 });
    const to = document.offsetAt({ line: line + 1, character: 0 });
    const text = document.getText().slice(from, to);
    return { line, character: fromClient(text, character, this.encoding) };
  }
}

/** Path of a `file:` URI; undefined for everything else. */
export function pathOf(uri: string): string | undefined {
  try {
    return uri.startsWith("file:") ? fileURLToPath(uri) : undefined;
  } catch {
    return undefined;
  }
}

export function linesOf(text: string): string[] {
  return text.split(/\r\n|\n|\r/u);
}

/** A place in lines as the client counts it; ours count from 1, in UTF-16 units. */
export function clientPosition(
  lines: readonly string[],
  place: { readonly line: number; readonly column: number },
  encoding: Encoding,
): Position {
  const line = Math.min(Math.max(place.line - 1, 0), Math.max(lines.length - 1, 0));
  const text = lines[line] ?? "";
  // NOTE: a line that is not there any more is marked at the end of what is there
  const column = place.line - 1 > line ? text.length : place.column - 1;
  return { line, character: toClient(text, column, encoding) };
}
