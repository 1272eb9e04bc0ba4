import { parse, TomlError } from "smol-toml";

import { InputError, notTooDeep } from "../util/errors.ts";
import { readRegularText } from "../util/regular-file.ts";

/** A TOML table whose values nobody has looked at yet. */
export type Table = Readonly<Record<string, unknown>>;

/** Reads a TOML file; undefined when there is none. Broken TOML is the user's mistake, with its place. */
export function readToml(file: string): Table | undefined {
  const text = readText(file);
  return text === undefined ? undefined : parseToml(text, file);
}

/** Parses TOML; broken TOML is an InputError at its line and column. */
export function parseToml(text: string, file: string): Table {
  try {
    return notTooDeep(file, () => parse(text.replace(/^\uFEFF/, "")));
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const reason = error.message.split("\n")[0]?.replace(/^Invalid TOML document: /, "") ?? "";
    throw new InputError(`this is not valid TOML: ${reason}`, {
      place: `${file}:${error.line}:${error.column}`,
      cause: error,
    });
  }
}

function readText(file: string): string | undefined {
  try {
    return readRegularText(file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw new InputError("cannot read the file", { place: file, cause: error });
  }
}

/** The value as a table, else undefined. */
export function table(value: unknown): Table | undefined {
  return typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Date)
    ? (value as Table)
    : undefined;
}

/** The value as a string, else undefined. */
export function string(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** The strings of an array; anything else is left out. */
export function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
