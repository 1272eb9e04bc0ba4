import { resolve } from "node:path";
import { z } from "zod";
import { crateKey } from "../../src/util/crate-key.ts";
import { MARK } from "./mark.ts";
import type { OracleKind, OracleRow, Place } from "./model.ts";
import type { PackageDir } from "./prepare.ts";

const Text = z.array(z.object({ text: z.string() }));
const SpanBase = z.object({
  file_name: z.string(),
  line_start: z.number(),
  line_end: z.number(),
  column_start: z.number(),
  column_end: z.number(),
  byte_start: z.number(),
  byte_end: z.number(),
  is_primary: z.boolean(),
  text: Text,
});
export type SpanJson = z.infer<typeof SpanBase> & {
  readonly expansion: { readonly span: SpanJson; readonly macro_decl_name: string } | null;
};
export const SpanSchema: z.ZodType<SpanJson> = SpanBase.extend({
  get expansion(): z.ZodNullable<
    z.ZodObject<{ span: z.ZodType<SpanJson>; macro_decl_name: z.ZodString }>
  > {
    return z.object({ span: SpanSchema, macro_decl_name: z.string() }).nullable();
  },
});

/** One line of `cargo check --message-format=json`, as far as the oracles look at it. */
export const Message = z.object({
  reason: z.literal("compiler-message"),
  package_id: z.string(),
  target: z.object({ kind: z.array(z.string()), src_path: z.string() }),
  message: z.object({
    message: z.string(),
    level: z.string(),
    code: z.object({ code: z.string() }).nullable(),
    spans: z.array(SpanSchema),
  }),
});
export type Message = z.infer<typeof Message>;

const KINDS: Readonly<Record<string, OracleKind>> = {
  constant: "const",
  function: "fn",
  static: "static",
  struct: "struct",
  union: "struct",
  enum: "struct",
  "type alias": "type",
  field: "field",
};

/** Turns rustc's column (characters from 1) into UTF-16 units from 1. */
export function utf16Column(line: string, column: number): number {
  return [...line].slice(0, column - 1).join("").length + 1;
}

/** Finds the package that a file of a diagnostic belongs to. */
export class Places {
  readonly #dirs: readonly PackageDir[];
  readonly #workspace: string;

  constructor(workspace: string, dirs: readonly PackageDir[]) {
    this.#workspace = workspace;
    this.#dirs = dirs.toSorted((a, b) => b.dir.length - a.dir.length);
  }

  /** `name@version` of a package id of cargo's messages. */
  byId(id: string): PackageDir | undefined {
    const hash = id.indexOf("#");
    const tail = id.slice(hash + 1);
    const path = /^path\+file:\/\/([^#]*)/.exec(id)?.[1];
    if (path !== undefined) return this.#dirs.find((d) => d.dir === path);
    const at = tail.lastIndexOf("@");
    return this.#dirs.find((d) => d.name === tail.slice(0, at) && d.version === tail.slice(at + 1));
  }

  /** The place of a span; the owner is empty for generated files and for the standard library. */
  of(span: SpanJson): Place {
    const path = resolve(this.#workspace, span.file_name);
    const owner = this.#dirs.find((d) => path.startsWith(`${d.dir}/`));
    const column = utf16Column(span.text[0]?.text ?? "", span.column_start);
    const where = { line: span.line_start, column };
    if (owner === undefined || path.includes("/target/"))
      return { owner: "", file: path, ...where };
    return {
      owner: crateKey(owner),
      file: path.slice(owner.dir.length + 1),
      ...where,
    };
  }
}

function macroChain(span: SpanJson, places: Places): OracleRow["macros"] {
  const chain: (Place & { macro: string })[] = [];
  for (let at = span.expansion; at !== null; at = at.span.expansion) {
    chain.push({ macro: at.macro_decl_name, ...places.of(at.span) });
  }
  return chain;
}

function identifierAt(span: SpanJson): string | undefined {
  const line = [...(span.text[0]?.text ?? "")];
  const word = line.slice(span.column_start - 1, span.column_end - 1).join("");
  return /^(r#)?\w+$/.test(word) ? word.replace("r#", "") : undefined;
}

function withoutMacro({ owner, file, line, column }: Place): Place {
  return { owner, file, line, column };
}

const HOST_UNITS = new Set(["custom-build", "proc-macro"]);

/**
 * Reads a use of the libc crate out of one message; undefined when it is something else: another
 * warning, libc itself, a build script or a procedural macro.
 */
export function toRow(message: Message, places: Places): OracleRow | undefined {
  const { message: text, code, spans } = message.message;
  const parsed = /^use of deprecated ([a-z ]+) `(?:[^`]*::)?([^`:]+)`/.exec(text);
  const span = spans.find((s) => s.is_primary);
  const used = places.byId(message.package_id);
  if (code?.code !== "deprecated" || parsed === null || span === undefined || used === undefined)
    return undefined;
  if (used.name === "libc" || parsed[1] === "crate" || !text.endsWith(MARK)) return undefined;
  if (message.target.kind.some((kind) => HOST_UNITS.has(kind))) return undefined;
  const id = crateKey(used);
  const written = places.of(span);
  const macros = macroChain(span, places);
  const spelled = identifierAt(span);
  const own = [written, ...macros].find((place) => place.owner === id) ?? written;
  return {
    package: used.name,
    version: used.version,
    file: own.file,
    line: own.line,
    column: own.column,
    symbol: parsed[2] ?? "",
    ...(spelled === undefined || spelled === parsed[2] ? {} : { spelled }),
    kinds: [KINDS[parsed[1] ?? ""] ?? "other"],
    ...(own === written ? {} : { written }),
    macros,
    calls: macros.filter((call) => call.owner === id).map(withoutMacro),
    text: (span.text[0]?.text ?? "").trim(),
  };
}

function distinct(calls: readonly Place[]): Place[] {
  return [
    ...new Map(calls.map((call) => [`${call.file}|${call.line}|${call.column}`, call])).values(),
  ];
}

/** One row per place and symbol: a macro called twice, or a name of two kinds, is one use. */
export function mergeRows(rows: readonly OracleRow[]): OracleRow[] {
  const merged = new Map<string, OracleRow>();
  for (const row of rows) {
    const key = [row.package, row.version, row.file, row.line, row.column, row.symbol].join("|");
    const known = merged.get(key);
    const kinds = new Set([...(known?.kinds ?? []), ...row.kinds]);
    const calls = distinct([...(known?.calls ?? []), ...row.calls]);
    merged.set(key, { ...(known ?? row), kinds: [...kinds].toSorted(), calls });
  }
  return [...merged.values()].toSorted(
    (a, b) =>
      a.package.localeCompare(b.package) ||
      a.file.localeCompare(b.file) ||
      a.line - b.line ||
      a.column - b.column,
  );
}
