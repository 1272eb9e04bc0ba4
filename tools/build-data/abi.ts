import type { LibcFunction, LibcSurface, RustType } from "./libc-crate.ts";

/** How a value travels through a call: enough to see that two sides disagree. */
export interface Passed {
  readonly kind: "int" | "float" | "pointer" | "void" | "struct" | "unknown";
  /** Bytes, for numbers. */
  readonly size?: number;
}

export interface Signature {
  readonly inputs: readonly Passed[];
  readonly output: Passed;
  readonly variadic: boolean;
}

const int = (size: number): Passed => ({ kind: "int", size });

const C_WORDS: ReadonlyMap<string, Passed> = new Map<string, Passed>([
  ["void", { kind: "void" }],
  ["char", int(1)],
  ["short", int(2)],
  ["int", int(4)],
  ["unsigned", int(4)],
  ["signed", int(4)],
  ["long", int(8)],
  ["_Bool", int(1)],
  ["float", { kind: "float", size: 4 }],
  ["double", { kind: "float", size: 8 }],
  ["__int128", int(16)],
  ["__builtin_va_list", { kind: "pointer" }],
]);

/** `typedef`s of preprocessed C: name to the words before it. */
export function readTypedefs(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const match of text
    .replace(/^#.*$/gm, "")
    .matchAll(/\btypedef\s+([^;{}()]+?)\s*\b(\w+)\s*(\[[^\]]*\])?\s*(?:__attribute__[^;]*)?;/g))
    found.set(match[2] ?? "", match[3] ? `${match[1]} *` : (match[1] ?? ""));
  for (const match of text.matchAll(/\btypedef\s+[^;{}]*?\(\s*\*?\s*(\w+)\s*\)\s*\([^;]*;/g))
    found.set(match[1] ?? "", "void *");
  for (const match of text.matchAll(/\}\s*(\w+)\s*;/g))
    if (!found.has(match[1] ?? "")) found.set(match[1] ?? "", "struct");
  return found;
}

