import { existsSync } from "node:fs";
import path from "node:path";

import { nameOf, readManifest, type Manifest, type WorkspaceManifest } from "./manifest.ts";

/** The manifest of the package that a root file belongs to: the nearest above that has its name. */
export function manifestOwning(
  file: string,
  name: string,
  known: ReadonlyMap<string, Manifest>,
): Manifest {
  for (let dir = path.dirname(file); ; dir = path.dirname(dir)) {
    const member = known.get(dir);
    const manifest = member ?? readOwn(dir);
    if (manifest?.package && nameOf(manifest).name === name) return manifest;
    if (path.dirname(dir) !== dir) continue;
    const none = path.join(path.dirname(file), "Cargo.toml");
    return { file: none, dir: path.dirname(file), raw: {}, dependencies: [], features: {} };
  }
}

function readOwn(dir: string): Manifest | undefined {
  const file = path.join(dir, "Cargo.toml");
  if (!existsSync(file)) return undefined;
  const manifest = readManifest(file);
  // NOTE: only packages from git or a path still inherit; published manifests are written out.
  return manifest && usesWorkspace(manifest)
    ? (readManifest(file, workspaceAbove(dir)) ?? manifest)
    : manifest;
}

function usesWorkspace(manifest: Manifest): boolean {
  return (
    manifest.raw["workspace"] === undefined &&
    JSON.stringify(manifest.raw).includes('"workspace":true')
  );
}

/** The workspace root nearest above a folder. */
export function workspaceAbove(dir: string): WorkspaceManifest | undefined {
  for (let at = path.dirname(dir); path.dirname(at) !== at; at = path.dirname(at)) {
    const manifest = readManifest(path.join(at, "Cargo.toml"));
    if (manifest?.raw["workspace"] !== undefined) return { raw: manifest.raw, dir: at };
  }
  return undefined;
}
