import type { Crate, Entry, Scope } from "../graph.ts";
import { resolvePath } from "../names.ts";
import { HOST_MODULES, isSubject } from "./subject.ts";

/** Crates of the sysroot, by the names that they always have. */
const SYSROOT: ReadonlySet<string> = new Set(["std", "core", "alloc"]);

/** A name of a crate that means whatever its path means. */
interface Link {
  readonly name: string;
  readonly path: readonly string[];
  readonly isPublic: boolean;
}

/**
 * Words of which one stands in every path that leads to a name of libc, to a part of std that asks the operating system
 * or to a constant that is made of those: all other paths need not be followed. Works on names alone, wherever they
 * stand, so that more words count than lead there, and none that does is missed.
 *
 * Crates have to be asked dependencies first, each after it was laid out and its macros were expanded.
 */
export class Words {
  /** Names of the libc crates themselves, for globs of it. */
  private readonly ofSubject = new Set<string>();
  /** Words that any crate may use from now on, by way of a public name. */
  private readonly shown = new Set<string>(SYSROOT);
  private isSubjectShown = false;
  private readonly made: ReadonlySet<string>;

  /** @param made names of constants that are made of those of libc; grows while crates are asked */
  constructor(made: ReadonlySet<string>) {
    this.made = made;
  }

  /** The names of a libc crate. */
  addSubject(crate: Crate): void {
    this.shown.add(`$crate#${crate.id}`);
    for (const scope of scopesOf(crate))
      for (const name of scope.entries.keys()) this.ofSubject.add(name);
  }

  /** Whether a path as it is written in a crate, its segments joined by `::`, may lead there. */
  of(crate: Crate): (path: string) => boolean {
    const own = new Set<string>();
    for (const [name, other] of crate.externs) if (isSubject(other)) own.add(name);
    let takesAll = this.isSubjectShown;
    const links: Link[] = [];
    for (const scope of scopesOf(crate)) {
      for (const [name, entries] of scope.entries)
        for (const entry of entries) {
          if (entry.is.kind === "use")
            links.push({ name, path: entry.is.path, isPublic: entry.vis === "pub" });
          else if (leadsOut(entry)) this.add(name, entry.vis === "pub", own);
        }
      for (const { scope: from, path, vis } of scope.globs) {
        if (!resolvePath(from, path, "type").some(isOfSubject)) continue;
        takesAll = true;
        if (vis === "pub") this.isSubjectShown = true;
      }
    }
    const isWord = (word: string): boolean =>
      own.has(word) ||
      this.shown.has(word) ||
      this.made.has(word) ||
      (takesAll && this.ofSubject.has(word));
    this.follow(links, isWord, own);
    return (path) => hasWord(path, isWord);
  }

  /** What names are given to what a word leads to: those are words too. */
  private follow(
    links: readonly Link[],
    isWord: (word: string) => boolean,
    own: Set<string>,
  ): void {
    let rest = links;
    for (let grew = true; grew; ) {
      grew = false;
      const left: Link[] = [];
      for (const link of rest) {
        if (leads(link.path, isWord)) {
          grew ||= !isWord(link.name);
          this.add(link.name, link.isPublic, own);
        } else left.push(link);
      }
      rest = left;
    }
  }

  private add(name: string, isPublic: boolean, own: Set<string>): void {
    (isPublic ? this.shown : own).add(name);
  }
}

function* scopesOf({ units }: Crate): Iterable<Scope> {
  const seen = new Set<Scope>();
  for (const { scopes } of units)
    for (const scope of scopes) {
      if (scope === undefined || seen.has(scope)) continue;
      seen.add(scope);
      yield scope;
    }
}

/** `extern crate libc as c`, `extern crate std as sys`. */
function leadsOut({ is }: Entry): boolean {
  return is.kind === "std" || (is.kind === "crate" && isSubject(is.crate));
}

function isOfSubject(target: ReturnType<typeof resolvePath>[number]): boolean {
  if (target.kind === "scope") return isSubject(target.scope.crate);
  return target.kind === "item" && isSubject(target.item.unit.crate);
}

function hasWord(path: string, isWord: (word: string) => boolean): boolean {
  return path.includes("::") ? leads(path.split("::"), isWord) : isWord(path);
}

/** Most of what is used of std asks nobody: there only the names behind the crate's tell something. */
function leads(path: readonly string[], isWord: (word: string) => boolean): boolean {
  const head = path[0]!;
  const second = path[head === "" ? 2 : 1];
  const crate = head === "" ? path[1]! : head;
  if (head.startsWith("$crate#")) return path.some((word) => isWord(word));
  if (!SYSROOT.has(crate) || second === undefined || HOST_MODULES.has(second))
    return path.some((word) => isWord(word));
  return path.some((word) => word !== crate && isWord(word));
}
