import { posix } from "node:path";

/** Where the files of a module's children are looked for. */
export interface ModulePlace {
  /** The file that holds the module, relative to the package's folder. */
  readonly file: string;
  /** Folder of its children's files. */
  readonly dir: string;
  /** Folder that a `#[path]` on a child counts from. */
  readonly pathDir: string;
}

/** Place of a crate's root file, or of a file that behaves like one (`mod.rs`, or brought in by `#[path]`). */
export function rootPlace(file: string): ModulePlace {
  const dir = posix.dirname(file);
  return { file, dir, pathDir: dir };
}

/** Place of an inline module inside `outer`; its `#[path]`, if any, names a folder. */
export function inlinePlace(outer: ModulePlace, name: string, path?: string): ModulePlace {
  const dir = path === undefined ? posix.join(outer.dir, name) : posix.join(outer.pathDir, path);
  return { file: outer.file, dir, pathDir: dir };
}

/** The places where `mod name;` may have its file, best first. */
export function filePlaces(outer: ModulePlace, name: string, path?: string): ModulePlace[] {
  if (path !== undefined) return [rootPlace(posix.join(outer.pathDir, path))];
  const flat = posix.join(outer.dir, `${name}.rs`);
  const dir = posix.join(outer.dir, name);
  return [{ file: flat, dir, pathDir: outer.dir }, rootPlace(posix.join(dir, "mod.rs"))];
}
