import { getStaticTOMLValue, parseTOML, type AST } from "toml-eslint-parser";
import type { z } from "zod";
import { InputError, notTooDeep } from "../util/errors.ts";
import { firstProblem } from "../util/schema-hints.ts";

type Path = readonly PropertyKey[];

/** A TOML text that was read, with the places of what stands in it. */
export interface TomlText {
  readonly value: unknown;
  /** `file:line:column` of the value at a path, or of its key; the nearest table when it is not there. */
  placeOf(path: Path, options?: { readonly atKey?: boolean }): string;
}

/** Reads a TOML text. Throws an InputError with the place where it is broken. */
export function readToml(options: { text: string; file: string }): TomlText {
  const { nodes, value } = notTooDeep(options.file, () => {
    const program = parse(options);
    return { nodes: collect(program), value: plain(getStaticTOMLValue(program)) };
  });
  return {
    value,
    placeOf(path, { atKey = false } = {}) {
      for (let length = path.length; length > 0; length -= 1) {
        const entry = nodes.get(keyOf(path.slice(0, length)));
        if (entry === undefined) continue;
        const { line, column } = atKey && length === path.length ? entry.key : entry.value;
        return `${options.file}:${line}:${column + 1}`;
      }
      return `${options.file}:1:1`;
    },
  };
}

/** Checks part of a TOML text against a schema; the InputError names the place and the word that was meant. */
export function checkToml<S extends z.ZodType>(options: {
  toml: TomlText;
  schema: S;
  /** Where the part stands, from the top of the file. */
  at?: readonly string[];
}): z.output<S> {
  const { toml, schema, at = [] } = options;
  const input = valueAt(toml.value, at);
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const problem = firstProblem({ error: parsed.error, schema, input });
  throw new InputError(problem.message, {
    place: toml.placeOf([...at, ...problem.path], { atKey: problem.atKey }),
    ...(problem.hint === undefined ? {} : { hint: problem.hint }),
  });
}

/** The value under a path of keys; `undefined` when there is none. */
export function valueAt(value: unknown, path: readonly string[]): unknown {
  let here = value;
  for (const key of path) {
    if (typeof here !== "object" || here === null || !Object.hasOwn(here, key)) return undefined;
    here = (here as Record<string, unknown>)[key];
  }
  return here;
}

function parse({ text, file }: { text: string; file: string }): AST.TOMLProgram {
  try {
    return parseTOML(text);
  } catch (error) {
    if (!isParseError(error)) throw error;
    throw new InputError(`not valid TOML: ${error.message}`, {
      place: `${file}:${error.lineNumber}:${error.column + 1}`,
    });
  }
}

function isParseError(error: unknown): error is Error & { lineNumber: number; column: number } {
  return error instanceof Error && "lineNumber" in error && "column" in error;
}

interface Entry {
  readonly key: AST.Position;
  readonly value: AST.Position;
}

function collect(program: AST.TOMLProgram): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  for (const node of program.body[0].body) {
    if (node.type === "TOMLKeyValue") addPair(entries, node, []);
    else {
      const start = node.loc.start;
      for (let length = 1; length <= node.resolvedKey.length; length += 1) {
        const key = keyOf(node.resolvedKey.slice(0, length));
        if (!entries.has(key)) entries.set(key, { key: node.key.loc.start, value: start });
      }
      for (const pair of node.body) addPair(entries, pair, node.resolvedKey);
    }
  }
  return entries;
}

function addPair(entries: Map<string, Entry>, node: AST.TOMLKeyValue, above: Path): void {
  const path = [...above];
  for (const part of node.key.keys) {
    path.push(part.type === "TOMLBare" ? part.name : part.value);
    const key = keyOf(path);
    if (!entries.has(key)) {
      entries.set(key, { key: part.loc.start, value: node.value.loc.start });
    }
  }
  addContent(entries, node.value, path);
}

function addContent(entries: Map<string, Entry>, node: AST.TOMLContentNode, path: Path): void {
  if (node.type === "TOMLInlineTable") {
    for (const pair of node.body) addPair(entries, pair, path);
  }
  if (node.type !== "TOMLArray") return;
  for (const [index, element] of node.elements.entries()) {
    const here = [...path, index];
    entries.set(keyOf(here), { key: element.loc.start, value: element.loc.start });
    addContent(entries, element, here);
  }
}

function keyOf(path: Path): string {
  return JSON.stringify(path.map(String));
}

/** Days become text, as a person writes them in quotes too. */
function plain(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]));
}
