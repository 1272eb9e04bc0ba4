import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type * as Semver from "semver";
import type { z } from "zod";
import { InputError } from "../util/errors.ts";
import { readOwnYaml } from "../util/checked.ts";
import { readRegularText } from "../util/regular-file.ts";
import { readYaml, yamlPlace } from "../util/yaml.ts";
import { DATA_DIR } from "./data-dir.ts";

/** A hand-written data file, read and checked. */
export interface DataFile<T> {
  readonly value: T;
  /** As messages name it: `data/profiles/none.yml`. */
  readonly file: string;
  readonly text: string;
  /** The build has read it, and looked at all that a schema cannot say. */
  readonly checked?: boolean;
}

/** Names of the `.yml` files of a folder of `data`, without the ending. */
export function listData(folder: string): string[] {
  return readdirSync(join(DATA_DIR, folder))
    .filter((entry) => entry.endsWith(".yml"))
    .map((entry) => entry.slice(0, -".yml".length))
    .sort();
}

/** Whether a file has a word anywhere. */
export function dataMentions(options: { folder: string; name: string; word: string }): boolean {
  const text = readFileSync(join(DATA_DIR, options.folder, `${options.name}.yml`), "utf8");
  return new Set(text.match(/[\w-]+/g)).has(options.word);
}

/** Reads one of them; what does not fit the schema is an InputError with `file:line:column`. */
export function readData<S extends z.ZodType>(options: {
  folder: string;
  name: string;
  schema: () => S;
}): DataFile<z.output<S>> {
  const { folder, name, schema } = options;
  const file = `data/${folder}/${name}.yml`;
  const text = readFileSync(join(DATA_DIR, folder, `${name}.yml`), "utf8");
  return { ...readOwnYaml({ form: folder, name, text, file, schema }), file, text };
}

/** Reads a data file that the user wrote, of the same form as ours. */
export function readOwnData<S extends z.ZodType>(options: {
  file: string;
  schema: () => S;
}): DataFile<z.output<S>> {
  const { file, schema } = options;
  let text: string;
  try {
    text = readRegularText(file);
  } catch (cause) {
    throw new InputError("this file cannot be read", { place: file, cause });
  }
  return { value: readYaml({ text, file, schema: schema() }), file, text };
}

/** A version range must be one that semver understands: a slip there would silently match nothing. */
export function checkRange(
  data: DataFile<unknown>,
  path: readonly PropertyKey[],
  range: string,
): void {
  if (data.checked === true) return;
  // NOTE: loaded here, since nearly always the build has looked.
  const { validRange } = createRequire(import.meta.url)("semver") as typeof Semver;
  if (validRange(range) !== null) return;
  throw new InputError(`\`${range}\` is no range of versions`, {
    place: yamlPlace({ text: data.text, file: data.file, path }),
    hint: "write `*`, `>=1.2.0 <2.0.0` or the like",
  });
}

/** A second entry about the same key would silently win over the first. */
export function duplicate(
  data: DataFile<unknown>,
  path: readonly PropertyKey[],
  what: string,
): InputError {
  return new InputError(`${what} stands here a second time`, {
    place: yamlPlace({ text: data.text, file: data.file, path }),
  });
}
