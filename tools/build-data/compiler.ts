import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Arch } from "../../src/model/host.ts";
import { run } from "./run.ts";

/** The C compilers of the two architectures; Debian's packages `gcc` and `gcc-aarch64-linux-gnu` bring them. */
const COMPILERS: Readonly<Record<Arch, string>> = {
  x86_64: "x86_64-linux-gnu-gcc",
  aarch64: "aarch64-linux-gnu-gcc",
};

/** A way to compile C against one release's headers, as `cosmocc` would see them. */
export interface Compiler {
  readonly arch: Arch;
  readonly tree: string;
  readonly program: string;
  readonly flags: readonly string[];
}

export function compilerFor(tree: string, arch: Arch): Compiler {
  const flags = [
    "-nostdinc",
    "-iquote",
    tree,
    "-isystem",
    join(tree, "libc/isystem"),
    "-include",
    "libc/integral/normalize.inc",
    `-I${tree}`,
  ];
  flags.push(
    "-D_GNU_SOURCE",
    "-D_COSMO_SOURCE",
    '-DMODE=""',
    "-DIMAGE_BASE_VIRTUAL=0x400000",
    "-w",
  );
  return { arch, tree, program: COMPILERS[arch], flags };
}

/** Preprocesses a file; `undefined` when it does not preprocess for this architecture. */
export function preprocess(
  compiler: Compiler,
  file: string,
  extra: readonly string[] = [],
): string | undefined {
  const done = run(compiler.program, ["-E", ...extra, ...compiler.flags, file]);
  return done.ok ? done.stdout : undefined;
}

/** Values of C expressions, read from the data that the compiler lays out; nothing is run. */
export function evaluate(options: {
  compiler: Compiler;
  work: string;
  prelude: string;
  expressions: ReadonlyMap<string, string>;
}): Map<string, bigint> {
  const { compiler, prelude } = options;
  const file = join(options.work, `probe-${compiler.arch}.c`);
  let names = [...options.expressions.keys()];
  for (;;) {
    const lines = names.map(
      (name, index) =>
        `const long long kb_${index} = (long long)(${options.expressions.get(name) ?? "0"});`,
    );
    writeFileSync(file, `${prelude}\n#line 1 "kb-probe"\n${lines.join("\n")}\n`);
    const done = run(compiler.program, [
      "-S",
      "-O0",
      "-fmax-errors=0",
      "-fno-diagnostics-show-caret",
      "-o",
      "-",
      ...compiler.flags,
      file,
    ]);
    if (done.ok) return readQuads(done.stdout, names);
    const bad = new Set(
      [...done.stderr.matchAll(/^kb-probe:(\d+):\d+: error:/gm)].map(
        (match) => Number(match[1]) - 1,
      ),
    );
    if (bad.size === 0)
      throw new Error(`the probe does not compile:\n${done.stderr.slice(0, 2000)}`);
    names = names.filter((_, index) => !bad.has(index));
  }
}

function readQuads(assembly: string, names: readonly string[]): Map<string, bigint> {
  const values = new Map<string, bigint>();
  for (const match of assembly.matchAll(/^kb_(\d+):\n\t\.(?:quad|xword|dword|zero)\t(-?\d+)$/gm)) {
    const name = names[Number(match[1])];
    const zero = match[0].includes(".zero");
    if (name !== undefined)
      values.set(name, zero ? 0n : BigInt.asIntN(64, BigInt(match[2] ?? "0")));
  }
  // NOTE: a name that is an address (a variable or function of the same name) has no number here.
  return values;
}

/** Headers that are no business of a C ABI, or that refuse to stand beside others. */
const LEFT_OUT =
  /third_party\/(intel|aarch64|openmp|libcxx|libcxxabi|libunwind|nsync)|getopt\.internal\.h|dsp\/|nt\//;

/** `#include` lines for all public headers that compile on their own, and for the lists of constants. */
export function publicHeaders(compiler: Compiler, work: string): string {
  const lines: string[] = [];
  const root = join(compiler.tree, "libc/isystem");
  for (const entry of readdirSync(root, { recursive: true, encoding: "utf8" }).sort()) {
    if (!entry.endsWith(".h") || LEFT_OUT.test(readFileSync(join(root, entry), "utf8"))) continue;
    if (compilesAlone(compiler, work, `#include <${entry}>`)) lines.push(`#include <${entry}>`);
  }
  for (const entry of readdirSync(join(compiler.tree, "libc/sysv/consts")).sort()) {
    if (!entry.endsWith(".h") || entry.includes("internal")) continue;
    const line = `#include "libc/sysv/consts/${entry}"`;
    if (compilesAlone(compiler, work, line)) lines.push(line);
  }
  return lines.join("\n");
}

function compilesAlone(compiler: Compiler, work: string, line: string): boolean {
  const file = join(work, `header-${compiler.arch}.c`);
  writeFileSync(file, `${line}\n`);
  return run(compiler.program, ["-fsyntax-only", ...compiler.flags, file]).ok;
}
