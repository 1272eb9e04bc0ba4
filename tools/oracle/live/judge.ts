import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Site } from "../../../src/model/site.ts";
import { type FunctionLines, holds, SourceFile } from "./functions.ts";
import type { LiveLines } from "./lines.ts";

/** A use with what the program says of it. */
export interface Judged {
  readonly site: Site;
  /** In a function's body the program decides; constants and entries are used when a live function names them. */
  readonly where: "body" | "entry";
  readonly live: boolean;
}

/** A package of the tree: where it is, and which packages may name its items. */
export interface TreePackage {
  readonly id: string;
  readonly dir: string;
}

const ENTRY_CONTEXTS = new Set(["const-item", "static", "discriminant"]);

/** Sets uses of the libc crate against the lines that the program holds code of. */
export class Judge {
  private readonly dirs: ReadonlyMap<string, string>;
  private readonly lines: LiveLines;
  private readonly files = new Map<string, Promise<SourceFile | undefined>>();
  private words: Promise<ReadonlySet<string>> | undefined;

  constructor(packages: readonly TreePackage[], lines: LiveLines) {
    this.dirs = new Map(packages.map(({ id, dir }) => [id, dir]));
    this.lines = lines;
  }

  /** undefined for what is neither in a body nor an entry: imports, signatures of types, macros' own text. */
  async judge(site: Site): Promise<Judged | undefined> {
    const dir = this.dirs.get(site.package);
    if (dir === undefined || site.context === "import" || site.data?.["macroPackage"] !== undefined)
      return undefined;
    const path = join(dir, site.file);
    const { line, column } = site.span.start;
    const around = (await this.open(path))?.at(line, column);
    if (around?.kind === "function") {
      return { site, where: "body", live: holds(around.lines, this.lines.get(path)) };
    }
    if (!ENTRY_CONTEXTS.has(site.context)) return undefined;
    this.words ??= this.liveWords();
    const name = site.item.slice(site.item.lastIndexOf(":") + 1);
    return { site, where: "entry", live: (await this.words).has(name) };
  }

  private open(path: string): Promise<SourceFile | undefined> {
    const known = this.files.get(path);
    if (known !== undefined) return known;
    const opened = readFile(path, "utf8").then(
      (text) => new SourceFile(text),
      () => undefined,
    );
    this.files.set(path, opened);
    return opened;
  }

  /** Every word in the functions that the program holds code of, and in the constants that these name. */
  private async liveWords(): Promise<ReadonlySet<string>> {
    const words = new Set<string>();
    let constants: { name: string; words: readonly string[] }[] = [];
    for (const dir of this.dirs.values()) {
      for (const path of await rustFiles(dir)) {
        const rows = (await readFile(path, "utf8")).split("\n");
        const file = await this.open(path);
        for (const fn of file?.functions() ?? [])
          if (holds(fn, this.lines.get(path)))
            for (const word of wordsIn(rows, fn)) words.add(word);
        for (const one of file?.constants() ?? [])
          constants.push({ name: one.name, words: wordsIn(rows, one).slice(1) });
      }
    }
    for (let before = -1; before !== constants.length;) {
      before = constants.length;
      constants = constants.filter((one) => {
        if (!words.has(one.name)) return true;
        for (const word of one.words) words.add(word);
        return false;
      });
    }
    return words;
  }
}

function wordsIn(rows: readonly string[], { first, last }: FunctionLines): string[] {
  const text = rows.slice(first - 1, last).join("\n");
  return [...text.matchAll(/[A-Za-z_]\w*/g)].map(([word]) => word);
}

async function rustFiles(dir: string): Promise<string[]> {
  const found = await readdir(join(dir, "src"), { recursive: true }).catch(() => []);
  return found.filter((name) => name.endsWith(".rs")).map((name) => join(dir, "src", name));
}
