import { posix } from "node:path";
import { dataFiles } from "../source/data-files.ts";
import type { PackageReader } from "../source/read-file.ts";
import type { CrateSource } from "./load-crate.ts";
import {
  computesPaths,
  macrosIn,
  readsFiles,
  tellingIn,
  tellingNames,
  unknownIn,
  variablesOf,
  writtenIn,
} from "./written-code.ts";
import type { Written } from "./written-code.ts";
import { holdsInOrder } from "../util/parts.ts";

/** Files that are searched, and their characters: what has more of them can't be told. */
const MOST_FILES = 2000;
const MOST_DATA = 16_000_000;
/** What is compiled of a package, into which code is put. */
export interface Compiled {
  /** Names behind which something stands that differs between hosts. */
  readonly names: readonly string[];
  readonly files: readonly string[];
}

/** A build script that was read: its own files, and their texts. */
export interface Script {
  readonly dir: string;
  readonly reader: PackageReader;
  /** What could not be read of it. */
  readonly gaps: readonly string[];
  readonly texts: ReadonlyMap<string, string>;
  /** Names of the features that it is built with. */
  readonly features: readonly string[];
}

/**
 * What the code that a build script writes for its package may hold.
 *
 * The script is not run. What it writes is made of its strings and templates, of the package's data, and of what
 * its dependencies write, which is looked at apart; values of variables and versions of tools are taken for values.
 */
export function writtenBy(script: Script, into: Compiled): Written {
  const texts = [...script.texts.values()];
  const written = texts.flatMap(writtenIn);
  // names of features become names in code where all variables are gone through
  if (texts.some((text) => /\benv::vars/.test(text))) written.push(...script.features);
  const names = new Set(into.names);
  const telling = new Set([
    ...script.gaps,
    ...texts.flatMap((text) => [...unknownIn(text)]),
    ...tellingIn(written, names, computesPaths(written)),
  ]);
  const known = new Set([...script.texts.keys(), ...into.files]);
  const reads = readsFiles(texts);
  const data = telling.size > 0 ? [] : tellingData(script, { written, names, known, reads });
  return {
    variables: variablesOf(texts),
    telling: [...telling],
    data: [...data],
    reads,
    macros: macrosIn(written),
  };
}

/** What a build script's code is put into, of all that is compiled of its package. */
export function compiledOf(crates: readonly CrateSource[]): Compiled {
  const files = crates.flatMap((crate) => [...crate.files]);
  return {
    names: [...tellingNames(files.map(([, facts]) => facts))],
    files: files.map(([name]) => name),
  };
}

/** What differs in the files of the package that the script may put into its code. */
function tellingData(
  { dir, reader }: Script,
  about: {
    written: readonly string[];
    names: ReadonlySet<string>;
    known: ReadonlySet<string>;
    reads: boolean;
  },
): Set<string> {
  const { written, names, known, reads } = about;
  const files = dataFiles(dir, { isNamed: namedBy(written, reads), known, most: MOST_FILES });
  if (files === undefined) return new Set(["more files than are looked at"]);
  const computes = computesPaths(written);
  const telling = new Set<string>();
  let left = MOST_DATA;
  for (const file of files) {
    const data = reader.readBytes(file);
    left -= "bytes" in data ? data.bytes : 0;
    if (!("text" in data) || left < 0) return telling.add(`${file} can't be read`);
    for (const one of tellingIn([data.text], names, computes)) telling.add(`${one} in ${file}`);
    if (telling.size > 0) return telling;
  }
  return telling;
}

/** Whether a file or folder is named by a string, `{}` in it standing for anything. */
function namedBy(written: readonly string[], reads: boolean): (file: string) => boolean {
  const plain = new Set<string>();
  const patterns: string[][] = [];
  for (const one of written) {
    if (one.length > 200 || /\s/.test(one)) continue;
    const name = posix.normalize(one).replace(/^\/|\/$/g, "");
    if (!/[{*]/.test(name)) plain.add(name);
    else if (reads && /[\w/]/.test(name.replaceAll(/\{[^}]*\}/g, "")))
      patterns.push(name.split(/\{[^}]*\}|\*+/));
  }
  const everyRust = reads && ["rs", ".rs"].some((ending) => plain.has(ending));
  return (file) =>
    plain.has(file) ||
    plain.has(posix.basename(file)) ||
    (everyRust && file.endsWith(".rs")) ||
    patterns.some((parts) => holdsInOrder(file, parts));
}
