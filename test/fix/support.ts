import { analyseSnippet } from "../../src/analyse/snippet.ts";
import { loadCrates } from "../../src/kb/crates.ts";
import { loadKnowledge } from "../../src/kb/load.ts";
import { applyEdits, withoutOverlap } from "../../src/fix/edits.ts";
import { planFixes } from "../../src/fix/index.ts";
import { HOSTS } from "../../src/model/host.ts";
import type { Profile, Repair } from "../../src/model/profile.ts";
import type { Result } from "../../src/model/result.ts";
import { applyRules, loadRules } from "../../src/rules/index.ts";
import { NO_PROFILE } from "../rules/support.ts";

const knowledge = loadKnowledge();

const STATIC: Repair = {
  effect: "closes",
  mode: "extern-static",
  how: "it is an extern static",
  source: "a test",
};

/** Constants that differ between hosts and are variables in Cosmopolitan: those that a libc of statics would have. */
export const STATICS: readonly string[] = Object.entries(knowledge.constants)
  .filter(([, row]) => row.runtime && (row.class === "differs" || row.class === "absent"))
  .map(([name]) => name);

/** An SDK that makes every divergent constant an extern static. */
export const ALL_STATICS: Profile = {
  ...NO_PROFILE,
  id: "statics",
  constants: Object.fromEntries(STATICS.map((name) => [name, STATIC])),
};

const rules = await loadRules();
const crates = loadCrates();

/** The results of one Rust file. */
export function resultsOf(code: string, profile: Profile): Result[] {
  const { sites, workspace } = analyseSnippet({ code, edition: "2021", knowledge });
  const own = sites.filter((site) => workspace.roots.includes(site.package));
  return applyRules({ rules, sites: own, workspace, knowledge, profile, hosts: HOSTS, crates });
}

/** One round: the text with every repair that can be made at once. */
export function fixedOnce(code: string, profile: Profile): string {
  const hints = resultsOf(code, profile).flatMap(({ fixes = [] }) => fixes);
  const planned = planFixes(code, hints, { others: [] });
  const kept = withoutOverlap(
    planned.map((each) => ({ ...each, parts: [{ file: "", edits: each.edits }] })),
  );
  return applyEdits(
    code,
    kept.flatMap(({ edits }) => edits),
  );
}

/** Rounds until nothing changes any more. */
export function fixed(code: string, profile: Profile): string {
  let before = code;
  for (let round = 0; round < 6; round++) {
    const after = fixedOnce(before, profile);
    if (after === before) return after;
    before = after;
  }
  throw new Error("the fixes never come to an end");
}

/** What is said of the first static of a file. */
export function staticIn(code: string): Result {
  const found = resultsOf(code, ALL_STATICS).find(({ rule }) => rule === "static-needs-unsafe");
  if (found === undefined) throw new Error("the rule sees nothing here");
  return found;
}
