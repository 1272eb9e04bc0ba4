import type { Host } from "../model/host.ts";
import type { NotAnalysed } from "../model/place.ts";
import type { Profile } from "../model/profile.ts";
import type { HostVerdict, MatrixRow, PackageVerdict, Result } from "../model/result.ts";
import type { CrateRow, Folding } from "../model/verdict.ts";
import type { Package, PackageId, Workspace } from "../model/workspace.ts";
import { crateKey } from "../util/crate-key.ts";
import { isOwn } from "../util/own.ts";
import { fits } from "./filter.ts";
import type { Placed } from "./filter.ts";
import { fold } from "./fold.ts";
import type { Folded } from "./fold.ts";

export { whyOf } from "./why.ts";
export type { WhyOptions } from "./why.ts";

/** What verdicts are folded from. */
export interface VerdictOptions {
  /** In the order of reports, worst first: the first that decides is named first. */
  readonly results: readonly Result[];
  readonly workspace: Workspace;
  readonly hosts: readonly Host[];
  readonly profile: Profile;
  readonly notAnalysed: readonly NotAnalysed[];
  readonly folding: Folding;
  /** One shortest way from a root to each package, names with versions. */
  readonly paths?: ReadonlyMap<PackageId, readonly string[]>;
}

/** Verdicts of a run: per host, and per package. */
export interface Verdicts {
  readonly matrix: readonly MatrixRow[];
  readonly crates: readonly CrateRow[];
  readonly verdictOf: (id: PackageId) => PackageVerdict;
}

/** How many deciding results a cell names. */
const NAMED = 20;

/** Folds results into verdicts per host and per package, by the rules of `data/verdict.yml`. */
export function verdictsOf(options: VerdictOptions): Verdicts {
  const built = [...options.workspace.packages.values()].filter(isBuilt);
  const counted = countedResults(options, built);
  const matrix = options.hosts.map((host) => hostRow(options, host, counted));
  const verdicts = new Map<PackageId, PackageVerdict>();
  const crates: CrateRow[] = [];
  for (const owner of built) {
    const row = crateRow(options, owner, counted.get(crateKey(owner)) ?? []);
    verdicts.set(owner.id, row.verdict);
    crates.push(row);
  }
  return { matrix, crates, verdictOf: (id) => verdicts.get(id) ?? "as is" };
}

type Counted = ReadonlyMap<string, readonly Placed[]>;

/** The results that count, by package. */
function countedResults(options: VerdictOptions, built: readonly Package[]): Counted {
  const owners = new Map(built.map((owner) => [crateKey(owner), owner]));
  const byOwner = new Map<string, Placed[]>();
  for (const result of options.results) {
    const key = crateKey(result.package);
    const owner = owners.get(key);
    const own = owner !== undefined && isOwn(options.workspace, owner);
    const placed = { result, source: owner?.source ?? "registry", own };
    if (options.folding.leaveOut.some((each) => fits(placed, each.results))) continue;
    const list = byOwner.get(key);
    if (list === undefined) byOwner.set(key, [placed]);
    else list.push(placed);
  }
  return byOwner;
}

function hostRow(options: VerdictOptions, host: Host, counted: Counted): MatrixRow {
  const results = [...counted.values()].flat().filter(({ result }) => result.hosts.includes(host));
  const folded = foldHost(options, host, results, options.notAnalysed);
  const notes = options.folding.notes
    .filter((note) => note.hosts.includes(host))
    .map((note) => note.text);
  const because = namesOf(options, folded);
  return { host, verdict: folded.verdict, because, ...(notes.length === 0 ? {} : { notes }) };
}

function foldHost(
  options: VerdictOptions,
  host: Host,
  results: readonly Placed[],
  notAnalysed: readonly NotAnalysed[],
): Folded<HostVerdict> {
  const { folding, profile } = options;
  const untried = profile.hosts.length > 0 && !profile.hosts.includes(host);
  const isOwnGap = ownGaps(options);
  return fold({ rules: folding.hosts, results, notAnalysed, untried, isOwnGap });
}

/** Fingerprints in the order of the report; the rule's own sentence where no result breaks anything. */
function namesOf(
  { results }: VerdictOptions,
  { verdict, deciding, why }: Folded<HostVerdict>,
): readonly string[] {
  if (deciding.length === 0 || verdict === "works") return [why];
  const wanted = new Set(deciding.map(({ result }) => result.fingerprint));
  const ordered = results.filter((result) => wanted.has(result.fingerprint));
  return ordered.slice(0, NAMED).map((result) => result.fingerprint);
}

function crateRow(options: VerdictOptions, owner: Package, results: readonly Placed[]): CrateRow {
  const own = options.notAnalysed.filter((each) => each.package === owner.id);
  const folded = fold({
    rules: options.folding.packages,
    results,
    notAnalysed: own,
    untried: false,
    isOwnGap: ownGaps(options),
  });
  const cells: Partial<Record<Host, HostVerdict>> = {};
  for (const host of options.hosts) {
    const here = results.filter(({ result }) => result.hosts.includes(host));
    cells[host] = foldHost(options, host, here, own).verdict;
  }
  const { name, version, id } = owner;
  return {
    name,
    version,
    own: isOwn(options.workspace, owner),
    path: options.paths?.get(id) ?? [`${name} ${version}`],
    verdict: folded.verdict,
    cells,
    because: folded.deciding.slice(0, NAMED).map(({ result }) => result.fingerprint),
    work: workOf(results),
  };
}

function workOf(results: readonly Placed[]): Record<string, number> {
  const work: Record<string, number> = {};
  for (const { result } of results) {
    if (result.level === "note") continue;
    work[result.construct] = (work[result.construct] ?? 0) + (result.places ?? 1);
  }
  return work;
}

function ownGaps({ workspace }: VerdictOptions): (gap: NotAnalysed) => boolean {
  return (gap) => {
    const owner = gap.package === undefined ? undefined : workspace.packages.get(gap.package);
    return owner !== undefined && isOwn(workspace, owner);
  };
}

function isBuilt(owner: Package): boolean {
  return owner.builds.some((build) => build.for === "target");
}
