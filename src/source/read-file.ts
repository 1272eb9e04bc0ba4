import { readFileSync, realpathSync, statSync } from "node:fs";
import { isAbsolute, join, relative } from "node:path";
import type { NotAnalysed } from "../model/place.ts";

/** Larger files are generated tables; the largest that crates.io is known to carry with code in them is half of it. */
const MAX_BYTES = 32 * 1024 * 1024;

export type SourceFile =
  | { readonly text: string; readonly bytes: number }
  | { readonly missing: true }
  | { readonly problem: Pick<NotAnalysed, "cause" | "message"> };

/** Reads source files of one package; nothing outside its folder, whatever paths or links the package holds. */
export class PackageReader {
  private readonly dir: string;
  private readonly realDir: string;

  constructor(dir: string) {
    this.dir = dir;
    this.realDir = realpathSync.native(dir);
  }

  /** @param file relative to the package's folder, `/`-separated */
  read(file: string): SourceFile {
    return this.readAs(file, (bytes) => decode(file, bytes));
  }

  /** A file of any kind, each byte as one character: enough to look for words in it. */
  readBytes(file: string): SourceFile {
    return this.readAs(file, (bytes) => ({ text: bytes.toString("latin1"), bytes: bytes.length }));
  }

  private readAs(file: string, decoded: (bytes: Buffer) => SourceFile): SourceFile {
    if (file.startsWith("..") || isAbsolute(file)) return outside(file);
    const path = join(this.dir, file);
    try {
      const stat = statSync(path, { throwIfNoEntry: false });
      if (stat?.isFile() !== true) return { missing: true };
      if (stat.size > MAX_BYTES)
        return { problem: { cause: "too-large", message: `${file} has ${stat.size} bytes` } };
      if (this.leads(path)) return outside(file);
      return decoded(readFileSync(path));
    } catch (error) {
      return failed(file, error);
    }
  }

  /** Whether a link on the way leads out of the package. */
  private leads(path: string): boolean {
    const inside = relative(this.realDir, realpathSync.native(path));
    return inside.startsWith("..") || isAbsolute(inside);
  }
}

function outside(file: string): SourceFile {
  return {
    problem: {
      cause: "outside-package",
      message: `${file} is outside of the package's folder and was not read`,
    },
  };
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function decode(file: string, bytes: Buffer): SourceFile {
  try {
    return { text: utf8.decode(bytes), bytes: bytes.length };
  } catch {
    return { problem: { cause: "not-utf8", message: `${file} is not UTF-8, as Rust demands` } };
  }
}

function failed(file: string, error: unknown): SourceFile {
  const code = (error as NodeJS.ErrnoException).code ?? "";
  if (code === "ENOENT" || code === "ENOTDIR" || code === "ENAMETOOLONG") return { missing: true };
  return {
    problem: {
      cause: "unreadable-file",
      message: `${file} can't be read (${code || String(error)})`,
    },
  };
}
