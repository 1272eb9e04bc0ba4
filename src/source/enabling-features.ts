import path from "node:path";
import { readManifest } from "../cargo/manifest.ts";
import type { Dependency, Package } from "../model/workspace.ts";
import { InputError } from "../util/errors.ts";

/**
 * The features of a package, among those that are on, that bring one of its optional dependencies in. Empty when the
 * dependency is not optional, or the manifest does not say.
 */
export function enablingFeatures(from: Package, edge: Dependency): readonly string[] {
  const manifest = manifestOf(from);
  const entry = manifest?.dependencies.find(
    ({ key, kind }) => key.replaceAll("-", "_") === edge.externName && kind === edge.kind,
  );
  if (manifest === undefined || entry === undefined || !entry.optional) return [];
  const on = new Set(from.builds.flatMap((build) => build.features));
  const opens = new Set([entry.key, `dep:${entry.key}`]);
  const named = Object.entries(manifest.features).filter(([feature, values]) => {
    return (
      on.has(feature) &&
      values.some((value) => opens.has(value) || value.startsWith(`${entry.key}/`))
    );
  });
  if (named.length > 0) return named.map(([feature]) => feature).toSorted();
  return on.has(entry.key) ? [entry.key] : [];
}

function manifestOf(from: Package): ReturnType<typeof readManifest> {
  try {
    return readManifest(path.join(from.dir, "Cargo.toml"));
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}
