import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, realpathSync, writeFileSync } from "node:fs";
import path from "node:path";

import { workspaceAbove } from "./owner.ts";
import { ensureFolder } from "./home.ts";
import { readManifest, type Manifest } from "./manifest.ts";
import { string, table } from "./toml.ts";
import { isInside, type Layout } from "./workspace-root.ts";
import { readRegularText } from "../util/regular-file.ts";
import { entriesOf } from "../util/entries.ts";

/** A tree of manifests with empty target files, in which cargo may write. */
export interface ManifestCopy {
  /** Where a file of the project is in the copy. */
  readonly file: (original: string) => string;
  /** The way back; a path outside of the copy stays as it is. */
  readonly original: (copied: string) => string;
  /** A text of cargo's that names files of the copy, as it would name the project's. */
  readonly translate: (text: string) => string;
}

const TARGET_FOLDERS = ["src/bin", "examples", "tests", "benches"];
const TARGET_FILES = ["src/lib.rs", "src/main.rs", "build.rs"];
const TARGET_TABLES = ["bin", "example", "test", "bench"];

/**
 * Copies what cargo reads to resolve a workspace: the manifests of members and path dependencies, the
 * lockfile, and an empty file for each target root. The same manifests get the same folder again, so
 * that a lockfile made once is used from then on.
 */
export function copyManifests(layout: Layout, parent: string): ManifestCopy {
  const manifests = reachable(layout);
  const top = commonFolder(manifests.map((manifest) => manifest.dir));
  // NOTE: cargo answers with real paths, which must be found again.
  const base = path.join(realpathSync(ensureFolder(parent)), fingerprint(layout, manifests));
  const file = (original: string): string => path.join(base, path.relative(top, original));
  for (const manifest of manifests)
    copyPackage(manifest, { file, base, isRoot: manifest.dir === layout.root.dir });
  const lock = path.join(layout.root.dir, "Cargo.lock");
  if (existsSync(lock) && !existsSync(file(lock))) copyFileSync(lock, file(lock));
  return {
    file,
    translate: (text) => text.replaceAll(base, top),
    original: (copied) =>
      isInside(base, copied) ? path.join(top, path.relative(base, copied)) : copied,
  };
}

/** Members, then everything that they reach by path, with the workspace roots that those inherit from. */
export function reachable(layout: Layout): readonly Manifest[] {
  const found = new Map<string, Manifest>([[layout.root.dir, layout.root]]);
  const queue: Manifest[] = [layout.root, ...layout.members];
  for (const dir of patchFolders(layout.root)) queue.push(...packageAt(dir));
  for (let manifest = queue.shift(); manifest; manifest = queue.shift()) {
    if (found.has(manifest.dir) && manifest !== layout.root) continue;
    found.set(manifest.dir, manifest);
    for (const { path: dir } of manifest.dependencies)
      if (dir && !found.has(dir)) queue.push(...packageAt(dir));
  }
  return [...found.values()];
}

function packageAt(dir: string): readonly Manifest[] {
  const above = workspaceAbove(dir);
  const own = readManifest(path.join(dir, "Cargo.toml"), above);
  const root = above && readManifest(path.join(above.dir, "Cargo.toml"));
  return [own, root].filter((manifest) => manifest !== undefined);
}

function patchFolders(root: Manifest): readonly string[] {
  const sources = [...Object.values(table(root.raw["patch"]) ?? {}), root.raw["replace"]];
  const entries = sources.flatMap((source) => Object.values(table(source) ?? {}));
  return entries
    .flatMap((entry) => string(table(entry)?.["path"]) ?? [])
    .map((dir) => path.resolve(root.dir, dir));
}

function commonFolder(dirs: readonly string[]): string {
  let top = dirs[0] ?? path.sep;
  for (const dir of dirs) while (!isInside(top, dir)) top = path.dirname(top);
  return top;
}

/** Changes when a manifest or the set of target roots does. */
export function fingerprint(layout: Layout, manifests: readonly Manifest[]): string {
  const hash = createHash("sha256").update(layout.root.file);
  for (const manifest of manifests)
    hash.update(JSON.stringify([manifest.file, manifest.raw, targetFiles(manifest)]));
  return hash.digest("hex").slice(0, 24);
}

interface CopyTarget {
  readonly file: ManifestCopy["file"];
  readonly base: string;
  readonly isRoot: boolean;
}

function copyPackage(manifest: Manifest, { file, base, isRoot }: CopyTarget): void {
  const dir = file(manifest.dir);
  mkdirSync(dir, { recursive: true });
  // NOTE: without this, cargo would look for a workspace in the folders above the copy.
  const closing = isRoot && standsAlone(manifest) ? "\n[workspace]\n" : "";
  writeFileSync(path.join(dir, "Cargo.toml"), readRegularText(manifest.file) + closing);
  for (const target of targetFiles(manifest)) {
    const place = path.resolve(dir, target);
    // NOTE: a manifest may name `../../../somewhere`; nothing is written outside of the copy.
    if (!isInside(base, place) || existsSync(place)) continue;
    mkdirSync(path.dirname(place), { recursive: true });
    writeFileSync(place, "");
  }
}

function standsAlone({ raw }: Manifest): boolean {
  return raw["workspace"] === undefined && table(raw["package"])?.["workspace"] === undefined;
}

/** The target roots that exist, relative to the package's folder. */
function targetFiles(manifest: Manifest): readonly string[] {
  const candidates = [...TARGET_FILES];
  for (const folder of TARGET_FOLDERS) {
    for (const entry of entriesOf(path.join(manifest.dir, folder))) {
      candidates.push(
        entry.isDirectory() ? `${folder}/${entry.name}/main.rs` : `${folder}/${entry.name}`,
      );
    }
  }
  const named = TARGET_TABLES.flatMap((key) =>
    Array.isArray(manifest.raw[key]) ? (manifest.raw[key] as unknown[]) : [],
  );
  for (const entry of [manifest.raw["lib"], ...named])
    candidates.push(...(string(table(entry)?.["path"]) ? [string(table(entry)?.["path"])!] : []));
  const build = string(manifest.package?.["build"]);
  if (build) candidates.push(build);
  return candidates.filter(
    (file) => file.endsWith(".rs") && existsSync(path.join(manifest.dir, file)),
  );
}
