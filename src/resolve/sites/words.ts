import { crateOf } from "../asleep.ts";
import type { Crate, Entry, Scope } from "../graph.ts";
import { MAX_HOPS, resolvePath } from "../names.ts";
import type { AskedStd } from "./asked-std.ts";
import { isSubject } from "./subject.ts";

/** Crates of the sysroot, by the names that they always have. */
const SYSROOT_NAMES = ["std", "core", "alloc"];
const SYSROOT: ReadonlySet<string> = new Set(SYSROOT_NAMES);

/** A name of a crate that means whatever its path means. */
interface Link {
  readonly name: string;
  readonly path: readonly string[];
  /** Where it is known. */
  readonly names: Names;
}

/** What can be said of the words of a path. */
interface Asked {
  readonly isWord: (word: string) => boolean;
  /** Whether it may mean std itself, wherever it stands. */
  readonly isRoot: (word: string) => boolean;
  /** Whether it means std for sure, at the head of a path. */
  readonly isStd: (word: string) => boolean;
  readonly std: AskedStd;
}

/** What is known of the names of one crate, or of those that any crate may use. */
class Names {
  /** Names that may lead there. */
  readonly words = new Set<string>();
  /** Names for std itself, of which most parts lead nowhere. */
  readonly roots = new Set<string>();
}

/** Whether a path may lead there. @param isType a path that means a type */
export type MayLead = (path: string, isType: boolean) => boolean;

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
  /** What any crate may use from now on, by way of a public name. */
  private readonly shown = new Names();
  /** Public names of crates so far that are called like one of the sysroot's and mean something else. */
  private readonly othersShown = new Set<string>();
  private isSubjectShown = false;
  private readonly made: ReadonlySet<string>;

  private readonly std: AskedStd;
  private last: NamesIn | undefined;

  /** @param made names of constants that are made of those of libc; grows while crates are asked */
  constructor(made: ReadonlySet<string>, std: AskedStd) {
    this.made = made;
    this.std = std;
  }

  /** The names of a libc crate. */
  addSubject(crate: Crate): void {
    this.shown.words.add(`$crate#${crate.id}`);
    for (const scope of scopesOf(crate))
      for (const name of scope.entries.keys()) this.ofSubject.add(name);
  }

  /** Whether a path as it is written in a crate, its segments joined by `::`, may lead there. */
  of(crate: Crate): MayLead {
    if (this.last?.crate !== crate) this.last = this.namesIn(crate);
    const { own, links, others, takesAll } = this.last;
    const { shown, made, ofSubject, std, othersShown } = this;
    const isWord = (word: string): boolean =>
      own.words.has(word) || shown.words.has(word) || (takesAll && ofSubject.has(word));
    const isRoot = (word: string): boolean => own.roots.has(word) || shown.roots.has(word);
    const isStd = (word: string): boolean =>
      SYSROOT.has(word) && !others.has(word) && !othersShown.has(word);
    const asked = { isWord: (word: string) => isWord(word) || made.has(word), isRoot, isStd, std };
    follow(links, asked);
    const mayLead = (path: string, isType: boolean): boolean => {
      if (path.includes("::")) return leads(path.split("::"), asked) !== undefined;
      return isWord(path) || isRoot(path) || SYSROOT.has(path) || (!isType && made.has(path));
    };
    return remembering(mayLead);
  }

  private namesIn(crate: Crate): NamesIn {
    const own = new Names();
    for (const [name, other] of crate.externs) if (isSubject(other)) own.words.add(name);
    const links: Link[] = [];
    const others = new Set<string>(crate.externs.keys());
    let takesAll = this.isSubjectShown;
    for (const scope of scopesOf(crate)) {
      for (const [name, entries] of scope.entries)
        for (const { is, vis } of entries) {
          const names = vis === "pub" ? this.shown : own;
          if (SYSROOT.has(name) && !meansStd(name, is)) {
            others.add(name);
            if (vis === "pub") this.othersShown.add(name);
          }
          // longer ones mean nothing, and each of their words may call for them once more
          if (is.kind === "use" && is.path.length <= MAX_HOPS)
            links.push({ name, path: is.path, names });
          else if (is.kind === "std") names.roots.add(name);
          else if (is.kind === "crate" && isSubject(is.crate)) names.words.add(name);
        }
      for (const { scope: from, path, vis } of scope.globs) {
        if (!resolvePath(from, path, "type").some(isOfSubject)) continue;
        takesAll = true;
        if (vis === "pub") this.isSubjectShown = true;
      }
    }
    return { crate, own, links, others, takesAll };
  }
}

/** The names of one crate, as it declares them. */
interface NamesIn {
  readonly crate: Crate;
  readonly own: Names;
  readonly links: readonly Link[];
  /** Names of the sysroot's crates that mean something else there. */
  readonly others: ReadonlySet<string>;
  /** Whether any name of libc may stand there by itself. */
  readonly takesAll: boolean;
}

/** The same answers, each worked out once: paths come again and again. */
function remembering(mayLead: MayLead): MayLead {
  const known = [new Map<string, boolean>(), new Map<string, boolean>()] as const;
  return (path, isType) => {
    const answers = known[isType ? 1 : 0];
    let answer = answers.get(path);
    if (answer === undefined) answers.set(path, (answer = mayLead(path, isType)));
    return answer;
  };
}

/** What names are given to what leads there: those lead there too. */
function follow(links: readonly Link[], asked: Asked): void {
  const found: string[] = [];
  const look = ({ name, names, path }: Link): void => {
    const to = leads(path, asked);
    if (to === undefined) return;
    const known = to === "root" ? names.roots : names.words;
    if (known.has(name)) return;
    known.add(name);
    found.push(name);
  };
  for (const link of links) look(link);
  if (found.length === 0) return;
  // each link is looked at again for each of its words at most: chains may be long, and stand in any order
  const byWord = linksByWord(links);
  for (let word = found.pop(); word !== undefined; word = found.pop())
    for (const link of byWord.get(word) ?? []) look(link);
}

function linksByWord(links: readonly Link[]): Map<string, Link[]> {
  const byWord = new Map<string, Link[]>();
  for (const link of links)
    for (const word of link.path) {
      const list = byWord.get(word);
      if (list === undefined) byWord.set(word, [link]);
      else list.push(link);
    }
  return byWord;
}

/** Whether a path leads to what is looked for, or to std itself. */
function leads(
  path: readonly string[],
  { isWord, isRoot, isStd, std }: Asked,
): "word" | "root" | undefined {
  const first = path[0] === "" ? 1 : 0;
  if (path.length > first + 1 && isStd(path[first]!))
    return std.mayLeadTo(path.slice(first)) ? "word" : undefined;
  for (let at = first; at < path.length; at++) {
    const word = path[at]!;
    if (isWord(word)) return "word";
    if (!(isRoot(word) || (at === first && SYSROOT.has(word)))) continue;
    if (at === path.length - 1) return "root";
    if (!std.isModule(path[at + 1]!)) continue;
    const rest = path.slice(at + 1);
    if (SYSROOT_NAMES.some((root) => std.mayLeadTo([root, ...rest]))) return "word";
  }
  return undefined;
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

/** `extern crate std`, `use std` and the like, each under its own name. */
function meansStd(name: string, is: Entry["is"]): boolean {
  if (is.kind === "use") return is.path.length === 1 && is.path[0] === name;
  return is.kind === "std" && is.path === name;
}

function isOfSubject(target: ReturnType<typeof resolvePath>[number]): boolean {
  if (target.kind === "scope") return isSubject(target.scope.crate);
  return target.kind === "item" && isSubject(crateOf(target.item));
}
