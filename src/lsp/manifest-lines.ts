import type { Span } from "../model/place.ts";

/** A dependency that a Cargo.toml asks for, and where. */
export interface DependencyLine {
  /** Name of the package. */
  readonly name: string;
  /** Key in the table: another name where the manifest renames it. */
  readonly key: string;
  readonly kind: "normal" | "build" | "dev";
  /** The key. */
  readonly span: Span;
}

const HEADER =
  /^\s*\[(?:.*\.)?(?<table>(?:build[-_]|dev[-_])?dependencies)(?:\s*\.\s*(?<quote>["']?)(?<key>[\w-]+)\k<quote>)?\s*\]/u;
const KEY = /^(?<lead>\s*["']?)(?<key>[\w-]+)["']?\s*(?:[=.]|$)/u;
const RENAME = /\bpackage\s*=\s*["'](?<name>[^"']+)["']/u;

/**
 * The dependencies of a manifest, by line. Not by a TOML parser: a manifest is broken while somebody types in it, and
 * what stands above and below is still there.
 */
export function dependencyLines(lines: readonly string[]): DependencyLine[] {
  const found: DependencyLine[] = [];
  let table: string | undefined;
  let own = false;
  let before = "";
  for (const [index, text] of lines.entries()) {
    if (/^\s*\[/u.test(text)) {
      const groups = HEADER.exec(text)?.groups;
      table = groups?.["table"];
      own = groups?.["key"] !== undefined;
      before = "";
      if (own) found.push(lineOf({ text, key: groups?.["key"] ?? "", index, table }));
      continue;
    }
    if (table === undefined) continue;
    const rename = RENAME.exec(text)?.groups?.["name"];
    if (own) {
      const last = found.at(-1);
      if (rename !== undefined && last !== undefined)
        found[found.length - 1] = { ...last, name: rename };
      continue;
    }
    const { key } = KEY.exec(text)?.groups ?? {};
    if (key === undefined) continue;
    // NOTE: `name.workspace = true` and `name.version = "1"` are lines of one dependency
    if (key === before) continue;
    before = key;
    const line = lineOf({ text, key, index, table });
    found.push(rename === undefined ? line : { ...line, name: rename });
  }
  return found;
}

function lineOf(at: {
  text: string;
  key: string;
  index: number;
  table: string | undefined;
}): DependencyLine {
  const { text, key, index, table = "" } = at;
  const column =
    text.indexOf(key, text.includes("[") && /^\s*\[/u.test(text) ? text.lastIndexOf(".") : 0) + 1;
  const line = index + 1;
  const kind = table.startsWith("build") ? "build" : table.startsWith("dev") ? "dev" : "normal";
  return {
    name: key,
    key,
    kind,
    span: { start: { line, column }, end: { line, column: column + key.length } },
  };
}
