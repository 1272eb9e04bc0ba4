import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** Writes `{ "columns": …, "rows": { NAME: … } }` with one row per line: small, and a diff shows names. */
export function writeTable(
  path: string,
  columns: Readonly<Record<string, readonly string[]>>,
  rows: ReadonlyMap<string, unknown>,
): void {
  const lines = [...rows].map(([name, row]) => `${JSON.stringify(name)}:${toJson(row)}`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(
    path,
    `{"columns":${JSON.stringify(columns)},\n"rows":{\n${lines.join(",\n")}\n}}\n`,
  );
}

/** JSON with big integers written out as the numbers they are. */
export function toJson(value: unknown): string {
  if (typeof value === "bigint") return value.toString();
  if (Array.isArray(value)) return `[${value.map(toJson).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${toJson(member)}`).join(",")}}`;
}
