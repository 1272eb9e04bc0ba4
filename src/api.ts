import { HOSTS } from "./model/host.ts";
import type { InventoryRow } from "./model/inventory.ts";
import type { RunOptions } from "./model/options.ts";
import type { Report } from "./model/result.ts";
import type { Site } from "./model/site.ts";
import type { Edition } from "./model/workspace.ts";
import { inventoryOf } from "./analyse/inventory.ts";
import { assemble } from "./analyse/report.ts";
import { analyseSnippet } from "./analyse/snippet.ts";
import { gatherFacts } from "./analyse/stages.ts";
import { judge } from "./config/index.ts";
import { loadCrates } from "./kb/crates.ts";
import { loadKnowledge } from "./kb/load.ts";
import { loadProfile } from "./kb/profiles.ts";
import { applyRules, loadRules, OWN_RULES } from "./rules/index.ts";
import { VERSION } from "./util/version.ts";

/** Name and version of this program, as every report carries them. */
export const TOOL = { name: "ape-lint", version: VERSION };

/** The main job: what breaks in a crate and its tree when it becomes an APE. */
export async function run(options: RunOptions): Promise<Report> {
  const knowledge = loadKnowledge(options.release);
  const profile = loadProfile(options.profile);
  const hosts = options.hosts ?? HOSTS;
  const rules = await loadRules({ dirs: [OWN_RULES, ...(options.ruleDirs ?? [])] });
  const cfgs = [...profile.cfgs, ...(options.cfgs ?? [])];
  const facts = await gatherFacts(options, knowledge, cfgs);
  const { workspace, sites } = facts;
  const before = performance.now();
  const found = applyRules({
    rules,
    sites,
    workspace,
    knowledge,
    profile,
    hosts,
    crates: loadCrates(),
  });
  const { results, ...staleIgnores } = judge(found, {
    ...options,
    today: new Date().toISOString().slice(0, 10),
    rules: rules.map(({ id }) => id),
  });
  const milliseconds = { ...facts.milliseconds, rules: Math.round(performance.now() - before) };
  const report = assemble({
    workspace,
    results,
    notAnalysed: facts.notAnalysed,
    release: knowledge.release,
    profile: profile.id,
    target: facts.target,
    hosts,
    tool: TOOL,
    stats: {
      packages: workspace.packages.size,
      files: facts.files,
      bytes: facts.bytes,
      milliseconds,
    },
    matrix: [],
    verdictOf: () => "unknown",
  });
  return { ...report, staleIgnores };
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
