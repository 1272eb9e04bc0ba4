import type { InventoryRow } from "./model/inventory.ts";
import type { RunOptions } from "./model/options.ts";
import type { Report } from "./model/result.ts";
import type { Site } from "./model/site.ts";
import type { Notice } from "./model/suppression.ts";
import type { Matrix, Why } from "./model/verdict.ts";
import type { Edition, PackageId } from "./model/workspace.ts";
import { examine, type Examination } from "./analyse/examine.ts";
import { inventoryOf } from "./analyse/inventory.ts";
import { Live } from "./analyse/live.ts";
import { assemble } from "./analyse/report.ts";
import { analyseSnippet } from "./analyse/snippet.ts";
import { examineTree, type Tree } from "./analyse/tree.ts";
import { partOf } from "./analyse/shard.ts";
import { gatherFacts } from "./analyse/stages.ts";
import { loadFolding } from "./kb/folding.ts";
import { loadKnowledge } from "./kb/load.ts";
import { loadProfile } from "./kb/profiles.ts";
import { InputError } from "./util/errors.ts";
import { didYouMean } from "./util/schema-hints.ts";
import { VERSION } from "./util/version.ts";
import { enablingFeatures } from "./source/enabling-features.ts";
import { whyOf } from "./verdict/index.ts";

/** Name and version of this program, as every report carries them. */
export const TOOL = { name: "ape-lint", version: VERSION };

/** The main job: what breaks in a crate and its tree when it becomes an APE. */
export async function run(options: RunOptions): Promise<Report> {
  return partOf(reportOf(await examine(options)), options.shard);
}

/** The same with everything that an editor asks about afterwards. */
export async function tree(options: RunOptions): Promise<Tree> {
  return examineTree(options, reportOf);
}

function reportOf({
  facts,
  knowledge,
  profile,
  hosts,
  results,
  staleIgnores,
  notices,
  verdicts,
}: Examination): Report {
  const { workspace, files, bytes, milliseconds } = facts;
  const report = assemble({
    workspace,
    results,
    notAnalysed: facts.notAnalysed,
    release: knowledge.release,
    profile: profile.id,
    target: facts.target,
    hosts,
    tool: TOOL,
    stats: { packages: workspace.packages.size, files, bytes, milliseconds },
    matrix: verdicts.matrix,
    verdictOf: verdicts.verdictOf,
    crates: verdicts.crates,
  });
  return { ...report, notices: [...ignoreNotices(staleIgnores), ...notices] };
}

/** The configuration's ignores that should be looked at, told as what is written beside the code is. */
function ignoreNotices({ unused, expired }: Examination["staleIgnores"]): Notice[] {
  return [
    ...unused.map(({ place }): Notice => {
      return { kind: "unused-ignore", place, message: "this ignore fits no result" };
    }),
    ...expired.map(({ place, until }): Notice => {
      return { kind: "expired-ignore", place, message: `this ignore has ended on ${until}` };
    }),
  ];
}

/** Hosts against crates, and the line of the whole program. */
export async function matrix(options: RunOptions): Promise<Matrix> {
  const { knowledge, profile, hosts, results, verdicts } = await examine(options);
  const notes = loadFolding().notes.filter((note) =>
    note.hosts.some((host) => hosts.includes(host)),
  );
  return {
    release: knowledge.release,
    profile: profile.id,
    hosts,
    workload: verdicts.matrix,
    crates: verdicts.crates,
    results,
    notes,
  };
}

/** Every way a crate comes into the tree, per version of it that is there. */
export async function why(options: RunOptions, name: string): Promise<Why[]> {
  const { facts, results, verdicts } = await examine(options);
  const { workspace } = facts;
  const [wanted = "", version] = name.split("@");
  const found = [...workspace.packages.values()].filter(
    (pkg) => pkg.name === wanted && (version === undefined || pkg.version === version),
  );
  if (found.length === 0)
    throw new InputError(`no crate "${name}" is compiled into this program`, {
      hint:
        didYouMean(
          wanted,
          [...workspace.packages.values()].map((pkg) => pkg.name),
        ) ?? "names are those of Cargo.lock",
    });
  return found.flatMap(
    (pkg) =>
      whyOf({
        workspace,
        package: pkg.id,
        results,
        verdictOf: verdicts.verdictOf,
        enabledBy: enablingFeatures,
      }) ?? [],
  );
}

/** Every resolved use of the libc crate in the tree, divergent or not: what rustc's own list is compared with. */
export async function inventory(options: RunOptions): Promise<InventoryRow[]> {
  const knowledge = loadKnowledge(options.release);
  const cfgs = [...loadProfile(options.profile).cfgs, ...(options.cfgs ?? [])];
  const { sites, workspace } = await gatherFacts(options, knowledge, cfgs);
  return inventoryOf(sites, workspace, knowledge);
}

/** The facts in a piece of Rust code, for the examples on rule pages and the rules' cases. */
export function sitesOfSnippet(
  code: string,
  options: { edition?: Edition; release?: string } = {},
): Site[] {
  const { edition = "2021", release } = options;
  const { sites, workspace } = analyseSnippet({ code, edition, knowledge: loadKnowledge(release) });
  return sites.filter((site) => workspace.roots.includes(site.package));
}

/** Keeps one package in memory, to judge it at every keystroke. Throws when its folder is not there. */
export async function openLive(tree: Tree, options: RunOptions, id: PackageId): Promise<Live> {
  return Live.open(tree, options, id);
}

export type { Live, LiveAnswer } from "./analyse/live.ts";
export type { Tree } from "./analyse/tree.ts";
export { makePlan as plan } from "./analyse/plan.ts";
export { mergeReports } from "./analyse/merge.ts";
export { compareReports, type NamedReport } from "./verdict/compare.ts";
