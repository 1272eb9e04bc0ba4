import { existsSync } from "node:fs";
import path from "node:path";

import { readToml, string, strings, table, type Table } from "./toml.ts";

/** Where the sources of packages come from, as a project's `.cargo/config.toml` says; paths absolute. */
export interface SourceConfig {
  readonly [source: string]: Readonly<Record<string, string>>;
}

/** Flags of one table of one configuration file, of `build` where no target is told. */
export interface Rustflags {
  readonly target?: string;
  readonly flags: readonly string[];
  /** Written as one string, which takes the place of what files further out say; lists are joined. */
  readonly isText?: boolean;
}

/** What we take from the project's cargo configuration. All else in there could run programs. */
export interface ProjectConfig {
  readonly files: readonly string[];
  readonly sources: SourceConfig;
  /** Index addresses of other registries, by name. */
  readonly registries: Readonly<Record<string, string>>;
  /** Names of the variables that `env` sets. */
  readonly variables: readonly string[];
  /** The compiler flags of `build` and `target.*`; only the cfgs in them are ever used. */
  readonly rustflags: readonly Rustflags[];
}

const PATH_KEYS = ["directory", "local-registry"] as const;
const PLAIN_KEYS = ["replace-with", "registry", "git", "branch", "tag", "rev"] as const;

/**
 * Reads `.cargo/config.toml` (or `.cargo/config`) in a folder and all above it, as cargo would when
 * run there. The nearest file wins, key by key.
 * @param cargoHome is left out: cargo reads it by itself.
 */
export function readProjectConfig(dir: string, cargoHome: string): ProjectConfig {
  const sources: Record<string, Record<string, string>> = {};
  const registries: Record<string, string> = {};
  const rustflags: Rustflags[] = [];
  const variables: string[] = [];
  const files = configFiles(dir, cargoHome);
  for (const file of [...files].reverse()) {
    const config = readToml(file) ?? {};
    // NOTE: cargo takes relative paths from the folder that holds `.cargo`.
    const base = path.dirname(path.dirname(file));
    for (const [name, entry] of Object.entries(table(config["source"]) ?? {})) {
      sources[name] = { ...sources[name], ...sourceEntry(table(entry) ?? {}, base) };
    }
    for (const [name, entry] of Object.entries(table(config["registries"]) ?? {})) {
      const index = string(table(entry)?.["index"]);
      if (index) registries[name] = index;
    }
    rustflags.push(...flagsOf(config));
    variables.push(...Object.keys(table(config["env"]) ?? {}));
  }
  // NOTE: of the user's own configuration only what we pass on in another form, and cargo then ignores.
  const home = configIn(cargoHome);
  const own = (home && readToml(home)) || {};
  rustflags.unshift(...flagsOf(own));
  variables.push(...Object.keys(table(own["env"]) ?? {}));
  return { files, sources, registries, rustflags, variables };
}

/** The `--config` arguments that hand the sources, and nothing else, over to cargo. */
export function sourceArguments(config: ProjectConfig): readonly string[] {
  const settings: string[] = [];
  for (const [name, entry] of Object.entries(config.sources)) {
    for (const [key, value] of Object.entries(entry))
      settings.push(`source.${quote(name)}.${key}=${quote(value)}`);
  }
  for (const [name, index] of Object.entries(config.registries))
    settings.push(`registries.${quote(name)}.index=${quote(index)}`);
  return settings.flatMap((setting) => ["--config", setting]);
}

function configFiles(dir: string, cargoHome: string): readonly string[] {
  const files: string[] = [];
  for (let at = path.resolve(dir); ; at = path.dirname(at)) {
    const folder = path.join(at, ".cargo");
    const found = configIn(folder);
    if (found && folder !== path.resolve(cargoHome)) files.push(found);
    if (path.dirname(at) === at) return files;
  }
}

/** Cargo's configuration in a project. NOTE: the file without an ending wins in cargo when both are there. */
export const CONFIG_FILES = [".cargo/config", ".cargo/config.toml"] as const;

/** @param folder `.cargo`, or cargo's home */
function configIn(folder: string): string | undefined {
  const files = CONFIG_FILES.map((file) => path.join(folder, path.basename(file)));
  return files.find((file) => existsSync(file));
}

function sourceEntry(entry: Table, base: string): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const key of PATH_KEYS) {
    const value = string(entry[key]);
    if (value !== undefined) kept[key] = path.resolve(base, value);
  }
  for (const key of PLAIN_KEYS) {
    const value = string(entry[key]);
    if (value !== undefined) kept[key] = value;
  }
  return kept;
}

function flagsOf(config: Table): Rustflags[] {
  const found: Rustflags[] = [];
  const build = table(config["build"])?.["rustflags"];
  const flags = words(build);
  if (flags.length > 0) found.push({ flags, isText: typeof build === "string" });
  for (const [target, entry] of Object.entries(table(config["target"]) ?? {})) {
    const flags = words(table(entry)?.["rustflags"]);
    if (flags.length > 0) found.push({ target, flags });
  }
  return found;
}

function words(value: unknown): readonly string[] {
  return typeof value === "string" ? value.split(/\s+/).filter(Boolean) : strings(value);
}

/** A TOML basic string; JSON's escapes are a subset of TOML's. */
function quote(text: string): string {
  return JSON.stringify(text).replaceAll("\x7f", "\\u007f");
}
