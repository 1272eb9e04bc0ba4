import path from "node:path";
import type { Ignore } from "../model/options.ts";
import { InputError } from "../util/errors.ts";
import type { DiscoverOptions, Found } from "./discover.ts";
import { configTexts, NO_CONFIG, type LoadedConfig } from "./find.ts";
import { configSchema, type ConfigFile } from "./schema.ts";
import { checkToml, readToml, valueAt, type TomlText } from "./toml.ts";
import { isDay } from "../util/day.ts";

/** Finds and reads the configuration. Throws an InputError with place and hint when it is not well formed. */
export function loadConfig(options: DiscoverOptions): LoadedConfig {
  for (const { found, text } of configTexts(options)) {
    const toml = readToml({ text, file: shown(found.file, options.cwd) });
    const at = tableOf(found, toml);
    if (at !== undefined) return loaded(found, toml, at);
  }
  return NO_CONFIG;
}

/** Checks the text of a configuration file that is not on disk like that. Throws an InputError with the place. */
export function checkConfigText(text: string, file: string): void {
  const toml = readToml({ text, file });
  loaded({ file, by: "folder" }, toml, []);
}

function tableOf(found: Found, toml: TomlText): readonly string[] | undefined {
  const tables = [
    ["package", "metadata", "ape-lint"],
    ["workspace", "metadata", "ape-lint"],
  ];
  const inside = tables.find((table) => valueAt(toml.value, table) !== undefined);
  if (found.by === "metadata" || path.basename(found.file) === "Cargo.toml") return inside;
  return [];
}

function loaded(found: Found, toml: TomlText, at: readonly string[]): LoadedConfig {
  const config = checkToml({ toml, schema: configSchema(), at });
  const placeOf = (key: readonly PropertyKey[]): string =>
    toml.placeOf([...at, ...key], { atKey: typeof key.at(-1) === "string" });
  const folder = path.dirname(found.file);
  const base = path.basename(folder) === ".cargo" ? path.dirname(folder) : folder;
  const { profile } = config;
  return {
    config: profile?.endsWith(".yml")
      ? { ...config, profile: path.resolve(base, profile) }
      : config,
    file: found.file,
    by: found.by,
    ignores: (config.ignore ?? []).map((each, index) =>
      ignoreOf(each, (...key) => placeOf(["ignore", index, ...key])),
    ),
    ...(config.baseline === undefined ? {} : { baseline: path.resolve(base, config.baseline) }),
    ruleDirs: (config["rule-folders"] ?? []).map((dir) => path.resolve(base, dir)),
    placeOf,
  };
}

function ignoreOf(
  entry: NonNullable<ConfigFile["ignore"]>[number],
  placeOf: (...key: string[]) => string,
): Ignore {
  if (entry.until !== undefined && !isDay(entry.until)) {
    throw new InputError(`there is no day ${entry.until}`, { place: placeOf("until") });
  }
  const { reason, ...given } = entry;
  const known = Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  );
  return { ...known, reason, place: placeOf() };
}

function shown(file: string, cwd: string): string {
  const relative = path.relative(cwd, file);
  return relative.startsWith("..") ? file : relative.replaceAll("\\", "/");
}
