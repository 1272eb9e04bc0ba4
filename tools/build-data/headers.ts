import { join } from "node:path";
import { writeFileSync } from "node:fs";
import { readTypedefs } from "./abi.ts";
import { evaluate, preprocess, publicHeaders, type Compiler } from "./compiler.ts";

/** What Cosmopolitan's headers say about a name on one architecture. */
export interface HeaderConst {
  /** The number, where the header fixes one; null: a variable, or an expression over variables. */
  readonly value: bigint | null;
  /** What the macro stands for, in the header's words. */
  readonly expansion: string;
  /** `libc/sysv/consts/af.h:12` */
  readonly place: string;
}

export interface HeaderFacts {
  readonly macros: ReadonlyMap<string, HeaderConst>;
  /** Names declared as `extern const`: numbers known at run time only; with their places. */
  readonly externs: ReadonlyMap<string, string>;
  /** `#include` lines that bring all of it. */
  readonly prelude: string;
  /** `typedef`s by name, for reading signatures. */
  readonly typedefs: ReadonlyMap<string, string>;
  /** Places of structs, unions and their typedefs. */
  readonly structs: ReadonlyMap<string, string>;
}

/** Reads all public headers: which of `names` are macros with a number, which are variables. */
export function readHeaders(options: {
  compiler: Compiler;
  work: string;
  names: Iterable<string>;
}): HeaderFacts {
  const { compiler, work } = options;
  const prelude = publicHeaders(compiler, work);
  const file = join(work, `headers-${compiler.arch}.c`);
  writeFileSync(file, `${prelude}\n`);
  const text = preprocess(compiler, file, ["-dD"]);
  if (text === undefined)
    throw new Error(`the public headers do not preprocess together for ${compiler.arch}`);
  const { defines, externs, structs } = scanDefinitions(text, compiler.tree);
  const wanted = new Set(options.names);
  const expressions = new Map(
    [...defines.keys(), ...enumerators(text)]
      .filter((name) => wanted.has(name))
      .map((name) => [name, name]),
  );
  const values = evaluate({ compiler, work, prelude, expressions });
  const macros = new Map<string, HeaderConst>();
  for (const name of expressions.keys()) {
    const define = defines.get(name) ?? { expansion: name, place: "enum" };
    macros.set(name, { ...define, value: values.get(name) ?? null });
  }
  return { macros, externs, prelude, typedefs: readTypedefs(text), structs };
}

interface Define {
  readonly expansion: string;
  readonly place: string;
}

interface Scanned {
  readonly defines: Map<string, Define>;
  readonly externs: Map<string, string>;
  readonly structs: Map<string, string>;
}

/** Walks the preprocessor's output with its line markers. */
function scanDefinitions(text: string, tree: string): Scanned {
  const structs = new Map<string, string>();
  const defines = new Map<string, Define>();
  const externs = new Map<string, string>();
  let file = "";
  let line = 0;
  for (const row of text.split("\n")) {
    const marker = /^# (\d+) "([^"]*)"/.exec(row);
    if (marker) {
      line = Number(marker[1]);
      file = (marker[2] ?? "").replace(`${tree}/`, "");
      continue;
    }
    const define = /^#define (\w+)(?:\s+(.*))?$/.exec(row);
    if (define)
      defines.set(define[1] ?? "", { expansion: define[2] ?? "", place: `${file}:${line}` });
    const undef = /^#undef (\w+)/.exec(row);
    if (undef) defines.delete(undef[1] ?? "");
    const extern = /^\s*extern (?:const [\w ]+?|[\w ]+? const) \*?(\w+);/.exec(row);
    if (extern) externs.set(extern[1] ?? "", `${file}:${line}`);
    const struct =
      /\b(?:struct|union)\s+(\w+)\s*\{/.exec(row) ??
      /^\s*\}\s*(\w+);/.exec(row) ??
      /^\s*typedef\s[^;(]*\b(\w+);/.exec(row);
    if (struct && !structs.has(struct[1] ?? "")) structs.set(struct[1] ?? "", `${file}:${line}`);
    line += 1;
  }
  return { defines, externs, structs };
}

function enumerators(text: string): string[] {
  const names: string[] = [];
  const code = text.replace(/^#.*$/gm, "");
  for (const body of code.matchAll(/\benum\b[^{};]*\{([^}]*)\}/g)) {
    for (const name of (body[1] ?? "").matchAll(/(?:^|,)\s*([A-Za-z_]\w*)/g))
      names.push(name[1] ?? "");
  }
  return names;
}
