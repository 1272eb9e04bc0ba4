import { HOSTS, type Host } from "../model/host.ts";
import type { KnownCrate } from "../model/crate.ts";
import type { Knowledge } from "../model/knowledge.ts";
import type { RunOptions } from "../model/options.ts";
import type { Profile } from "../model/profile.ts";
import type { Site } from "../model/site.ts";
import type { Suppression } from "../model/suppression.ts";
import type { Workspace } from "../model/workspace.ts";
import { checkRuleNames, coversPlace, judge, type Judged } from "../config/index.ts";
import { loadCrates } from "../kb/crates.ts";
import { loadKnowledge } from "../kb/load.ts";
import { loadProfile } from "../kb/profiles.ts";
import { applyRules, loadRules, OWN_RULES, type Before, type Rule } from "../rules/index.ts";
import { baselineScope } from "./baseline-scope.ts";

/** What sites are judged with: read once per run. */
export interface Bench {
  readonly rules: readonly Rule[];
  readonly knowledge: Knowledge;
  readonly profile: Profile;
  readonly hosts: readonly Host[];
  readonly crates: readonly KnownCrate[];
}

export async function loadBench(options: RunOptions): Promise<Bench> {
  return {
    knowledge: loadKnowledge(options.release),
    profile: loadProfile(options.profile),
    hosts: options.hosts ?? HOSTS,
    rules: await rulesFor(options),
    crates: loadCrates(),
  };
}

/** All rules of a run. Throws an InputError where the user names one that is not among them. */
export async function rulesFor(options: RunOptions): Promise<Rule[]> {
  const rules = await loadRules({ dirs: [OWN_RULES, ...(options.ruleDirs ?? [])] });
  checkRuleNames({ ...options, rules: rules.map(({ id }) => id) });
  return rules;
}

/** Rules applied to sites, then the user's word: levels, ignores, suppressions, baseline. */
export function judgeSites(
  bench: Bench,
  found: {
    readonly sites: readonly Site[];
    readonly workspace: Workspace;
    readonly suppressions: readonly Suppression[];
    readonly options: RunOptions;
    /** What was said before with the same bench. */
    readonly before?: Before;
  },
): Judged {
  const { rules, knowledge } = bench;
  const { sites, workspace, options, before } = found;
  const suppressions = options.inSource === false ? [] : found.suppressions;
  const today = new Date().toISOString().slice(0, 10);
  const results = applyRules({
    ...bench,
    sites,
    workspace,
    reachableOf,
    ...(before === undefined ? {} : { before }),
    // NOTE: by which suppression, so that each is seen to be of use
    apart: (result) => String(suppressions.findIndex((each) => coversPlace(each, result, today))),
  });
  return judge(results, {
    ...options,
    suppressions,
    today,
    rules: rules.map(({ id }) => id),
    ...baselineScope(options, workspace, knowledge.release),
  });
}

/** What the reachability stage wrote down; nothing is known of sites outside of Rust code. */
function reachableOf(site: Site): { reachable: "yes" | "no" | "unknown"; via?: readonly string[] } {
  const { reachable = "unknown", trail } = site;
  return trail === undefined ? { reachable } : { reachable, via: trail };
}
