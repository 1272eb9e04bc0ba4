import { MENTION_CLASSES, MENTION_STRIDE } from "../../extract/facts.ts";
import type { Crate, Graph, Unit } from "../graph.ts";
import { activeOf } from "./active.ts";
import type { RawSite } from "./raw.ts";
import { siteAt } from "./site.ts";

/** A method of std that asks the host, and the names of which one must stand in a file that calls it on a value. */
interface Method {
  readonly path: string;
  readonly beside: readonly string[];
  /** What it makes is told by a type: `near` says whether the same function names one of `beside`. */
  readonly makes?: true;
  /** Methods right before it whose value is another one's. */
  readonly notAfter?: readonly string[];
}

const FILES = ["File", "Path", "PathBuf", "DirEntry", "OpenOptions", "read_dir", "fs"];
/** What knows already whether it is a folder. */
const TOLD = [".file_type", ".metadata", ".symlink_metadata"];
const MAP: Method = {
  path: "std::collections::HashMap::from_iter",
  beside: ["HashMap", "HashSet"],
  makes: true,
};
const FILE: Method = { path: "std::fs::File::metadata", beside: FILES };

/**
 * Methods whose names hardly anything else has. The type of the value is not known, so a word of the file must speak
 * for it: `entry.metadata()` beside `fs::read_dir`.
 */
const METHODS: Readonly<Record<string, Method>> = {
  ".metadata": FILE,
  ".symlink_metadata": { path: "std::path::Path::symlink_metadata", beside: FILES },
  ".exists": { path: "std::path::Path::exists", beside: ["Path", "PathBuf"] },
  ".is_dir": { path: "std::path::Path::is_dir", beside: ["Path", "PathBuf"], notAfter: TOLD },
  ".is_file": { path: "std::path::Path::is_file", beside: ["Path", "PathBuf"], notAfter: TOLD },
  ".try_exists": { path: "std::path::Path::try_exists", beside: ["Path", "PathBuf"] },
  ".collect": MAP,
  ".into": MAP,
  ".wait_timeout": { path: "std::sync::Condvar::wait_timeout", beside: ["Condvar"] },
  ".wait_timeout_ms": { path: "std::sync::Condvar::wait_timeout_ms", beside: ["Condvar"] },
};

const DOT = ".".charCodeAt(0);
const METHOD = MENTION_CLASSES.indexOf("method");

/** Calls of std's methods on values: `data.method` says that the type is a guess. */
export function methodSites(graph: Graph, crate: Crate): RawSite[] {
  const sites: RawSite[] = [];
  for (const unit of crate.units) {
    const wanted = wantedIn(unit);
    if (wanted !== undefined) for (const site of sitesOf(graph, unit, wanted)) sites.push(site);
  }
  return sites;
}

/** The methods to look for in a file, by the number of their path; most files have none. */
function wantedIn(unit: Unit): Map<number, Method> | undefined {
  let wanted: Map<number, Method> | undefined;
  const { paths } = unit.facts;
  for (let id = 0; id < paths.length; id++) {
    const path = paths[id]!;
    if (path.charCodeAt(0) !== DOT || !Object.hasOwn(METHODS, path)) continue;
    const method = METHODS[path]!;
    if (hasOneOf(unit, method.beside)) (wanted ??= new Map<number, Method>()).set(id, method);
  }
  return wanted;
}

function isAfter({ facts }: Unit, at: number, { notAfter }: Method): boolean {
  if (notAfter === undefined) return false;
  for (let before = at - MENTION_STRIDE; before >= 0; before -= MENTION_STRIDE) {
    const path = facts.paths[facts.mentions[before]!]!;
    if (!HANDS_ON.has(path)) return notAfter.includes(path);
  }
  return false;
}

/** Methods that hand on what is in a result or an option. */
const HANDS_ON = new Set([".unwrap", ".expect", ".ok", ".map", ".is_ok_and", ".is_some_and"]);

