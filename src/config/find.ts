import { statSync } from "node:fs";
import type { Ignore } from "../model/options.ts";
import { InputError } from "../util/errors.ts";
import { readRegularText } from "../util/regular-file.ts";
import { discoverConfig, type DiscoverOptions, type Found } from "./discover.ts";
import type { ConfigFile } from "./schema.ts";

/** No sensible configuration is longer; a manifest with an endless table must not eat the memory. */
const MAX_BYTES = 1024 * 1024;

/** A configuration that was read, and where each part of it stands. */
export interface LoadedConfig {
  readonly config: ConfigFile;
  /** Absent: there is no configuration, and all is at its default. */
  readonly file?: string;
  readonly by?: Found["by"];
  readonly ignores: readonly Ignore[];
  /** `rule-folders`, absolute. */
  readonly ruleDirs: readonly string[];
  /** `baseline`, absolute. */
  readonly baseline?: string;
  /** `file:line:column` of a key. */
  placeOf(key: readonly PropertyKey[]): string;
}

/** No configuration at all, as `--no-config` asks for. */
export const NO_CONFIG: LoadedConfig = {
  config: {},
  ignores: [],
  ruleDirs: [],
  placeOf: () => "",
};

/** Where each level of a rule is written. */
export function levelPlaces({ config, placeOf }: LoadedConfig): Readonly<Record<string, string>> {
  const rules = Object.keys(config.levels ?? {});
  return Object.fromEntries(rules.map((rule) => [rule, placeOf(["levels", rule])]));
}

/** The texts that may hold our configuration, the strongest first. */
export function* configTexts(options: DiscoverOptions): Generator<{ found: Found; text: string }> {
  for (const found of discoverConfig(options)) {
    const text = readText(found.file);
    // NOTE: most manifests do not speak of us; whether they are well formed is cargo's business then.
    if (found.by !== "metadata" || text.includes("ape-lint")) yield { found, text };
  }
}

/** As `loadConfig`; most folders have no configuration, and do not wait for the code that reads one. */
export async function findConfig(options: DiscoverOptions): Promise<LoadedConfig> {
  if (configTexts(options).next().done === true) return NO_CONFIG;
  const { loadConfig } = await import("./load.ts");
  return loadConfig(options);
}

function readText(file: string): string {
  try {
    if (statSync(file).size > MAX_BYTES) {
      throw new InputError("the configuration is larger than 1 MiB", { place: file });
    }
    return readRegularText(file).replace(/^\ufeff/u, "");
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError("cannot read the file", { place: file, cause: error });
  }
}
