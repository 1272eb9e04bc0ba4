import { existsSync } from "node:fs";
import path from "node:path";

import type { SourceConfig } from "../config.ts";
import type { LockedPackage } from "../lockfile.ts";
import { nameOf, readManifest, type Manifest } from "../manifest.ts";
import { workspaceAbove } from "../owner.ts";
import { entriesOf } from "../../util/entries.ts";
import { InputError } from "../../util/errors.ts";

/** Places on this machine where sources of packages may be. */
export interface Places {
  readonly sources: SourceConfig;
  readonly cargoHome: string;
}

/** The names by which manifests and configuration call the default registry. */
const CRATES_IO = new Set([
  "registry+https://github.com/rust-lang/crates.io-index",
  "sparse+https://index.crates.io/",
]);

const MAX_FOLDERS = 2_000;

/** Finds the manifest of a locked package in vendor folders and in cargo's own; undefined when it is not there. */
export function findLocked(locked: LockedPackage, places: Places): Manifest | undefined {
  const directory = replacement(locked.source ?? "", places.sources);
  if (directory) return inFolder(directory, locked);
  return locked.source?.startsWith("git+")
    ? inGitCheckouts(locked, places.cargoHome)
    : inRegistry(locked, places.cargoHome);
}

/** All versions of a package that are on this machine. */
export function findVersions(name: string, places: Places): readonly Manifest[] {
  const directory = replacement(
    "registry+https://github.com/rust-lang/crates.io-index",
    places.sources,
  );
  const folders = directory ? [directory] : registryFolders(places.cargoHome);
  const found: Manifest[] = [];
  for (const folder of folders) {
    for (const entry of entriesOf(folder)) {
      if (entry.name !== name && !entry.name.startsWith(`${name}-`)) continue;
      // each by itself: one that is broken hides no other
      const manifest = quietly(() => manifestOf(name, path.join(folder, entry.name)));
      if (manifest !== undefined) found.push(manifest);
    }
  }
  return found;
}

function manifestOf(name: string, dir: string): Manifest | undefined {
  const manifest = readManifest(path.join(dir, "Cargo.toml"));
  return manifest?.package && nameOf(manifest).name === name ? manifest : undefined;
}

/** NOTE: a package that cannot be read counts as one that is not there; the caller reports it. */
export function quietly<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

/** The vendor folder that stands in for a source, following `replace-with`. */
function replacement(source: string, sources: SourceConfig): string | undefined {
  let name = sourceName(source, sources);
  for (let hops = 0; name !== undefined && hops < 10; hops++) {
    const entry: Readonly<Record<string, string>> = sources[name] ?? {};
    if (entry["directory"]) return entry["directory"];
    name = entry["replace-with"];
  }
  return undefined;
}

function sourceName(source: string, sources: SourceConfig): string | undefined {
  if (CRATES_IO.has(source)) return "crates-io";
  const url = source.replace(/^(registry|sparse|git)\+/, "").replace(/[?#].*$/, "");
  return Object.entries(sources).find(([, entry]) =>
    [entry["registry"], entry["git"]].some(
      (one) => one?.replace(/^(registry|sparse)\+/, "") === url,
    ),
  )?.[0];
}

function inFolder(folder: string, { name, version }: LockedPackage): Manifest | undefined {
  for (const dir of [`${name}-${version}`, name]) {
    const manifest = readManifest(path.join(folder, dir, "Cargo.toml"));
    if (manifest?.package && nameOf(manifest).name === name && nameOf(manifest).version === version)
      return manifest;
  }
  return undefined;
}

function registryFolders(cargoHome: string): readonly string[] {
  const root = path.join(cargoHome, "registry", "src");
  return entriesOf(root).map((entry) => path.join(root, entry.name));
}

function inRegistry(locked: LockedPackage, cargoHome: string): Manifest | undefined {
  for (const folder of registryFolders(cargoHome)) {
    const manifest = inFolder(folder, locked);
    if (manifest) return manifest;
  }
  return undefined;
}

/** NOTE: cargo names a checkout by a hash that we do not know, and below it by the start of the commit. */
function inGitCheckouts(locked: LockedPackage, cargoHome: string): Manifest | undefined {
  const commit = locked.source?.split("#")[1] ?? "";
  const root = path.join(cargoHome, "git", "checkouts");
  for (const repository of entriesOf(root)) {
    for (const checkout of entriesOf(path.join(root, repository.name))) {
      if (commit.length < 7 || !commit.startsWith(checkout.name)) continue;
      const found = below(path.join(root, repository.name, checkout.name), locked.name);
      if (found) return found;
    }
  }
  return undefined;
}

function below(top: string, name: string): Manifest | undefined {
  const queue = [top];
  for (let seen = 0; queue.length > 0 && seen < MAX_FOLDERS; seen++) {
    const dir = queue.shift()!;
    const file = path.join(dir, "Cargo.toml");
    const manifest = existsSync(file) ? readManifest(file, workspaceAbove(dir)) : undefined;
    if (manifest?.package && nameOf(manifest).name === name) return manifest;
    for (const entry of entriesOf(dir)) {
      if (entry.isDirectory() && !entry.name.startsWith(".") && entry.name !== "target")
        queue.push(path.join(dir, entry.name));
    }
  }
  return undefined;
}
