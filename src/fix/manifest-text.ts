import { parseTOML, type AST } from "toml-eslint-parser";

/** A value of a TOML text under its whole path, however it is written. */
export interface TomlEntry {
  readonly path: readonly (string | number)[];
  readonly keys: readonly AST.TOMLKey["keys"][number][];
  readonly value: AST.TOMLContentNode;
  /** The whole `key = value`. */
  readonly range: readonly [number, number];
}

/** A `[table]` with the end of what stands in it. */
export interface TomlTable {
  readonly path: readonly (string | number)[];
  /** Behind its last entry, or behind its header. */
  readonly end: number;
}

/** A TOML text as places; undefined when it is none. */
export interface TomlPlaces {
  readonly entries: readonly TomlEntry[];
  readonly tables: readonly TomlTable[];
}

/** Finds every value and table of a TOML text, by offsets. */
export function tomlPlaces(text: string): TomlPlaces | undefined {
  let program: AST.TOMLProgram;
  try {
    // NOTE: a byte order mark is no TOML; a blank keeps the offsets.
    program = parseTOML(text.replace(/^\ufeff/u, " "));
  } catch {
    return undefined;
  }
  const entries: TomlEntry[] = [];
  const tables: TomlTable[] = [];
  for (const node of program.body[0].body) {
    if (node.type === "TOMLKeyValue") addEntry(entries, [], node);
    else {
      const path = node.resolvedKey;
      for (const entry of node.body) addEntry(entries, path, entry);
      tables.push({ path, end: node.body.at(-1)?.range[1] ?? node.range[1] });
    }
  }
  return { entries, tables };
}

function addEntry(entries: TomlEntry[], above: TomlEntry["path"], node: AST.TOMLKeyValue): void {
  const path = [
    ...above,
    ...node.key.keys.map((key) => (key.type === "TOMLBare" ? key.name : key.value)),
  ];
  entries.push({ path, keys: node.key.keys, value: node.value, range: node.range });
  if (node.value.type !== "TOMLInlineTable") return;
  for (const inner of node.value.body) addEntry(entries, path, inner);
}

/** Whether one path begins with another. */
export function isBelow(path: TomlEntry["path"], above: TomlEntry["path"]): boolean {
  return above.every((key, at) => path[at] === key);
}
