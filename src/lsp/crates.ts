import { HOSTS, type Host } from "../model/host.ts";
import { WORST_FIRST, type HostVerdict, type PackageReport, type Result } from "../model/result.ts";
import type { CrateRow } from "../model/verdict.ts";
import type { Package, PackageId } from "../model/workspace.ts";
import type { Tree } from "../api.ts";
import { crateKey } from "../util/crate-key.ts";
import { isShown } from "./diagnostics/rust.ts";
import type { DependencyLine } from "./manifest-lines.ts";

/** A crate of the tree with what is said about it. */
export interface CrateNews {
  readonly package: Package;
  readonly row: CrateRow | undefined;
  readonly report: PackageReport | undefined;
  /** What an editor shows of it, worst first. */
  readonly results: readonly Result[];
}

/** What a line of a manifest brings into the program. */
export interface Behind {
  readonly crate: CrateNews;
  /** Crates with something to say, the dependency itself among them; worst first. */
  readonly hazards: readonly CrateNews[];
  /** The worst of all crates, per host. */
  readonly cells: ReadonlyMap<Host, HostVerdict>;
  /** One shortest way from the dependency to each crate, by id; both ends included. */
  readonly ways: ReadonlyMap<PackageId, readonly PackageId[]>;
}

/** Answers about the crates of one run; made once per run, since every line of every manifest asks. */
export class Crates {
  private readonly tree: Tree;
  private readonly news = new Map<PackageId, CrateNews>();
  private readonly rank = new Map<PackageId, number>();
  private readonly known = new Map<PackageId, Behind>();

  constructor(tree: Tree, pedantic: boolean) {
    this.tree = tree;
    const { packages } = tree.workspace;
    const results = new Map<string, Result[]>();
    const ranks = new Map<string, number>();
    for (const [index, result] of tree.report.results.entries()) {
      if (!isShown(result, pedantic)) continue;
      const key = crateKey(result.package);
      const list = results.get(key) ?? [];
      if (list.length === 0) {
        results.set(key, list);
        ranks.set(key, index);
      }
      list.push(result);
    }
    const rows = new Map(tree.crates.map((row) => [crateKey(row), row]));
    const reports = new Map(tree.report.packages.map((report) => [crateKey(report), report]));
    for (const pkg of packages.values()) {
      const key = crateKey(pkg);
      this.rank.set(pkg.id, ranks.get(key) ?? Number.MAX_SAFE_INTEGER);
      this.news.set(pkg.id, {
        package: pkg,
        row: rows.get(key),
        report: reports.get(key),
        results: results.get(key) ?? [],
      });
    }
  }

  /** The package that a line of a member's manifest means; undefined when it is no part of the program. */
  meantBy(line: DependencyLine, member: Package | undefined): CrateNews | undefined {
    const extern = line.key.replaceAll("-", "_");
    const edges = member?.dependencies ?? this.edgesOfMembers();
    const edge = edges.find(
      ({ externName, package: id }) =>
        externName === extern && this.news.get(id)?.package.name === line.name,
    );
    const loose = edges.find(({ package: id }) => this.news.get(id)?.package.name === line.name);
    return this.news.get((edge ?? loose)?.package ?? "");
  }

  /** Everything that a dependency brings. */
  behind(crate: CrateNews): Behind {
    const { id } = crate.package;
    const known = this.known.get(id);
    if (known !== undefined) return known;
    const ways = this.waysFrom(id);
    const crates = [...ways.keys()].flatMap((one) => this.news.get(one) ?? []);
    const hazards = crates
      .filter(({ results }) => results.length > 0)
      .toSorted((a, b) => (this.rank.get(a.package.id) ?? 0) - (this.rank.get(b.package.id) ?? 0));
    const behind = { crate, hazards, cells: worstCells(crates), ways };
    this.known.set(id, behind);
    return behind;
  }

  private edgesOfMembers(): Package["dependencies"] {
    const { members, packages } = this.tree.workspace;
    return members.flatMap((id) => packages.get(id)?.dependencies ?? []);
  }

  private waysFrom(start: PackageId): Map<PackageId, readonly PackageId[]> {
    const ways = new Map<PackageId, readonly PackageId[]>([[start, [start]]]);
    for (const [id, way] of ways) {
      for (const edge of this.tree.workspace.packages.get(id)?.dependencies ?? [])
        if (edge.kind === "normal" && !ways.has(edge.package))
          ways.set(edge.package, [...way, edge.package]);
    }
    return ways;
  }
}

function worstCells(crates: readonly CrateNews[]): Map<Host, HostVerdict> {
  const cells = new Map<Host, HostVerdict>();
  for (const host of HOSTS) {
    const all = crates.flatMap(({ row }) => row?.cells[host] ?? []);
    const worst = all.toSorted((a, b) => WORST_FIRST.indexOf(a) - WORST_FIRST.indexOf(b))[0];
    if (worst !== undefined) cells.set(host, worst);
  }
  return cells;
}
