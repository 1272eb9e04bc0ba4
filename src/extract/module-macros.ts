import type { ItemFact } from "./facts.ts";

/** Characters of an invocation that are searched for names of files. */
const MAX_NAMES = 20_000;
const WORDS = /[A-Za-z_]\w*/g;

/** The macros of a crate that make modules of what they are given, as far as their texts tell. */
export class ModuleMacros {
  /** Those whose text has `mod name;` or `mod $name;`, with the names there. */
  private readonly names = new Map<string, readonly string[]>();
  /** Those that make `mod $name { … }`. */
  private readonly blocks = new Set<string>();
  /** One may be called with the name of another, and hand it what is in its own text. */
  private readonly texts = new Map<string, string>();

  /** @param item a definition */
  note(item: ItemFact): void {
    const text = item.macro?.text ?? "";
    this.texts.set(item.name, text);
    if (/\bmod\s+\$\w+\s*\{/.test(text)) this.blocks.add(item.name);
    const names = [...text.matchAll(/\bmod\s+(\$?\w+)\s*;/g)].map((match) => match[1]!);
    if (names.length > 0) this.names.set(item.name, names);
  }

  /** Names that may be those of modules in files where a macro is called with a text. */
  namesIn(path: string, text: string): Iterable<string> {
    if (this.names.size === 0) return [];
    const name = nameOf(path);
    const given = wordsOf(text);
    const handedOn = given.find((word) => this.names.has(word));
    const names = this.names.get(name) ?? this.names.get(handedOn ?? "");
    if (names === undefined) return [];
    const more = handedOn === undefined ? "" : (this.texts.get(name) ?? "");
    const isComputed = names.some((word) => word.startsWith("$"));
    return new Set(isComputed ? [...names, ...given, ...wordsOf(more)] : names);
  }

  /** Whether a macro makes modules with a body of what is given to it. */
  makesBlocks(path: string): boolean {
    return this.blocks.has(nameOf(path));
  }
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf(":") + 1);
}

function wordsOf(text: string): readonly string[] {
  return text.slice(0, MAX_NAMES).match(WORDS) ?? [];
}
