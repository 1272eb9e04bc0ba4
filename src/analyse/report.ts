import { HOSTS, type Host } from "../model/host.ts";
import type { NotAnalysed } from "../model/place.ts";
import type { PackageReport, Report, Result } from "../model/result.ts";
import { LEVELS, type Level } from "../model/rule.ts";
import type { CrateRow } from "../model/verdict.ts";
import type { Package, PackageId, Workspace } from "../model/workspace.ts";
import { crateKey } from "../util/crate-key.ts";
import { nameWithVersion } from "./examine.ts";
import { shortestPaths } from "./paths.ts";
import { isOwn } from "../util/own.ts";
import { counts } from "../util/counts.ts";
import { byText } from "../util/sorted.ts";

/** What a report is put together from. */
export interface ReportParts {
  readonly workspace: Workspace;
  readonly results: readonly Result[];
  readonly notAnalysed: readonly NotAnalysed[];
  readonly release: string;
  readonly profile: string;
  readonly target: string;
  readonly hosts?: readonly Host[];
  readonly tool: Report["tool"];
  readonly stats: Report["stats"];
  readonly matrix: Report["matrix"];
  readonly verdictOf: (id: PackageId) => PackageReport["verdict"];
  /** Verdicts of packages per host. */
  readonly crates?: readonly CrateRow[];
}

export function assemble(parts: ReportParts): Report {
  const { workspace, results } = parts;
  const paths = shortestPaths(workspace);
  const tallies = countByPackage(results);
  const built = [...workspace.packages.values()].filter((pkg) =>
    pkg.builds.some((build) => build.for === "target"),
  );
  return {
    tool: parts.tool,
    release: parts.release,
    profile: parts.profile,
    target: parts.target,
    hosts: parts.hosts ?? HOSTS,
    root: workspace.root,
    packages: built
      .map((pkg) => packageReport(pkg, paths.get(pkg.id) ?? [pkg.id], tallies, parts))
      .sort(byName),
    results,
    matrix: parts.matrix,
    notAnalysed: parts.notAnalysed,
    stats: parts.stats,
  };
}

function packageReport(
  pkg: Package,
  path: readonly PackageId[],
  tallies: Map<string, Record<Level, number>>,
  parts: ReportParts,
): PackageReport {
  const features = new Set(
    pkg.builds.filter((build) => build.for === "target").flatMap((build) => build.features),
  );
  const { workspace, crates = [] } = parts;
  const row = crates.find(({ name, version }) => name === pkg.name && version === pkg.version);
  return {
    name: pkg.name,
    version: pkg.version,
    source: pkg.source,
    edition: pkg.edition,
    dir: pkg.dir,
    path: path.map((id) => nameWithVersion(workspace, id)),
    features: [...features].sort(),
    verdict: parts.verdictOf(pkg.id),
    counts: tallies.get(crateKey(pkg)) ?? { error: 0, warning: 0, note: 0 },
    own: isOwn(workspace, pkg),
    dependencies: dependenciesOf(pkg, workspace),
    ...(row === undefined ? {} : { cells: row.cells }),
  };
}

/** Procedural macros and what only build scripts use are no part of the program. */
function dependenciesOf(pkg: Package, workspace: Workspace): string[] {
  const names = pkg.dependencies
    .filter(({ kind, archs }) => kind === "normal" && archs.length > 0)
    .map((edge) => workspace.packages.get(edge.package))
    .filter((to) => to !== undefined && to.builds.some((build) => build.for === "target"))
    .map((to) => nameWithVersion(workspace, to!.id));
  return [...new Set(names)].sort();
}

function countByPackage(results: readonly Result[]): Map<string, Record<Level, number>> {
  const found = new Map<string, Record<Level, number>>();
  for (const result of results) {
    if (!counts(result)) continue;
    const key = crateKey(result.package);
    const own =
      found.get(key) ??
      (Object.fromEntries(LEVELS.map((level) => [level, 0])) as Record<Level, number>);
    own[result.level]++;
    found.set(key, own);
  }
  return found;
}

function byName(a: PackageReport, b: PackageReport): number {
  return byText(a.name, b.name) || byText(a.version, b.version);
}
