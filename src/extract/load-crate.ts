import { posix } from "node:path";
import type { NotAnalysed } from "../model/place.ts";
import { filePlaces, inlinePlace, rootPlace, type ModulePlace } from "../source/module-paths.ts";
import type { SourceFile } from "../source/read-file.ts";
import { evalActive, type Worlds } from "../syntax/cfg-eval.ts";
import { positionAt } from "../syntax/positions.ts";
import { extractFile } from "./extract.ts";
import { bodyIncludes, includedFile } from "./included.ts";
import type { FileFacts, ItemFact } from "./facts.ts";
import { groupsIn } from "./groups.ts";
import { EXTRACT, type KnownTexts, type ReadAs } from "./known-texts.ts";
import { ModuleMacros } from "./module-macros.ts";

/** The facts of all files that one crate may be compiled from. */
export interface CrateSource {
  /** By path relative to the package's folder. */
  readonly files: ReadonlyMap<string, FileFacts>;
  readonly notAnalysed: readonly NotAnalysed[];
  readonly bytes: number;
  /** By path, the name of the text that the facts are of; only where another run may find the same text again. */
  readonly texts?: ReadonlyMap<string, string>;
}

/** Where the texts of a package come from. */
export interface SourceReader {
  /** @param file relative to the package's folder */
  read(file: string): SourceFile;
}

/** How often a file may bring in further files: a chain longer than this is a loop. */
const MAX_FILES = 20_000;
/** A macro around a macro counts for more than a file in a file: its text is read again at each level. */
const MACRO_DEPTH = 10;
/** Files that bring files that bring files: more than this exhausts the stack. */
const MAX_DEPTH = 200;

/**
 * Read the crate's root file and every file that its `mod` lines lead to, as far as cfg keeps them.
 *
 * A `mod` line inside a macro invocation is followed too, since only name resolution can tell later whether
 * it is kept; a file that such a line does not find is no gap.
 *
 * @param known what need not be read again; with it, `texts` is told
 */
export function loadCrate(
  reader: SourceReader,
  root: string,
  worlds: Worlds,
  known?: KnownTexts,
): CrateSource {
  const load = new Loader(reader, worlds, known);
  const file = posix.normalize(root);
  if (!load.follow(rootPlace(file), true)) {
    const message = `${file} is not there, and the crate begins with it`;
    load.notAnalysed.push({ cause: "missing-file", message, file });
  }
  load.followBodies();
  const { files, notAnalysed, bytes, texts } = load;
  return { files, notAnalysed, bytes, ...(known === undefined ? {} : { texts }) };
}

class Loader {
  readonly files = new Map<string, FileFacts>();
  readonly texts = new Map<string, string>();
  readonly notAnalysed: NotAnalysed[] = [];
  bytes = 0;
  private depth = 0;
  private readonly missing = new Set<string>();
  private readonly macros = new ModuleMacros();
  private readonly reader: SourceReader;
  private readonly worlds: Worlds;
  private readonly known: KnownTexts | undefined;

  constructor(reader: SourceReader, worlds: Worlds, known: KnownTexts | undefined) {
    this.reader = reader;
    this.worlds = worlds;
    this.known = known;
  }

  /** Load a file and what it leads to. @returns false when there is no such file */
  follow(place: ModulePlace, surely: boolean): boolean {
    if (this.files.has(place.file)) return true;
    if (this.missing.has(place.file) || this.files.size >= MAX_FILES) return false;
    const source = this.reader.read(place.file);
    if ("missing" in source) {
      this.missing.add(place.file);
      return false;
    }
    if ("problem" in source) {
      this.missing.add(place.file);
      if (surely) this.notAnalysed.push({ ...source.problem, file: place.file });
      return true;
    }
    this.bytes += source.bytes;
    const facts = this.extract(place.file, source.text, "file");
    this.files.set(place.file, facts);
    this.noteProblems(facts, place.file);
    if (this.depth >= MAX_DEPTH) {
      const message = `modules nested more than ${MAX_DEPTH} files deep: what this one brings was not read`;
      this.notAnalysed.push({ cause: "limit", message, file: place.file });
      return true;
    }
    this.depth++;
    this.followItems(facts, place, surely);
    this.depth--;
    return true;
  }

  /**
   * Files that are brought into bodies, and those that they bring; name resolution tells of what is not there. To be
   * asked when all modules have been followed: what one of them is stays that, whoever names it.
   */
  followBodies(): void {
    const refused = new Set<string>();
    // files are added while they are gone through: the loop sees them too
    for (const [from, facts] of this.files)
      for (const { argument, surely } of bodyIncludes(facts, this.worlds)) {
        const file = includedFile(argument, from);
        if (file === undefined || this.files.has(file) || this.files.size >= MAX_FILES) continue;
        if (!surely && refused.has(file)) continue;
        if (!this.readBody(file, surely)) refused.add(file);
      }
  }

