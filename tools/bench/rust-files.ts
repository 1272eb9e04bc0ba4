import { readdir, readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";

/** One Rust file of a crate that cargo has unpacked on this machine. */
export interface RustFile {
  /** Folder of its crate: `name-version`. */
  readonly crate: string;
  /** Relative to that folder. */
  readonly path: string;
  readonly text: string;
}

/** Folders of the crates in cargo's registry cache, sorted by name; empty when cargo has none. */
export async function cachedCrates(): Promise<{ name: string; dir: string }[]> {
  const root = join(process.env["CARGO_HOME"] ?? join(homedir(), ".cargo"), "registry", "src");
  const found = new Map<string, string>();
  for (const registry of await readdir(root).catch(() => [])) {
    for (const name of await readdir(join(root, registry)))
      found.set(name, join(root, registry, name));
  }
  return [...found]
    .map(([name, dir]) => ({ name, dir }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The Rust files of the crates, one after another, so that no more than one text is in memory. */
export async function* rustFiles(
  crates: readonly { name: string; dir: string }[],
): AsyncGenerator<RustFile> {
  for (const { name, dir } of crates) {
    const paths = await readdir(dir, { recursive: true }).catch(() => []);
    for (const path of paths.filter((one) => one.endsWith(".rs")).sort()) {
      const text = await readFile(join(dir, path), "utf8").catch(() => undefined);
      if (text !== undefined) yield { crate: name, path, text };
    }
  }
}
