import type { PackageReport, Report } from "../model/result.ts";
import type { Span } from "../model/place.ts";
import type { LineReader } from "./lines.ts";
import { firstLineOf, splitLines } from "./lines.ts";
import type { RenderOptions, TreeFile } from "./options.ts";
import { inRepository, pathStep, relativeTo, shownPath } from "./paths.ts";

/** One line of a file of the user's tree; columns in UTF-16 units from 1, `to` exclusive. */
export interface Anchor {
  /** Relative to the repository, `/`-separated, not encoded. */
  readonly path: string;
  readonly line: number;
  readonly from: number;
  readonly to: number;
}

/** Finds lines for packages; keep it for one rendering only. */
export interface Anchors {
  /** Where a place in a package's own file is shown. */
  site(owner: PackageReport, file: string, span: Span): Anchor;
  /** The line of the tree that brings a package in. */
  package(owner: PackageReport): Anchor;
  /** The line of Cargo.lock of a package that the report may not hold: a part of a workspace still names its root. */
  locked(name: string, version: string): Anchor | undefined;
  /** Whether the package's files are files of the user's tree. */
  isInTree(owner: PackageReport): boolean;
}

function wholeLine(path: string, lines: readonly string[], index: number): Anchor {
  return { path, line: index + 1, from: 1, to: Math.max(2, (lines[index]?.length ?? 0) + 1) };
}

/** Lines of `version = "…"` of a Cargo.lock, by `name@version`; the first block wins where two sources bring the same. */
export function lockLines(lines: readonly string[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  let name: string | undefined;
  for (const [index, line] of lines.entries()) {
    if (line.startsWith("[")) name = undefined;
    const [, key, value] = /^(name|version)\s*=\s*"([^"]*)"/.exec(line) ?? [];
    if (key === "name") name = value;
    if (key !== "version" || name === undefined) continue;
    const id = `${name}@${value}`;
    if (!found.has(id)) found.set(id, index);
  }
  return found;
}

const DEPENDENCY_TABLE = /^\[(?:.*\.)?(?:build-)?dependencies(?:\.("?)([\w-]+)\1)?\]/;

/** Line of a Cargo.toml that asks for a dependency, also under another name (`package = "…"`). */
export function manifestLine(lines: readonly string[], dependency: string): number | undefined {
  let inside = false;
  for (const [index, line] of lines.entries()) {
    if (/^\s*\[/.test(line)) {
      const table = DEPENDENCY_TABLE.exec(line.trim());
      inside = table !== null;
      if (table?.[2] === dependency) return index;
      continue;
    }
    if (!inside) continue;
    const [, key] = /^\s*"?([\w-]+)"?\s*[=.]/.exec(line) ?? [];
    const [, renamed] = /\bpackage\s*=\s*["']([^"']+)["']/.exec(line) ?? [];
    if ((renamed ?? key) === dependency) return index;
  }
  return undefined;
}

/** Name of the direct dependency that brings a package in; the package itself when it is one. */
export function directDependency(owner: PackageReport): string {
  return pathStep(owner.path[1] ?? owner.name).name;
}

interface Tree {
  readonly lock:
    | {
        readonly path: string;
        readonly lines: readonly string[];
        readonly blocks: ReadonlyMap<string, number>;
      }
    | undefined;
  readonly manifests: readonly {
    readonly path: string;
    readonly folder: string;
    readonly lines: readonly string[];
  }[];
}

function treeOf(report: Report, options: RenderOptions): Tree {
  const isTracked = (file: TreeFile): boolean => options.tracked?.(file.path) ?? true;
  const { lockfile } = options;
  const lines = lockfile && isTracked(lockfile) ? splitLines(lockfile.text) : undefined;
  return {
    lock: lines && {
      path: inRepository(report, options, lockfile!.path),
      lines,
      blocks: lockLines(lines),
    },
    manifests: (options.manifests ?? []).map((file) => ({
      path: inRepository(report, options, file.path),
      folder: file.path.replace(/\/?Cargo\.toml$/, ""),
      lines: splitLines(file.text),
    })),
  };
}

function rootFolder(report: Report, owner: PackageReport): string | undefined {
  const { name, version } = pathStep(owner.path[0] ?? owner.name);
  const root = report.packages.find(
    (one) => one.name === name && (version === undefined || one.version === version),
  );
  return root && relativeTo(report.root, root.dir);
}

/**
 * The anchors of a report. A dependency stands at its `version =` line in Cargo.lock, which is the line that a bump
 * changes; without a tracked lockfile at the direct dependency's line in Cargo.toml; failing both, at line 1 of one.
 */
export function anchorsOf(report: Report, options: RenderOptions, reader: LineReader): Anchors {
  const { lock, manifests } = treeOf(report, options);
  const isInTree = (owner: PackageReport): boolean =>
    owner.own && relativeTo(report.root, owner.dir) !== undefined;
  const manifestAnchor = (owner: PackageReport): Anchor => {
    const folder = rootFolder(report, owner);
    const direct = directDependency(owner);
    const ordered = [...manifests.filter((one) => one.folder === folder), ...manifests];
    for (const one of ordered) {
      const index = manifestLine(one.lines, direct);
      if (index !== undefined) return wholeLine(one.path, one.lines, index);
    }
    const [first] = ordered;
    return wholeLine(
      first?.path ?? inRepository(report, options, "Cargo.toml"),
      first?.lines ?? [],
      0,
    );
  };
  const locked: Anchors["locked"] = (name, version) => {
    const index = lock?.blocks.get(`${name}@${version}`);
    return lock && index !== undefined ? wholeLine(lock.path, lock.lines, index) : undefined;
  };
  return {
    isInTree,
    locked,
    site(owner, file, span) {
      const lines = reader.lines(owner.name, owner.version, file);
      const path = shownPath(report, owner, file);
      return {
        path: isInTree(owner) ? inRepository(report, options, path) : path,
        ...firstLineOf(span, lines?.[span.start.line - 1]),
      };
    },
    package(owner) {
      return locked(owner.name, owner.version) ?? manifestAnchor(owner);
    },
  };
}
