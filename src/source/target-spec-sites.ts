import { readdirSync } from "node:fs";
import { posix } from "node:path";
import type { Span } from "../model/place.ts";
import type { Site } from "../model/site.ts";
import type { Package } from "../model/workspace.ts";
import { manifestSite } from "./manifest-sites.ts";
import type { PackageReader } from "./read-file.ts";

const FOLDERS = [".", "targets", ".cargo"] as const;

/**
 * Fields of target specifications (JSON with an `llvm-target`) beside the manifest: `target-spec.FIELD`, with the
 * field's type and value, and `target-spec` with the names of all fields.
 */
export function specSites(options: {
  owner: Package;
  reader: PackageReader;
  root: string;
}): Site[] {
  const { owner, reader, root } = options;
  return specFiles(root).flatMap((file) => {
    const source = reader.read(file);
    return "text" in source ? fieldsOf({ owner, file, text: source.text }) : [];
  });
}

/** JSON files in the folders where target specifications are kept, relative to the workspace's root. */
export function specFiles(root: string): string[] {
  return FOLDERS.flatMap((folder) =>
    jsonFiles(posix.join(root, folder)).map((name) => posix.join(folder, name)),
  );
}

function jsonFiles(dir: string): string[] {
  try {
    const entries = readdirSync(dir, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() && entry.name.endsWith(".json"))
      .map((entry) => entry.name)
      .toSorted();
  } catch {
    return [];
  }
}

function fieldsOf(options: { owner: Package; file: string; text: string }): Site[] {
  const { owner, file, text } = options;
  const spec = parse(text);
  if (spec === undefined || typeof spec["llvm-target"] !== "string") return [];
  const llvm = spec["llvm-target"];
  const keys = Object.keys(spec);
  const whole = manifestSite({
    owner,
    file,
    name: "target-spec",
    value: llvm,
    span: placeOf(text, "llvm-target"),
  });
  const fields = keys.map((key) => {
    const value = spec[key];
    const site = manifestSite({
      owner,
      file,
      name: `target-spec.${key}`,
      value: textOf(value),
      span: placeOf(text, key),
    });
    return {
      ...site,
      data: { ...site.data, type: typeof value, empty: hasEmptyList(value), llvm, keys },
    };
  });
  return [{ ...whole, data: { ...whole.data, keys } }, ...fields];
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function hasEmptyList(value: unknown): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    Object.values(value).some((list) => Array.isArray(list) && list.length === 0)
  );
}

function placeOf(text: string, key: string): Span {
  const index = Math.max(text.indexOf(`"${key}"`), 0);
  const before = text.slice(0, index).split("\n");
  const line = before.length;
  const column = (before.at(-1) ?? "").length + 1;
  return { start: { line, column }, end: { line, column: column + key.length + 2 } };
}
