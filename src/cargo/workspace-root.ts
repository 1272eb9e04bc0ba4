import { existsSync } from "node:fs";
import path from "node:path";

import { InputError } from "../util/errors.ts";
import { readManifest, type Manifest, type WorkspaceManifest } from "./manifest.ts";
import { readToml, string, strings, table, type Table } from "./toml.ts";

/** The workspace around a manifest: a package alone is its own. */
export interface Layout {
  /** The manifest that the user asked about. */
  readonly asked: Manifest;
  readonly root: Manifest;
  /** All member packages, the root's own first. */
  readonly members: readonly Manifest[];
}

/** The Cargo.toml that a path given by the user means; an InputError when there is none. */
export function manifestAt(given: string): string {
  const full = path.resolve(given);
  const file = path.basename(full) === "Cargo.toml" ? full : path.join(full, "Cargo.toml");
  if (existsSync(file)) return file;
  if (!existsSync(full)) throw new InputError("there is no such file or folder", { place: given });
  throw new InputError("there is no Cargo.toml here", {
    place: given,
    hint: "give the folder of a package or workspace, or NAME@VERSION for a published crate",
  });
}

/** Reads the manifest, its workspace's root and all members, by cargo's rules. */
export async function readLayout(file: string): Promise<Layout> {
  const rootFile = findRoot(file);
  const root = mustRead(rootFile);
  const inherit = { raw: root.raw, dir: root.dir };
  const asked = rootFile === file ? root : mustRead(file, inherit);
  if (!asked.package && !table(asked.raw["workspace"])) {
    throw new InputError("this manifest has neither [package] nor [workspace]", { place: file });
  }
  return { asked, root, members: await readMembers(root, asked, inherit) };
}

/** Folder of the workspace that a file belongs to: of the nearest manifest above it; undefined where there is none. */
export function workspaceFolderOf(file: string): string | undefined {
  for (let dir = path.dirname(file); ; dir = path.dirname(dir)) {
    const manifest = path.join(dir, "Cargo.toml");
    if (existsSync(manifest)) return path.dirname(rootQuietly(manifest));
    if (path.dirname(dir) === dir) return undefined;
  }
}

/** NOTE: a manifest that is being typed in is broken now and then; it stays where it is. */
function rootQuietly(manifest: string): string {
  try {
    return findRoot(manifest);
  } catch {
    return manifest;
  }
}

function mustRead(file: string, workspace?: WorkspaceManifest): Manifest {
  const manifest = readManifest(file, workspace);
  if (!manifest) throw new InputError("there is no such manifest", { place: file });
  return manifest;
}

/** The manifest of the workspace that a manifest belongs to; itself when it stands alone. */
function findRoot(file: string): string {
  const raw = readToml(file) ?? {};
  const dir = path.dirname(file);
  if (raw["workspace"] !== undefined) return file;
  const named = string(table(raw["package"])?.["workspace"]);
  if (named !== undefined) return path.join(path.resolve(dir, named), "Cargo.toml");
  for (let at = path.dirname(dir); ; at = path.dirname(at)) {
    const candidate = path.join(at, "Cargo.toml");
    const workspace = table(readQuietly(candidate)?.["workspace"]);
    if (workspace && !isExcluded(workspace, at, dir)) return candidate;
    if (path.dirname(at) === at) return file;
  }
}

/** NOTE: a broken manifest somewhere above is not the user's concern here. */
function readQuietly(file: string): Table | undefined {
  try {
    return readToml(file);
  } catch {
    return undefined;
  }
}

function isExcluded(workspace: Table, rootDir: string, dir: string): boolean {
  const under = (item: string): boolean => isInside(path.resolve(rootDir, item), dir);
  return strings(workspace["exclude"]).some(under) && !strings(workspace["members"]).some(under);
}

/** Whether a folder is the other or stands somewhere below it. */
export function isInside(parent: string, child: string): boolean {
  const relative = path.relative(parent, child);
  return relative === "" || (!relative.startsWith("..") && !path.isAbsolute(relative));
}

async function readMembers(
  root: Manifest,
  asked: Manifest,
  inherit: WorkspaceManifest,
): Promise<readonly Manifest[]> {
  const workspace = table(root.raw["workspace"]);
  if (!workspace) return [root];
  const members = new Map<string, Manifest>();
  const visit = (dir: string): void => {
    if (members.has(dir) || (dir !== root.dir && isExcluded(workspace, root.dir, dir))) return;
    const manifest =
      dir === root.dir
        ? root
        : dir === asked.dir
          ? asked
          : readManifest(path.join(dir, "Cargo.toml"), inherit);
    if (!manifest?.package) return;
    members.set(dir, manifest);
    // NOTE: path dependencies below the root are members without being named.
    for (const { path: target } of manifest.dependencies)
      if (target && isInside(root.dir, target)) visit(target);
  };
  visit(root.dir);
  for (const item of strings(workspace["members"]))
    for (const dir of await expand(root.dir, item)) visit(dir);
  return [...members.values()];
}

/** The folders that an entry of `members` or `default-members` means. */
export async function expand(rootDir: string, item: string): Promise<readonly string[]> {
  if (!/[*?[]/.test(item)) return [path.resolve(rootDir, item)];
  const { globby } = await import("globby");
  const found = await globby(item, {
    cwd: rootDir,
    onlyDirectories: true,
    expandDirectories: false,
    dot: true,
    absolute: true,
    followSymbolicLinks: false,
  });
  return found.map((dir) => path.resolve(dir)).sort();
}
