import { cpSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Arch } from "../../src/model/host.ts";
import { runOk } from "./run.ts";

/** A public constant of the libc crate, as the compiler evaluated it. */
export interface LibcConst {
  /** Null for pointers and structs. */
  readonly value: bigint | null;
  /** Bits of its Rust type; 64 where the value is no integer. */
  readonly bits: number;
  readonly place: string;
}

export interface LibcFunction {
  readonly place: string;
  /** True: Rust code inside the crate, no symbol of its own. */
  readonly inline: boolean;
  readonly variadic: boolean;
  /** Type parameters; only the crate's own helpers have some. */
  readonly generics: number;
  readonly inputs: readonly RustType[];
  readonly output: RustType | null;
}

/** A type as rustdoc writes it; resolved by `abi.ts`. */
export type RustType = Readonly<Record<string, unknown>>;

export interface LibcStruct {
  readonly place: string;
  readonly kind: "struct" | "union";
  readonly fields: readonly string[];
}

/** The public surface of the libc crate on one musl target. */
export interface LibcSurface {
  readonly arch: Arch;
  readonly consts: ReadonlyMap<string, LibcConst>;
  readonly functions: ReadonlyMap<string, LibcFunction>;
  readonly structs: ReadonlyMap<string, LibcStruct>;
  /** `stat64` → `stat`. */
  readonly aliases: ReadonlyMap<string, string>;
  /** Every alias with the type that it stands for. */
  readonly types: ReadonlyMap<string, RustType>;
  /** Variables of C that the crate declares. */
  readonly statics: ReadonlyMap<string, string>;
}

/**
 * Lets rustdoc write down the crate for a musl target: it resolves cfgs and evaluates constants, and runs
 * nothing of the target. Works on a copy below `work`, so that the registry's folder stays as it is.
 */
export function readLibcCrate(dir: string, arch: Arch, work: string): LibcSurface {
  const copy = copyCrate(dir, work);
  const target = `${arch}-unknown-linux-musl`;
  const args = [
    "rustdoc",
    "-q",
    "--lib",
    "--target",
    target,
    "--",
    "-Zunstable-options",
    "--output-format",
    "json",
    "--document-hidden-items",
  ];
  runOk("cargo", args, {
    cwd: copy,
    env: { RUSTC_BOOTSTRAP: "1", CARGO_TARGET_DIR: join(work, "target"), RUSTFLAGS: "" },
  });
  return readRustdoc(
    JSON.parse(readFileSync(join(work, "target", target, "doc", "libc.json"), "utf8")) as Rustdoc,
    arch,
  );
}

/** The crate's sources in a folder that cargo may write to. */
export function copyCrate(dir: string, work: string): string {
  const copy = join(work, "libc");
  if (!existsSync(copy)) cpSync(dir, copy, { recursive: true });
  return copy;
}

interface Rustdoc {
  readonly root: number;
  readonly index: Readonly<Record<string, RustdocItem>>;
}
interface RustdocItem {
  readonly id: number;
  readonly name: string | null;
  readonly span: { readonly filename: string; readonly begin: readonly [number, number] } | null;
  readonly visibility: unknown;
  readonly inner: {
    readonly constant?: { readonly const: { readonly value: string | null } };
    readonly function?: {
      readonly has_body: boolean;
      readonly generics: { readonly params: readonly unknown[] };
      readonly sig: {
        readonly inputs: readonly (readonly [string, RustType])[];
        readonly output: RustType | null;
        readonly is_c_variadic: boolean;
      };
    };
    readonly static?: unknown;
    readonly struct?: {
      readonly kind: { readonly plain?: { readonly fields: readonly number[] } };
    };
    readonly union?: { readonly fields: readonly number[] };
    readonly type_alias?: {
      readonly type: RustType & { readonly resolved_path?: { readonly id: number } };
    };
    readonly module?: { readonly items: readonly number[] };
    readonly use?: { readonly id: number | null; readonly is_glob: boolean; readonly name: string };
  };
}

