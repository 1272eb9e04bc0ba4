import { basename, dirname } from "node:path";
import { PackageReader } from "../source/read-file.ts";
import { linesOf, type Documents } from "./documents.ts";

/** Texts of files: what the client shows where it has a file open, else what is on disk. */
export class Texts {
  private readonly documents: Documents;
  private readonly kept = new Map<string, readonly string[]>();

  constructor(documents: Documents) {
    this.documents = documents;
  }

  lines(file: string): readonly string[] {
    const open = this.documents.at(file);
    if (open !== undefined) return open.lines;
    const known = this.kept.get(file);
    if (known !== undefined) return known;
    const text = textOnDisk(file);
    const lines = text === undefined ? [] : linesOf(text);
    this.kept.set(file, lines);
    return lines;
  }

  /** Files on disk may have changed. */
  forget(): void {
    this.kept.clear();
  }
}

/** Undefined for what is not there or can't be read as text. */
export function textOnDisk(file: string): string | undefined {
  try {
    const source = new PackageReader(dirname(file)).read(basename(file));
    return "text" in source ? source.text : undefined;
  } catch {
    return undefined;
  }
}
