import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { scanAssembly, scanC, type Definition } from "./c-scan.ts";
import type { Compiler } from "./compiler.ts";

/** Folders whose C and assembly end up in libcosmo.a (`COSMOPOLITAN` in the Makefile), without C++ and Windows' import stubs. */
const FOLDERS = [
  "libc",
  "net/http",
  "third_party/compiler_rt",
  "third_party/dlmalloc",
  "third_party/gdtoa",
  "third_party/getopt",
  "third_party/musl",
  "third_party/nsync",
  "third_party/puff",
  "third_party/regex",
  "third_party/tz",
  "third_party/xed",
  "third_party/zlib",
];
const NOT_IN_LIBRARY =
  /^libc\/(testlib|isystem|crt|nt\/\w+|sysv\/(calls|consts|dos2errno|errfuns))\/|\/(test|testdata)\/|^third_party\/nsync\/testing\/|^third_party\/dlmalloc\/(locks|vespene)\.c|^libc\/nt\/.*\.S$/;

/** What libcosmo.a defines on one architecture, by name. A name keeps its first definition. */
export interface Library {
  readonly definitions: ReadonlyMap<string, Definition>;
  /** Files that did not preprocess: nothing is known about what they define. */
  readonly skipped: readonly string[];
}

export function sourceFiles(tree: string): string[] {
  const files: string[] = [];
  for (const folder of FOLDERS)
    for (const entry of readdirSync(join(tree, folder), { recursive: true, encoding: "utf8" })) {
      const path = `${folder}/${entry}`;
      if (/\.[cS]$/.test(path) && !NOT_IN_LIBRARY.test(path)) files.push(path);
    }
  return files.sort();
}

/** Preprocesses the whole library, two files at a time, and notes every definition. */
export async function readLibrary(compiler: Compiler): Promise<Library> {
  const definitions = new Map<string, Definition>();
  const skipped: string[] = [];
  const files = sourceFiles(compiler.tree);
  const results = await mapTwo(files, (file) => preprocessAsync(compiler, file));
  for (const [index, text] of results.entries()) {
    const file = files[index] ?? "";
    if (text === undefined) skipped.push(file);
    else
      for (const one of file.endsWith(".S") ? scanAssembly(text, file) : scanC(text, compiler.tree))
        if (!definitions.has(one.name)) definitions.set(one.name, one);
  }
  return { definitions, skipped };
}

function preprocessAsync(compiler: Compiler, file: string): Promise<string | undefined> {
  const assembly = file.endsWith(".S") ? ["-D__ASSEMBLER__=1"] : [];
  return output(compiler.program, [
    "-E",
    ...assembly,
    ...compiler.flags,
    join(compiler.tree, file),
  ]);
}

/** Standard output of a program, `undefined` if it fails. */
export function output(program: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      stdio: ["ignore", "pipe", "ignore"],
      env: { ...process.env, LC_ALL: "C" },
    });
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.on("error", reject);
    child.on("close", (code) => resolve(code === 0 ? Buffer.concat(chunks).toString() : undefined));
  });
}

/** As `map`, with two at work; results in order. */
export async function mapTwo<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length) {
      const at = next++;
      results[at] = await work(items[at] as T);
    }
  };
  await Promise.all([worker(), worker()]);
  return results;
}
