import { readToml, string, strings, table } from "./toml.ts";

/** One `[[package]]` of a Cargo.lock. */
export interface LockedPackage {
  readonly name: string;
  readonly version: string;
  /** `registry+URL`, `sparse+URL`, `git+URL#REV`; none for a package on disk. */
  readonly source?: string;
  readonly checksum?: string;
  /** As written: `name`, `name version` or `name version (source)`, as few words as make it unique. */
  readonly dependencies: readonly string[];
}

/** Reads a Cargo.lock of any format version; undefined when there is none. */
export function readLockfile(file: string): readonly LockedPackage[] | undefined {
  const raw = readToml(file);
  if (!raw) return undefined;
  const metadata = table(raw["metadata"]) ?? {};
  const packages: LockedPackage[] = [];
  for (const item of Array.isArray(raw["package"]) ? raw["package"] : []) {
    const entry = table(item) ?? {};
    const name = string(entry["name"]);
    const version = string(entry["version"]);
    if (!name || !version) continue;
    const source = string(entry["source"]);
    // NOTE: the first format keeps checksums in a table of their own.
    const checksum =
      string(entry["checksum"]) ?? string(metadata[`checksum ${name} ${version} (${source})`]);
    packages.push({
      name,
      version,
      dependencies: strings(entry["dependencies"]),
      ...(source && { source }),
      ...(checksum && { checksum }),
    });
  }
  return packages;
}
