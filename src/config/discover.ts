import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { InputError } from "../util/errors.ts";

/** Names of configuration files, the first one that a folder has is taken. */
export const CONFIG_NAMES = ["ape-lint.toml", ".ape-lint.toml", ".cargo/ape-lint.toml"] as const;

/** Where a configuration was found, and by which way. */
export interface Found {
  readonly file: string;
  readonly by: "--config" | "APE_LINT_CONFIG" | "folder" | "metadata";
}

/** Who asks: what the command line says, and where the search begins. */
export interface DiscoverOptions {
  /** A file that the command line names. */
  readonly named?: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Folder of what is analysed. */
  readonly start: string;
}

/**
 * Finds the files that may hold our configuration, the strongest first: `--config`, `APE_LINT_CONFIG`, the
 * nearest configuration file, the Cargo.toml files from the folder up to the project's root.
 */
export function discoverConfig(options: DiscoverOptions): Found[] {
  if (options.named !== undefined) return [named(options.named, "--config", options.cwd)];
  const variable = options.env["APE_LINT_CONFIG"];
  if (variable !== undefined && variable !== "")
    return [named(variable, "APE_LINT_CONFIG", options.cwd)];
  const folders = foldersUp(options.start);
  for (const folder of folders) {
    const name = CONFIG_NAMES.find((each) => existsSync(path.join(folder, each)));
    if (name !== undefined) return [{ file: path.join(folder, name), by: "folder" }];
  }
  return folders
    .map((folder) => path.join(folder, "Cargo.toml"))
    .filter((file) => existsSync(file))
    .map((file) => ({ file, by: "metadata" }));
}

function named(name: string, by: Found["by"], cwd: string): Found {
  const file = path.resolve(cwd, name);
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) {
    throw new InputError(`there is no configuration file ${name}`, {
      hint: `it is named by ${by}`,
    });
  }
  return { file, by };
}

/**
 * The folder and those above it, up to the root of the project: the one with `.git`, else the one with
 * Cargo.lock. Without either only the folder itself: what lies above is not known to be the user's project.
 */
export function foldersUp(start: string): string[] {
  const all = [start];
  for (let here = start; path.dirname(here) !== here; here = path.dirname(here)) {
    all.push(path.dirname(here));
  }
  const root = [".git", "Cargo.lock"]
    .map((mark) => all.findIndex((folder) => existsSync(path.join(folder, mark))))
    .find((index) => index >= 0);
  return all.slice(0, (root ?? 0) + 1);
}
