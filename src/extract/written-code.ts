import { lex } from "../syntax/lexer.ts";
import { T, type Tokens } from "../syntax/tokens.ts";
import { codeStrings } from "./code-strings.ts";
import type { FileFacts } from "./facts.ts";
import { isTellingPath, isTellingText } from "./generated-names.ts";

/** What a build script, with all that it is built on, puts into the code that it writes. */
export interface Written {
  /** Variables that it sets for the compiler: paths of files that it wrote. */
  readonly variables: readonly string[];
  /** Whatever there may differ between hosts, or can't be told; none of it: the code that it writes hides nothing. */
  readonly telling: readonly string[];
  /** The same of files of the package, which count where something reads files. */
  readonly data: readonly string[];
  readonly reads: boolean;
  /** Macros that the code defines. */
  readonly macros: readonly string[];
}

/** Names that lead to what differs between hosts; a template could make a path of such a word alone. */
const WORDS = /\b(?:asm|global_asm|naked_asm|libc|nix|rustix|syscall)\b/;
/** Modules of std: a word like any other where no `::` follows. */
const MODULES: ReadonlySet<string> = new Set(
  "env fs net process thread time path os io".split(" "),
);
/** What in code differs between hosts, or brings further code in, wherever in a text it stands. */
const CODE = new RegExp(
  [
    String.raw`\b(?:libc|nix|rustix)\s*::|\b(?:use|crate)\s+(?:libc|nix|rustix)\b|\b(?:asm|global_asm|naked_asm|syscall)!`,
    String.raw`\b(?:link_name|no_mangle|export_name)\b|\blink\s*\(|\bextern\s*\{(?!\s*(?:type|enum)\b)|\bextern\s+(?:"(?!Rust")|fn\b|$)`,
    String.raw`\btarget_(?:os|family|env|vendor|abi)\b|\bcfg(?:_attr)?!?\s*\([^)]{0,200}\b(?:unix|windows)\b`,
    String.raw`\b(?:std|core)\s*::\s*(?:\{|env\b|fs\b|net\b|process\b|thread\b|time\b|path\b|os\b|io\b|sync\s*::\s*(?:Condvar|mpsc)\b)`,
    String.raw`(?<![\w:])(?:env|fs|net|process|thread|time|path|os|io)\s*::\s*\w`,
    String.raw`\binclude!|#\s*\[\s*path\b|\bmod\s+(?:[\w$]|\{[\w:?]*\})+\s*;`,
  ].join("|"),
);

/** Programs that build scripts ask for a version, a date, what a file of the package describes, or to lay out their code. */
const NO_WRITERS = /\b(?:rustc|rustfmt|cargo|git|protoc|capnp|date|hostname|uname|pkg-config)\b/i;
const ASKS_COMPILER = /"(?:--version|--crate-name|-vV|-V)"/;
/** How files are read. */
const READS =
  /\b(?:read_to_string|read_to_end|read_dir|File::open|OpenOptions|WalkDir|glob|fs::(?:read|copy))\b|\binclude_(?:str|bytes)!/;
/** Words of code that makes text out of bytes in which no word can be looked for. */
const UNPACKS =
  /inflate|decompress|decode_reader|^(?:flate2|zlib_rs|brotli|bzip2|lz4\w*|xz2|ZipArchive|base64)$/i;
/** Characters of a reason that is told. */
const MOST = 80;

/** The texts of Rust code in which a generator writes down code: strings, and templates of quote's. */
export function writtenIn(text: string): string[] {
  const t = lex(text);
  const found = codeStrings(t);
  for (let at = 0; at < t.n; at++)
    if (t.is(at + 1, "!") && t.kind[at + 2] === T.open && /quote/.test(t.text(at)))
      found.push(text.slice(t.end[at + 2], t.start[t.match[at + 2]!]));
  // what cargo is told is no code
  return found.filter((one) => !/^\s*(?:cargo::?[\w-]|rustc-|CARGO_|rerun-if-)/.test(one));
}

