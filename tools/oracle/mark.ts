import { cp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { exists } from "./prepare.ts";

/** The note by which our marks are told from the crate's own deprecations. */
export const MARK = "APE-MARK";

/**
 * Makes a copy of the libc crate in which everything is deprecated. One attribute on the crate does
 * it: rustc hands a deprecation down to every item that has none of its own (those are taken away),
 * whatever macro or cfg made it, so no public name can be forgotten; the kind and the name stand in
 * rustc's message. Only re-exports of `core::ffi` (`c_int` …) are left out: they are not the libc crate's items.
 */
export async function markLibc(from: string, to: string): Promise<void> {
  if (await exists(join(to, ".marked"))) return;
  await rm(to, { recursive: true, force: true });
  await cp(from, to, { recursive: true });
  for (const file of await readdir(join(to, "src"), { recursive: true })) {
    if (!file.endsWith(".rs")) continue;
    const path = join(to, "src", file);
    await writeFile(path, withoutDeprecations(await readFile(path, "utf8")));
  }
  const root = join(to, "src/lib.rs");
  const text = await readFile(root, "utf8");
  const at = text.indexOf("#![");
  if (at < 0)
    throw new Error(
      `${from}: no inner attribute found in src/lib.rs, do not know where to put the mark`,
    );
  await writeFile(root, `${text.slice(0, at)}#![deprecated(note = "${MARK}")] ${text.slice(at)}`);
  await writeFile(join(to, ".marked"), "");
}

const ATTRIBUTE = /#\[deprecated\b(?:[^\]"]|"(?:[^"\\]|\\[^])*")*\]/g;
const IN_CFG_ATTR = /\bdeprecated\((?:[^)"]|"(?:[^"\\]|\\[^])*")*\)/g;

/** Takes the crate's own deprecations away, those in a `cfg_attr` too. */
export function withoutDeprecations(source: string): string {
  return source.replace(ATTRIBUTE, "").replace(IN_CFG_ATTR, "allow()");
}
