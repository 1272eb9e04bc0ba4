import type { Span } from "../model/place.ts";

/**
 * Where a key stands in a TOML text: `[build-dependencies] cc = …`, `[build-dependencies.cc]`, also below
 * `[target.'…']`. The first line when it is not found: a place to look at, never a wrong one in the middle.
 */
export function keySpan(options: { text: string; table: string; key: string }): Span {
  const { text, table, key } = options;
  let inside = false;
  let line = 0;
  for (const content of text.split("\n")) {
    line += 1;
    const header = headerOf(content);
    if (header !== undefined) {
      if (isTable(header, `${table}.${key}`)) return spanOf(content, key, line);
      inside = isTable(header, table);
      continue;
    }
    if (inside && startsWithKey(content, key)) return spanOf(content, key, line);
  }
  return {
    start: { line: 1, column: 1 },
    end: { line: 1, column: 1 + (text.split("\n")[0] ?? "").trimEnd().length },
  };
}

function headerOf(content: string): string | undefined {
  const line = content.trim();
  if (!line.startsWith("[")) return undefined;
  const end = line.lastIndexOf("]");
  return line
    .slice(0, end === -1 ? undefined : end)
    .replace(/^\[+/u, "")
    .trim();
}

function isTable(header: string, table: string): boolean {
  const plain = header.replaceAll(/["']/gu, "");
  return plain === table || plain.endsWith(`.${table}`);
}

function startsWithKey(content: string, key: string): boolean {
  const line = content.trimStart().replace(/^["']/u, "");
  if (!line.startsWith(key)) return false;
  return /^["']?\s*[.=]/u.test(line.slice(key.length));
}

function spanOf(content: string, key: string, line: number): Span {
  const column =
    Math.max(
      content.lastIndexOf(key, content.indexOf("=") === -1 ? undefined : content.indexOf("=")),
      0,
    ) + 1;
  return { start: { line, column }, end: { line, column: column + key.length } };
}