  private readBody(file: string, surely: boolean): boolean {
    const source = this.reader.read(file);
    if (!("text" in source)) return false;
    const facts = this.extract(file, source.text, "body");
    if (!surely && facts.problems.length > 0) return false;
    this.bytes += source.bytes;
    this.files.set(file, facts);
    this.noteProblems(facts, file);
    return true;
  }

  private extract(file: string, source: string, as: ReadAs): FileFacts {
    if (this.known === undefined) return EXTRACT[as](source);
    const { facts, text } = this.known.factsOf(source, as);
    this.texts.set(file, text);
    return facts;
  }

  /** One entry per file: how much of it could not be read, and where that begins. */
  private noteProblems(facts: FileFacts, file: string): void {
    const [first] = facts.problems;
    if (first === undefined) return;
    const count = facts.problems.length;
    const places = count === 1 ? "a place" : `${count} places`;
    const message = `${places} in this file could not be read as Rust (${first.message})`;
    const span = {
      start: positionAt(facts.lineStarts, first.start),
      end: positionAt(facts.lineStarts, first.end),
    };
    this.notAnalysed.push({ cause: "syntax", message, file, span });
  }

  private followItems(facts: FileFacts, place: ModulePlace, surely: boolean): void {
    const places: (ModulePlace | undefined)[] = [];
    facts.items.forEach((item, index) => {
      const outer = item.parent < 0 ? place : places[item.parent];
      places[index] = outer;
      if (outer === undefined) return;
      if (this.isOff(facts, item)) places[index] = undefined;
      else if (item.kind === "mod" && item.parent >= 0)
        places[index] = this.followMod(item, outer, surely);
      else if (item.kind === "macro-call") this.followMacro(item, outer);
      else if (item.kind === "macro-def") this.macros.note(item);
    });
  }

  private isOff(facts: FileFacts, item: ItemFact): boolean {
    return item.cfg !== 0 && evalActive(facts.cfgs[item.cfg]!, this.worlds) === 0;
  }

  /** @returns the place that the module's own children count from, when it is inline */
  private followMod(item: ItemFact, outer: ModulePlace, surely: boolean): ModulePlace | undefined {
    const path = this.pathOf(item);
    if (item.inline === true) return inlinePlace(outer, item.name, path);
    const places = filePlaces(outer, item.name, path);
    const found = places.some((place) => this.follow(place, surely));
    if (!found && surely) {
      const names = places.map((candidate) => candidate.file);
      const message = `mod ${item.name}: ${names.length === 1 ? `${names[0]} is not` : `neither ${names.join(" nor ")} is`} there`;
      this.notAnalysed.push({ cause: "missing-file", message, file: outer.file });
    }
    return undefined;
  }

  private pathOf(item: ItemFact): string | undefined {
    return item.paths?.find(
      (path) => path.cfg === undefined || evalActive(path.cfg, this.worlds) !== 0,
    )?.value;
  }

  /** `cfg_rt! { mod runtime; }`: read the tokens as if they were items. */
  private followMacro(item: ItemFact, outer: ModulePlace): void {
    const text = item.macro?.text ?? "";
    if (item.target === "include") return this.followInclude(text, outer);
    this.followNames(item, text, outer);
    this.followBlocks(item, text, outer);
    if (!/\bmod\s/.test(text) || this.depth >= MAX_DEPTH) return;
    this.depth += MACRO_DEPTH;
    this.followItems(extractFile(text), outer, false);
    for (const inner of groupsIn(text)) this.followMacro({ ...item, macro: inner }, outer);
    this.depth -= MACRO_DEPTH;
  }

  /** `modules! { unix, windows }` where the macro makes `mod unix;` of it, or has `mod unix;` itself. */
  private followNames({ target = "" }: ItemFact, text: string, outer: ModulePlace): void {
    if (this.depth >= MAX_DEPTH) return;
    for (const word of this.macros.namesIn(target, text))
      filePlaces(outer, word, undefined).some((place) => this.follow(place, false));
  }

  /** `module!(pub sys { … })` where the macro makes `mod sys { … }` of it: files in there count from `sys`. */
  private followBlocks({ target = "" }: ItemFact, text: string, outer: ModulePlace): void {
    if (!this.macros.makesBlocks(target) || this.depth >= MAX_DEPTH) return;
    this.depth += MACRO_DEPTH;
    for (const { text: inner, name: module } of groupsIn(text)) {
      const place = inlinePlace(outer, module, undefined);
      if (module !== "") this.followItems(extractFile(inner), place, false);
    }
    this.depth -= MACRO_DEPTH;
  }

  private followInclude(argument: string, place: ModulePlace): void {
    const file = includedFile(argument, place.file);
    if (file !== undefined) this.follow(rootPlace(file), true);
  }
}
