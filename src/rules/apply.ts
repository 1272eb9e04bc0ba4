import type { KnownCrate } from "../model/crate.ts";
import type { Host } from "../model/host.ts";
import type { Knowledge } from "../model/knowledge.ts";
import type { Profile } from "../model/profile.ts";
import type { Result } from "../model/result.ts";
import type { Site } from "../model/site.ts";
import type { Workspace } from "../model/workspace.ts";
import type { Before } from "./before.ts";
import { foldDerived } from "./derived.ts";
import { fingerprinter } from "./fingerprint.ts";
import type { Identity } from "./fingerprint.ts";
import { factsAbout, groundOf, isInProgram } from "./ground.ts";
import type { Ground } from "./ground.ts";
import { indexSites, sitesFor } from "./index-sites.ts";
import { judge } from "./judge.ts";
import type { Judged } from "./judge.ts";
import type { Match } from "./match.ts";
import { toldOnce } from "./once.ts";
import { foldTables } from "./tables.ts";
import { byHarm, byPlace } from "./order.ts";
import type { Rule } from "./rule.ts";

/** What the reachability stage says about a site. */
export type ReachableOf = (site: Site) => {
  readonly reachable: "yes" | "no" | "unknown";
  readonly via?: readonly string[];
};

/** Everything that rules are applied to. */
export interface ApplyOptions {
  readonly rules: readonly Rule[];
  readonly sites: Iterable<Site>;
  readonly workspace: Workspace;
  readonly knowledge: Knowledge;
  readonly profile: Profile;
  readonly hosts: readonly Host[];
  readonly crates?: readonly KnownCrate[];
  readonly reachableOf?: ReachableOf;
  /** Places with different words here are never told as one, by rules that tell a hazard once per package or file. */
  readonly apart?: (result: Judged["result"]) => string;
  /** What was said before of the same sites, by the same rules on the same ground. */
  readonly before?: Before;
}

/**
 * Joins facts with knowledge by rules. The results come in a fixed order: worst harm first, then by package and
 * place. Results that the profile repairs are in, marked `closed`. Linear in the number of sites.
 */
export function applyRules(options: ApplyOptions): Result[] {
  const { before } = options;
  const ground = groundOf(options);
  const index = indexSites(options.sites);
  const judged = options.rules.flatMap((rule) => {
    return [...matches({ rule, index, ground })].flatMap(
      (match) => (before ?? { judge }).judge({ rule, match, ground }) ?? [],
    );
  });
  const kept = withReach(withoutYielding(judged, options.rules), options);
  return fingerprinted(
    toldOnce(foldTables(foldDerived(kept), options.apart), options.rules, options.apart),
    before,
  ).toSorted(byHarm);
}

/** Says of each result whether the program gets there; what stops the compiler is always there. */
function withReach(
  judged: readonly Judged[],
  { rules, reachableOf }: ApplyOptions,
): readonly Judged[] {
  if (reachableOf === undefined) return judged;
  const compiled = new Set(rules.filter((rule) => rule.spec.compiled === true).map(({ id }) => id));
  const reached: Judged[] = [];
  for (const { site, result } of judged) {
    const reach = compiled.has(result.rule) ? { reachable: "yes" as const } : reachableOf(site);
    reached.push({ site, result: { ...result, ...reach } });
  }
  return reached;
}

function* matches(options: {
  rule: Rule;
  index: ReturnType<typeof indexSites>;
  ground: Ground;
}): Generator<Match> {
  const { rule, ground } = options;
  const hostSide = rule.spec.query.target !== undefined;
  for (const site of sitesFor(options)) {
    // NOTE: what only runs on the machine that builds never sees another host, unless a rule asks for it.
    if (!hostSide && (runsAtBuild(site) || !isInProgram(ground, site.package))) continue;
    if (rule.spec.query.crate === undefined) {
      yield { site, names: rule.query.names(site, ground) };
      continue;
    }
    for (const fact of factsAbout(ground, site.package)) {
      if (fact.kind === "hazard") yield { site, names: [site.name], fact };
    }
  }
}

function runsAtBuild(site: Site): boolean {
  return site.target === "build-script" || site.target === "proc-macro";
}

/** Leaves out a result where another rule, which says more, has one for the same fact that is no less open. */
function withoutYielding(judged: readonly Judged[], rules: readonly Rule[]): Judged[] {
  const yielding = new Map(rules.map((rule) => [rule.id, rule.spec.yieldsTo]));
  const takers = new Set(rules.flatMap((rule) => rule.spec.yieldsTo));
  const taken = new Map<Site, Judged["result"][]>();
  for (const { site, result } of judged) {
    if (takers.has(result.rule)) taken.set(site, [...(taken.get(site) ?? []), result]);
  }
  return judged.filter(({ site, result }) => {
    const stronger = yielding.get(result.rule) ?? [];
    const open = result.closed === undefined;
    return !taken
      .get(site)
      ?.some((each) => stronger.includes(each.rule) && !(open && each.closed !== undefined));
  });
}

function fingerprinted(judged: readonly Judged[], before?: Before): Result[] {
  const fingerprint = fingerprinter(before?.prints());
  const results: Result[] = [];
  for (const { site, result } of judged.toSorted((a, b) => byPlace(a.result, b.result))) {
    const print = fingerprint(identity(site, result));
    results.push({ ...result, fingerprint: print });
  }
  return results;
}

function identity(site: Site, result: Judged["result"]): Identity {
  const { rule, file, symbol } = result;
  return {
    rule,
    package: result.package.name,
    file,
    item: site.item,
    symbol,
    context: site.context,
  };
}