function hasOneOf(unit: Unit, names: readonly string[]): boolean {
  return unit.facts.paths.some((path) =>
    path.split("::").some((segment) => names.includes(segment)),
  );
}

function sitesOf(graph: Graph, unit: Unit, wanted: ReadonlyMap<number, Method>): RawSite[] {
  const sites: RawSite[] = [];
  const { mentions, paths } = unit.facts;
  let maps: Named | undefined;
  for (let at = 0; at < mentions.length; at += MENTION_STRIDE) {
    const method = wanted.get(mentions[at]!);
    if (method === undefined || mentions[at + 2]! >> 8 !== METHOD) continue;
    const item = mentions[at + 4]!;
    const active = activeOf(unit, item, mentions[at + 3]!);
    const near =
      method.makes === true
        ? makesNear(unit, at, (maps ??= namedIn(unit, method.beside)))
        : undefined;
    if (active === 0 || near === "never" || isAfter(unit, at, method)) continue;
    const site = siteAt(graph, {
      kind: "std-use",
      name: method.path,
      unit,
      item,
      offset: mentions[at + 1]!,
      length: paths[mentions[at]!]!.length - 1,
      file: mentions[at + 5]!,
      context: mentions[at + 2]! & 0xff,
      active,
    });
    const made = near === undefined ? {} : { near: near === "here" };
    sites.push({ ...site, data: { ...site.data, method: true, ...made } });
  }
  return sites;
}

const TYPE = MENTION_CLASSES.indexOf("type");

/** Whether the method at a mention makes what it is looked for: by the type written at it, else by the names around. */
function makesNear(unit: Unit, at: number, named: Named): "here" | "elsewhere" | "never" {
  const written = turbofish(unit, at);
  if (written !== undefined) return written.some((name) => named.has(name)) ? "here" : "never";
  // what `into` makes is nearly always another thing: only a type right before it speaks for it
  if (isInto(unit, at)) return named.before(at) ? "here" : "elsewhere";
  return named.items.has(unit.facts.mentions[at + 4]!) ? "here" : "elsewhere";
}

function isInto({ facts }: Unit, at: number): boolean {
  return facts.paths[facts.mentions[at]!] === ".into";
}

/** Some names, and the items of a file that mention one of them. */
interface Named {
  has(name: string): boolean;
  /** Whether the mention before one, in the same item, is of such a name. */
  before(at: number): boolean;
  readonly items: ReadonlySet<number>;
}

function namedIn({ facts }: Unit, names: readonly string[]): Named {
  const { mentions, paths } = facts;
  const has = (name: string): boolean => names.includes(name);
  const wanted = new Set<number>();
  for (const [id, path] of paths.entries()) if (path.split("::").some(has)) wanted.add(id);
  const items = new Set<number>();
  for (let at = 0; at < mentions.length; at += MENTION_STRIDE)
    if (wanted.has(mentions[at]!)) items.add(mentions[at + 4]!);
  const before = (at: number): boolean =>
    at >= MENTION_STRIDE &&
    wanted.has(mentions[at - MENTION_STRIDE]!) &&
    mentions[at - MENTION_STRIDE + 4] === mentions[at + 4];
  return { has, before, items };
}

/** The names in the type of `.method::<Type>`, those within it first, as they were read. */
function turbofish({ facts }: Unit, at: number): string[] | undefined {
  const { mentions, paths } = facts;
  const start = mentions[at + 1]! + paths[mentions[at]!]!.length - 1 + "::<".length;
  const names: string[] = [];
  for (let next = at + MENTION_STRIDE; mentions[next + 2]! >> 8 === TYPE; next += MENTION_STRIDE) {
    const path = paths[mentions[next]!]!;
    const segments = path.split("::");
    names.push(...segments);
    const begins = mentions[next + 1]! - (path.length - segments.at(-1)!.length);
    if (begins === start) return names;
  }
  return undefined;
}