function readRustdoc(doc: Rustdoc, arch: Arch): LibcSurface {
  const consts = new Map<string, LibcConst>();
  const functions = new Map<string, LibcFunction>();
  const structs = new Map<string, LibcStruct>();
  const aliases = new Map<string, string>();
  const types = new Map<string, RustType>();
  const statics = new Map<string, string>();
  for (const { name, item } of publicItems(doc)) {
    const place = placeOf(item);
    const { constant, function: fn, struct, union, type_alias: alias } = item.inner;
    if (constant) consts.set(name, { ...parseValue(constant.const.value), place });
    if (fn)
      functions.set(name, {
        place,
        inline: fn.has_body,
        variadic: fn.sig.is_c_variadic,
        generics: fn.generics.params.length,
        inputs: fn.sig.inputs.map(([, type]) => type),
        output: fn.sig.output,
      });
    if (item.inner.static !== undefined) statics.set(name, place);
    if (alias) types.set(name, alias.type);
    const fields = struct?.kind.plain?.fields ?? union?.fields;
    if (struct || union)
      structs.set(name, {
        place,
        kind: struct ? "struct" : "union",
        fields: fieldNames(doc, fields ?? []),
      });
    const to = alias?.type.resolved_path?.id;
    const target = to === undefined ? undefined : doc.index[to];
    if (target?.name) aliases.set(name, target.name);
  }
  return { arch, consts, functions, structs, aliases, types, statics };
}

/** The names that `libc::…` reaches: the root module, through its re-exports. */
function publicItems(doc: Rustdoc): Iterable<{ name: string; item: RustdocItem }> {
  const found = new Map<string, { name: string; item: RustdocItem }>();
  const seen = new Set<number>();
  const visit = (id: number): void => {
    if (seen.has(id)) return;
    seen.add(id);
    for (const child of doc.index[id]?.inner.module?.items ?? []) {
      const item = doc.index[child];
      if (!item) continue;
      const use = item.inner.use;
      if (use?.is_glob && use.id !== null) visit(use.id);
      else if (use && use.id !== null) add(use.name, doc.index[use.id]);
      else if (item.name && item.visibility === "public") add(item.name, item);
    }
  };
  const add = (name: string, item: RustdocItem | undefined): void => {
    // NOTE: types and values live apart in Rust (`stat` is a struct and a function).
    const kind =
      item && (item.inner.struct || item.inner.union || item.inner.type_alias ? "type" : "value");
    if (item) found.set(`${kind}:${name}`, { name, item });
  };
  visit(doc.root);
  return found.values();
}

function placeOf(item: RustdocItem): string {
  const file = item.span?.filename.replace(/^.*?(?=\bsrc\/)/, "") ?? "?";
  return `${file}:${item.span?.begin[0] ?? 0}`;
}

function fieldNames(doc: Rustdoc, ids: readonly number[]): string[] {
  return ids.flatMap((id) => {
    const item = doc.index[id];
    return item?.name && item.visibility === "public" ? [item.name] : [];
  });
}

/** Reads rustdoc's rendering of an evaluated constant: `2_048i32`, `!0` never comes, pointers come in braces. */
export function parseValue(text: string | null): { value: bigint | null; bits: number } {
  const number = /^(-?[\d_]+)(?:([iu])(8|16|32|64|128|size))?$/.exec(text ?? "");
  if (number) {
    const bits = number[3] === undefined || number[3] === "size" ? 64 : Number(number[3]);
    return { value: BigInt((number[1] ?? "").replaceAll("_", "")), bits };
  }
  const pointer = /^\{(0x[0-9a-f]+) as /.exec(text ?? "");
  return { value: pointer ? BigInt.asIntN(64, BigInt(pointer[1] ?? "")) : null, bits: 64 };
}
