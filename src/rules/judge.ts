import type { Host } from "../model/host.ts";
import type { Result } from "../model/result.ts";
import type { Site } from "../model/site.ts";
import type { Ground } from "./ground.ts";
import { expandHosts } from "./hosts.ts";
import type { Match, Reach } from "./match.ts";
import { reachOf } from "./repair.ts";
import type { CompiledVariant, Rule } from "./rule.ts";

/** A result that still lacks what depends on its neighbours. */
export interface Judged {
  readonly site: Site;
  readonly result: Omit<Result, "fingerprint" | "reachable" | "via">;
}

/** What a rule says about a match; undefined where it does no harm on any of the asked hosts. */
export function judge(options: { rule: Rule; match: Match; ground: Ground }): Judged | undefined {
  const { rule, match, ground } = options;
  const variant = rule.variants.find((each) => each.when(match.site, ground));
  const source = variant?.spec.hosts ?? rule.spec.hosts;
  const reach = reachOf({
    match,
    rule: { id: rule.id, repairs: rule.spec.repairs },
    source,
    ground,
  });
  if (reach.hosts.length === 0) return undefined;
  return { site: match.site, result: resultOf({ rule, match, variant, reach, ground }) };
}

function resultOf(options: {
  rule: Rule;
  match: Match;
  variant: CompiledVariant | undefined;
  reach: Reach;
  ground: Ground;
}): Judged["result"] {
  const { rule, match, variant, reach, ground } = options;
  const { site, fact } = match;
  const filling = { match, hosts: reach.hosts, ground };
  const owner = ground.packages.get(site.package);
  return {
    rule: rule.id,
    taxa: [...new Set([...taxaOf(rule, match, reach.hosts, ground), ...(fact?.taxa ?? [])])].sort(),
    level: reach.demoted === undefined ? (variant?.spec.level ?? rule.level) : "note",
    confidence: fact?.confidence ?? variant?.spec.confidence ?? rule.confidence,
    harm: fact?.harm ?? variant?.spec.harm ?? rule.harm,
    message: (variant?.message ?? rule.message)(filling),
    help: fact?.help ?? (variant?.help ?? rule.helpTemplate)(filling),
    hosts: reach.hosts,
    package: { name: owner?.name ?? site.package, version: owner?.version ?? "" },
    file: site.file,
    span: site.span,
    symbol: fact === undefined ? site.name : fact.id,
    construct: site.context,
    active: site.active,
    ...(reach.closed === undefined ? {} : { closed: reach.closed }),
    ...(reach.demoted === undefined ? {} : { demoted: reach.demoted }),
  };
}

function taxaOf(rule: Rule, match: Match, hosts: readonly Host[], ground: Ground): string[] {
  return rule.taxonRefs
    .filter((ref) => ref.when === undefined || ref.when(match.site, ground))
    .filter(
      (ref) =>
        ref.hosts === undefined || expandHosts(ref.hosts).some((host) => hosts.includes(host)),
    )
    .map((ref) => ref.id);
}
