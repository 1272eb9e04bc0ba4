import type { NativeFile } from "./native-files.ts";
import type { PackageReader } from "./read-file.ts";

/** What stands in a C or assembly file that matters for an APE. */
export interface NativeText {
  /** Macros that tell the system, in lines of the preprocessor: cosmocc defines none of them. */
  readonly guards: readonly { readonly name: string; readonly line: number }[];
  /** Names in capitals that the preprocessor is asked about: `#ifdef MSG_NOSIGNAL`. */
  readonly macros: readonly string[];
  /** Names in front of an opening bracket, as far as they could be the C library's. */
  readonly calls: readonly string[];
}

const NOTHING: NativeText = { guards: [], macros: [], calls: [] };
const SYSTEMS = /\b(?:__linux__|__linux|__gnu_linux__|__GLIBC__)\b/u;
// NOTE: a condition may go on behind a backslash at the end of its line.
const CONDITION = /^[ \t]*#[ \t]*(?:if|ifdef|ifndef|elif)\b((?:[^\\\n]|\\\r?\n|\\)*)$/gmu;
const MACRO = /\b[A-Z][A-Z0-9]*_?[A-Z0-9_]*\b/gu;
const CALL = /(?<![\w.>])([a-z_][a-z0-9_]*)[ \t]*\(/gu;

/** Reads a native file for guards, macros and calls. A file that cannot be read says nothing. */
export function readNative(reader: PackageReader, { file, language }: NativeFile): NativeText {
  const source = reader.read(file);
  if (!("text" in source)) return NOTHING;
  const { text } = source;
  const conditions = [...text.matchAll(CONDITION)];
  return {
    guards: conditions.flatMap((condition) => guardOf(condition, text)),
    macros: unique(conditions.flatMap((condition) => (condition[1] ?? "").match(MACRO) ?? [])),
    calls:
      language === "c" || language === "c++"
        ? unique([...text.matchAll(CALL)].map((call) => call[1] ?? ""))
        : [],
  };
}

function guardOf(condition: RegExpMatchArray, text: string): { name: string; line: number }[] {
  const name = SYSTEMS.exec(condition[1] ?? "")?.[0];
  if (name === undefined || isStackNote(condition, text)) return [];
  return [{ name, line: text.slice(0, condition.index).split("\n").length }];
}

// NOTE: nearly every assembly file ends in a note for the linker that is only for Linux; without it all is well.
function isStackNote(condition: RegExpMatchArray, text: string): boolean {
  const after = (condition.index ?? 0) + condition[0].length;
  return text.slice(after, after + 120).includes(".note.GNU-stack");
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}
