import { MENTION_CLASSES, MENTION_STRIDE } from "../../extract/facts.ts";
import type { Crate, Graph, Unit } from "../graph.ts";
import { activeOf } from "./active.ts";
import type { RawSite } from "./raw.ts";
import { siteAt } from "./site.ts";

/** A method of std that asks the host, and the names of which one must stand in a file that calls it on a value. */
interface Method {
  readonly path: string;
  readonly beside: readonly string[];
}

const FILES = ["File", "Path", "PathBuf", "DirEntry", "OpenOptions", "read_dir", "fs"];
const FILE: Method = { path: "std::fs::File::metadata", beside: FILES };

/**
 * Methods whose names hardly anything else has. The type of the value is not known, so a word of the file must speak
 * for it: `entry.metadata()` beside `fs::read_dir`.
 */
const METHODS: Readonly<Record<string, Method>> = {
  ".metadata": FILE,
  ".symlink_metadata": { path: "std::path::Path::symlink_metadata", beside: FILES },
  ".exists": { path: "std::path::Path::exists", beside: ["Path", "PathBuf"] },
  ".try_exists": { path: "std::path::Path::try_exists", beside: ["Path", "PathBuf"] },
  ".collect": { path: "std::collections::HashMap::from_iter", beside: ["HashMap", "HashSet"] },
  ".into": { path: "std::collections::HashMap::from_iter", beside: ["HashMap", "HashSet"] },
  ".wait_timeout": { path: "std::sync::Condvar::wait_timeout", beside: ["Condvar"] },
  ".wait_timeout_ms": { path: "std::sync::Condvar::wait_timeout_ms", beside: ["Condvar"] },
};

const METHOD = MENTION_CLASSES.indexOf("method");

/** Calls of std's methods on values: `data.method` says that the type is a guess. */
export function methodSites(graph: Graph, crate: Crate): RawSite[] {
  return crate.units.flatMap((unit) => {
    const wanted = wantedIn(unit);
    return wanted.size === 0 ? [] : sitesOf(graph, unit, wanted);
  });
}

/** The methods to look for in a file, by the number of their path. */
function wantedIn(unit: Unit): Map<number, Method> {
  const wanted = new Map<number, Method>();
  const { paths } = unit.facts;
  for (const [id, path] of paths.entries()) {
    if (path[0] !== "." || !Object.hasOwn(METHODS, path)) continue;
    const method = METHODS[path]!;
    if (hasOneOf(unit, method.beside)) wanted.set(id, method);
  }
  return wanted;
}

function hasOneOf(unit: Unit, names: readonly string[]): boolean {
  return unit.facts.paths.some((path) =>
    path.split("::").some((segment) => names.includes(segment)),
  );
}

function sitesOf(graph: Graph, unit: Unit, wanted: ReadonlyMap<number, Method>): RawSite[] {
  const sites: RawSite[] = [];
  const { mentions, paths } = unit.facts;
  for (let at = 0; at < mentions.length; at += MENTION_STRIDE) {
    const method = wanted.get(mentions[at]!);
    if (method === undefined || mentions[at + 2]! >> 8 !== METHOD) continue;
    const item = mentions[at + 4]!;
    const active = activeOf(unit, item, mentions[at + 3]!);
    if (active === 0) continue;
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
    sites.push({ ...site, data: { ...site.data, method: true } });
  }
  return sites;
}
