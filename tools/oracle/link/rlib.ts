import { readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { must } from "../cargo.ts";
import { type Cosmo, cosmoTarget } from "../cosmo.ts";

/** C symbols that a library's own objects want and that neither Cosmopolitan nor any crate beside it defines. */
export async function wantedByLibrary(options: {
  /** What cargo said, in JSON. */
  messages: string;
  crate: string;
  cosmo: Cosmo;
}): Promise<string[]> {
  const { messages, crate, cosmo } = options;
  const own = libraryFile(messages, crate, cosmoTarget(cosmo.arch));
  if (own === undefined) throw new Error(`cargo tells of no library of ${crate}`);
  const deps = join(dirname(own), "deps");
  const beside = (await readdir(deps)).filter((file) => file.endsWith(".rlib"));
  const archives = [libcosmo(cosmo), ...beside.map((file) => join(deps, file))];
  const defined = new Set(symbolsIn(await nm(archives)).defined);
  const { undefined: wanted } = symbolsIn(await nm([own]));
  return [...new Set(wanted)].filter((symbol) => !defined.has(symbol) && isC(symbol)).toSorted();
}

/** What the C library defines. */
export async function cosmoSymbols(cosmo: Cosmo): Promise<string[]> {
  return symbolsIn(await nm([libcosmo(cosmo)])).defined;
}

function libcosmo({ dir, arch }: Cosmo): string {
  return join(dir, arch, "lib", "libcosmo.a");
}

/** The file of a library among cargo's messages; the last one, since std's crates come first. */
export function libraryFile(messages: string, crate: string, target: string): string | undefined {
  const files = messages.split("\n").flatMap((line) => {
    if (!line.startsWith("{")) return [];
    const { filenames = [] } = JSON.parse(line) as { filenames?: readonly string[] };
    return filenames.filter(
      (file) => file.includes(`/${target}/`) && file.endsWith(`/lib${crate}.rlib`),
    );
  });
  return files.at(-1);
}

/** What nm lists: symbols that objects define, and those that they want. */
export function symbolsIn(listing: string): { defined: string[]; undefined: string[] } {
  const found = { defined: [] as string[], undefined: [] as string[] };
  for (const line of listing.split("\n")) {
    const [, kind, name] = /^[0-9a-f ]*([A-Za-z]) (\S+)$/.exec(line.trim()) ?? [];
    if (kind === undefined || name === undefined) continue;
    if (kind === "U") found.undefined.push(name);
    // NOTE: a weak wish (w, v) may stay unanswered
    else if (!/^[wv]$/.test(kind)) found.defined.push(name);
  }
  return found;
}

async function nm(files: readonly string[]): Promise<string> {
  return await must("nm", ["--no-sort", ...files], { cwd: dirname(files[0] ?? ".") });
}

/** Rust's own names are the compiler's business. */
function isC(symbol: string): boolean {
  return !/^(_ZN|_R|rust_eh_personality$|_Unwind_)/.test(symbol);
}