/** Reads `int f(const char *, size_t)`. */
export function cSignature(
  head: string,
  typedefs: ReadonlyMap<string, string>,
): Signature | undefined {
  const text = head
    .replace(/__attribute__\s*\(\((?:[^()]|\([^()]*\))*\)\)/g, " ")
    .replace(/\s+/g, " ");
  const open = /\b([A-Za-z_]\w*)\s*\(/.exec(text);
  if (!open) return undefined;
  const parameters = splitParameters(
    text.slice(open.index + open[0].length, text.lastIndexOf(")")),
  );
  const variadic = parameters.at(-1) === "...";
  const named = parameters.filter((one) => one !== "..." && one !== "void" && one !== "");
  return {
    inputs: named.map((one) => cType(one, typedefs, true)),
    output: cType(text.slice(0, open.index), typedefs, false),
    variadic,
  };
}

function splitParameters(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = "";
  for (const char of text) {
    if (char === "(" || char === "[") depth += 1;
    if (char === ")" || char === "]") depth -= 1;
    if (char === "," && depth === 0) {
      parts.push(part.trim());
      part = "";
    } else part += char;
  }
  parts.push(part.trim());
  return parts;
}

function cType(
  text: string,
  typedefs: ReadonlyMap<string, string>,
  named: boolean,
  depth = 0,
): Passed {
  if (/[*[(]/.test(text)) return { kind: "pointer" };
  if (/\b(struct|union)\b/.test(text)) return { kind: "struct" };
  if (/\benum\b/.test(text)) return int(4);
  const words = (text.match(/\w+/g) ?? []).filter(
    (word) =>
      !/^(const|volatile|restrict|__restrict\w*|extern|inline|__inline|register|static|_Noreturn|noreturn)$/.test(
        word,
      ),
  );
  const basic = words.filter((word) => C_WORDS.has(word));
  if (basic.length > 0) return basicType(basic);
  const alias = words.find((word) => typedefs.has(word)) ?? (named ? words[0] : words.at(-1));
  const target = alias === undefined ? undefined : typedefs.get(alias);
  if (target === undefined || depth > 8) return { kind: "unknown" };
  return target === "struct" ? { kind: "struct" } : cType(target, typedefs, false, depth + 1);
}

function basicType(words: readonly string[]): Passed {
  if (words.includes("double")) return { kind: "float", size: words.includes("long") ? 16 : 8 };
  const order = [
    "char",
    "short",
    "_Bool",
    "float",
    "void",
    "__int128",
    "__builtin_va_list",
    "long",
  ];
  const word = order.find((one) => words.includes(one)) ?? "int";
  return C_WORDS.get(word) ?? int(4);
}

const RUST_PRIMITIVES: ReadonlyMap<string, Passed> = new Map<string, Passed>([
  ["bool", int(1)],
  ["f32", { kind: "float", size: 4 }],
  ["f64", { kind: "float", size: 8 }],
  ["isize", int(8)],
  ["usize", int(8)],
  ...[8, 16, 32, 64, 128].flatMap((bits): [string, Passed][] => [
    [`i${bits}`, int(bits / 8)],
    [`u${bits}`, int(bits / 8)],
  ]),
]);
const CORE_FFI: ReadonlyMap<string, Passed> = new Map<string, Passed>([
  ["c_char", int(1)],
  ["c_schar", int(1)],
  ["c_uchar", int(1)],
  ["c_short", int(2)],
  ["c_ushort", int(2)],
  ["c_int", int(4)],
  ["c_uint", int(4)],
  ["c_long", int(8)],
  ["c_ulong", int(8)],
  ["c_longlong", int(8)],
  ["c_ulonglong", int(8)],
  ["c_float", { kind: "float", size: 4 }],
  ["c_double", { kind: "float", size: 8 }],
  ["c_void", { kind: "void" }],
  ["Option", { kind: "pointer" }],
]);

export function rustSignature(fn: LibcFunction, surface: LibcSurface): Signature {
  const output = fn.output === null ? ({ kind: "void" } as const) : rustType(fn.output, surface);
  return {
    inputs: fn.inputs.map((type) => rustType(type, surface)),
    output,
    variadic: fn.variadic,
  };
}

function rustType(type: RustType, surface: LibcSurface, depth = 0): Passed {
  if ("raw_pointer" in type || "function_pointer" in type || "borrowed_ref" in type)
    return { kind: "pointer" };
  if (typeof type["primitive"] === "string")
    return (
      RUST_PRIMITIVES.get(type["primitive"]) ??
      (type["primitive"] === "never" ? { kind: "void" } : { kind: "unknown" })
    );
  const path = type["resolved_path"] as { readonly path?: string } | undefined;
  const name = path?.path?.split("::").at(-1) ?? "";
  const known = CORE_FFI.get(name);
  if (known) return known;
  const alias = surface.types.get(name);
  if (alias && depth < 8) return rustType(alias, surface, depth + 1);
  return surface.structs.has(name) ? { kind: "struct" } : { kind: "unknown" };
}

/**
 * What a caller in Rust would get wrong, in words; `undefined` where both sides agree or one is not known.
 * `breaks`: a value is taken for something else. Otherwise an integer is only widened: its upper half is what the
 * register happens to hold.
 */
export function disagreement(
  rust: Signature,
  c: Signature,
): { breaks: boolean; note: string } | undefined {
  if (rust.output.kind !== "void" && differs(rust.output, c.output))
    return {
      breaks: breaks(rust.output, c.output),
      note: `returns ${inWords(c.output)}, the libc crate says ${inWords(rust.output)}`,
    };
  const open = c.variadic || rust.variadic || c.inputs.length === 0;
  if (!open && rust.inputs.length !== c.inputs.length)
    return {
      breaks: rust.inputs.length < c.inputs.length,
      note: `takes ${c.inputs.length} arguments, the libc crate passes ${rust.inputs.length}`,
    };
  for (const [index, input] of c.inputs.entries()) {
    const passed = rust.inputs[index];
    if (!passed || !differs(passed, input)) continue;
    return {
      breaks: breaks(passed, input),
      note: `argument ${index + 1} is ${inWords(input)}, the libc crate passes ${inWords(passed)}`,
    };
  }
  return undefined;
}

function differs(a: Passed, b: Passed): boolean {
  if (a.kind === "unknown" || b.kind === "unknown") return false;
  return register(a) !== register(b);
}

/** A pointer and an integer as wide travel alike. */
function register(passed: Passed): string {
  if (passed.kind === "pointer") return "int 8";
  return passed.kind === "int" || passed.kind === "float"
    ? `${passed.kind} ${passed.size}`
    : passed.kind;
}

function breaks(a: Passed, b: Passed): boolean {
  const pointer = a.kind === "pointer" || b.kind === "pointer";
  return pointer || a.kind !== b.kind || a.kind !== "int";
}

function inWords(passed: Passed): string {
  if (passed.kind === "int") return `an integer of ${passed.size} bytes`;
  if (passed.kind === "float") return `a float of ${passed.size} bytes`;
  return passed.kind === "void" ? "nothing" : `a ${passed.kind}`;
}
