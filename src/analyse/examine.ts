import { setImmediate } from "node:timers/promises";
import { HOSTS, type Host } from "../model/host.ts";
import type { Knowledge } from "../model/knowledge.ts";
import type { RunOptions } from "../model/options.ts";
import type { Profile } from "../model/profile.ts";
import type { Result } from "../model/result.ts";
import type { Notice } from "../model/suppression.ts";
import type { PackageId, Workspace } from "../model/workspace.ts";
import type { Judged } from "../config/index.ts";
import { loadCrates } from "../kb/crates.ts";
import { loadFolding } from "../kb/folding.ts";
import { loadKnowledge } from "../kb/load.ts";
import { loadProfile } from "../kb/profiles.ts";
import { askedOfStd, type Rule } from "../rules/index.ts";
import { verdictsOf, type Verdicts } from "../verdict/index.ts";
import { shortestPaths } from "./paths.ts";
import { judgeSites, rulesFor } from "./judge-sites.ts";
import { withKeptTexts } from "./kept.ts";
import { gatherFacts, type Facts } from "./stages.ts";

/** Everything that a run finds out, before a report is made of it. */
export interface Examination {
  readonly facts: Facts;
  readonly knowledge: Knowledge;
  readonly profile: Profile;
  readonly hosts: readonly Host[];
  readonly results: readonly Result[];
  readonly staleIgnores: Pick<Judged, "unused" | "expired">;
  readonly notices: readonly Notice[];
  readonly verdicts: Verdicts;
}

/** All stages in order: facts, results, verdicts. */
export async function examine(options: RunOptions): Promise<Examination> {
  return withKeptTexts(options, () => examineAll(options));
}

/** Facts with what they are judged by. */
export interface Prepared extends Pick<Examination, "facts" | "knowledge" | "profile"> {
  readonly rules: readonly Rule[];
}

/** The stages up to the rules, which are read while cargo is asked. */
export async function prepare(options: RunOptions): Promise<Prepared> {
  const knowledge = loadKnowledge(options.release);
  const profile = loadProfile(options.profile);
  const failed = new AbortController();
  const signal = AbortSignal.any([failed.signal, ...(options.signal ? [options.signal] : [])]);
  const cfgs = [...profile.cfgs, ...(options.cfgs ?? [])];
  const loading = setImmediate().then(() => rulesFor(options));
  const asked = loading.then(askedOfStd);
  const gathering = gatherFacts({ ...options, signal }, knowledge, cfgs, asked);
  for (const one of [asked, gathering]) one.catch(() => {});
  try {
    // a mistake in the rules is told first, also where nothing can be analysed
    const rules = await loading;
    return { facts: await gathering, knowledge, profile, rules };
  } catch (error) {
    failed.abort(error);
    throw error;
  }
}

async function examineAll(options: RunOptions): Promise<Examination> {
  const prepared = await prepare(options);
  const before = performance.now();
  const judged = examineFacts(options, prepared);
  prepared.facts.milliseconds["rules"] = Math.round(performance.now() - before);
  return judged;
}

/** Rules and verdicts on facts that are there: once per profile for a plan. */
export function examineFacts(options: RunOptions, prepared: Prepared): Examination {
  const { facts, knowledge, profile } = prepared;
  const hosts = options.hosts ?? HOSTS;
  const { workspace, sites, suppressions } = facts;
  const bench = { ...prepared, hosts, crates: loadCrates() };
  const { results, notices, ...staleIgnores } = judgeSites(bench, {
    sites,
    workspace,
    suppressions,
    options,
  });
  const verdicts = verdictsFrom({ facts, profile, hosts, results });
  return { facts, knowledge, profile, hosts, results, staleIgnores, notices, verdicts };
}

type Judgement = Pick<Examination, "facts" | "profile" | "hosts" | "results">;

function verdictsFrom({ facts, profile, hosts, results }: Judgement): Verdicts {
  const { workspace, notAnalysed } = facts;
  const folding = loadFolding();
  const paths = namedPaths(workspace);
  return verdictsOf({ results, workspace, hosts, profile, notAnalysed, folding, paths });
}

/** The line of the whole program, folded from other results than those that were found. */
export function matrixFrom(judgement: Judgement): Verdicts["matrix"] {
  return verdictsFrom(judgement).matrix;
}

function namedPaths(workspace: Workspace): Map<PackageId, readonly string[]> {
  const named = new Map<PackageId, readonly string[]>();
  for (const [id, path] of shortestPaths(workspace))
    named.set(
      id,
      path.map((step) => nameWithVersion(workspace, step)),
    );
  return named;
}

/** A package as people are shown it: `mio 1.2.4`. */
export function nameWithVersion(workspace: Workspace, id: PackageId): string {
  const pkg = workspace.packages.get(id);
  return pkg === undefined ? id : `${pkg.name} ${pkg.version}`;
}
