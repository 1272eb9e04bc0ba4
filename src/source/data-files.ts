import type { Dirent } from "node:fs";
import { posix } from "node:path";
import { entriesOf } from "../util/entries.ts";

/** Files that no build script makes code of, unless it names them. */
const NO_DATA =
  /^(?:Cargo\.(?:toml|toml\.orig|lock)|\..*|.*\.(?:md|png|jpe?g|svg|gif|ico|rs)|(?:licen[cs]e|copying|readme|changelog|changes|news|notice|authors|contributing|(?:gnu)?makefile|justfile)\b[^/]*)$/i;
const NO_DATA_FOLDERS = /^(?:tests?|benches|examples?|fuzz|docs?|\..*)$/;
const NO_FOLDERS = /^(?:target|node_modules|\.git)$/;

/**
 * The files that a package's build script may read, relative to the package's folder: all but those that are known
 * already, and those that hold no data unless they are named.
 *
 * @returns undefined when there are too many to look at
 */
export function dataFiles(
  dir: string,
  options: {
    /** Whether somebody names the file or the folder. */
    readonly isNamed: (file: string) => boolean;
    readonly known: ReadonlySet<string>;
    readonly most: number;
  },
): string[] | undefined {
  const { isNamed, known, most } = options;
  const found: string[] = [];
  const folders: { readonly folder: string; readonly isData: boolean }[] = [
    { folder: "", isData: true },
  ];
  for (let at = folders.pop(); at !== undefined; at = folders.pop()) {
    for (const entry of entriesOf(posix.join(dir, at.folder))) {
      const file = posix.join(at.folder, entry.name);
      if (entry.isDirectory() && NO_FOLDERS.test(entry.name)) continue;
      const isData = isNamed(file) || (at.isData && !isNoData(entry));
      if (entry.isDirectory()) folders.push({ folder: file, isData });
      else if (isData && !known.has(file)) found.push(file);
      if (found.length + folders.length > most) return undefined;
    }
  }
  return found.toSorted();
}

function isNoData(entry: Dirent): boolean {
  return (entry.isDirectory() ? NO_DATA_FOLDERS : NO_DATA).test(entry.name);
}