/**
 * What in the texts of a generator may differ between hosts.
 *
 * @param names what differs under names of the user's own: imported names, and macros
 * @param computes whether a word alone may become the beginning of a path (`computesPaths`)
 */
export function tellingIn(
  texts: Iterable<string>,
  names: ReadonlySet<string>,
  computes = false,
): Set<string> {
  const telling = new Set<string>();
  for (const text of texts) {
    const found = (CODE.exec(text) ?? (computes ? WORDS.exec(text) : null))?.[0];
    if (found !== undefined) telling.add(shortened(found));
    if (names.has("*")) telling.add("*");
    else if (names.size > 0)
      for (const [word] of text.matchAll(/\w+/g))
        if (names.has(word) && (computes || !MODULES.has(word))) telling.add(word);
  }
  return telling;
}

/** Whether a template has something computed in front of `::`: then data may say which crate. */
export function computesPaths(texts: readonly string[]): boolean {
  return texts.some((text) => /(?:\}|#\w+)\s*(?:::|!)|\b(?:use|crate)\s+\{/.test(text));
}

/** Whether code reads files, of which it could make code. */
export function readsFiles(texts: Iterable<string>): boolean {
  return [...texts].some((text) => READS.test(text));
}

/** Programs that a generator runs, whose output could be code; and data that it unpacks. */
export function unknownIn(text: string): Set<string> {
  const t = lex(text);
  const found = new Set<string>();
  for (let at = 0; at + 4 < t.n; at++) {
    const isRun = t.is(at, "Command") && t.is(at + 1, "::") && t.is(at + 2, "new");
    if (!isRun || t.kind[at + 3] !== T.open) continue;
    const program = text.slice(t.end[at + 3], t.start[t.match[at + 3]!]);
    if (!isHarmlessProgram(program, text)) found.add(shortened(`runs ${program}`));
  }
  const unpacks = wordsOf(t).find((word) => UNPACKS.test(word));
  if (unpacks !== undefined) found.add(`unpacks: ${unpacks}`);
  return found;
}

/** A variable may hold the compiler where the file speaks of it, and asks for nothing else than versions and trials. */
function isHarmlessProgram(program: string, text: string): boolean {
  if (NO_WRITERS.test(program.replaceAll("_", " "))) return true;
  return /^&?\w+$/.test(program.trim()) && /\brustc\b/.test(text) && ASKS_COMPILER.test(text);
}

/** What a dependency of a build script may put into code that differs between hosts. */
export function tellingOfTool(texts: Iterable<string>): Set<string> {
  const telling = new Set<string>();
  for (const text of texts) {
    for (const one of tellingIn(writtenIn(text), new Set())) telling.add(one);
    for (const one of unknownIn(text)) telling.add(one);
  }
  return telling;
}

function wordsOf(t: Tokens): string[] {
  const words: string[] = [];
  for (let at = 0; at < t.n; at++) if (t.kind[at] === T.ident) words.push(t.text(at));
  return words;
}

/** Names in a crate's code behind which something stands that differs between hosts; `*`: any name may. */
export function tellingNames(files: Iterable<FileFacts>): Set<string> {
  const names = new Set<string>();
  for (const { items } of files) {
    for (const { kind, name, uses = [], macro } of items) {
      for (const leaf of uses) if (isTellingPath(leaf.path.join("::"))) names.add(leaf.name);
      if (kind === "macro-def" && macro !== undefined && isTellingText(macro.text)) names.add(name);
    }
  }
  return names;
}

/** Macros that generated code defines. */
export function macrosIn(written: readonly string[]): string[] {
  const all = written.flatMap((text) => [...text.matchAll(/\bmacro_rules!\s{0,9}(\w+)/g)]);
  return [...new Set(all.map((match) => match[1]!))];
}

/** Variables that a build script sets for the compiler. */
export function variablesOf(texts: readonly string[]): string[] {
  const all = texts.join("\n").matchAll(/rustc-env=(\w+)/g);
  return [...new Set([...all].map((match) => match[1]!))];
}

function shortened(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim().slice(0, MOST);
}
