import type { CrateFact } from "../model/crate.ts";
import type { FixHint } from "../model/fix.ts";
import type { Host } from "../model/host.ts";
import type { Result } from "../model/result.ts";
import type { Site } from "../model/site.ts";
import type { Ground } from "./ground.ts";
import { expandHosts } from "./hosts.ts";
import type { Match, Extent } from "./match.ts";
import type { Template } from "./message.ts";
import { extentOf } from "./repair.ts";
import type { CompiledVariant, Rule, Says } from "./rule.ts";

/** A result that still lacks what depends on its neighbours. */
export interface Judged {
  readonly site: Site;
  readonly result: Omit<Result, "fingerprint">;
}

/** What a rule says about a match; undefined where it does no harm on any of the asked hosts. */
export function judge(options: { rule: Rule; match: Match; ground: Ground }): Judged | undefined {
  const { rule, match, ground } = options;
  const variant = rule.variants.find((each) => each.when(match.site, ground));
  const source = variant?.hosts ?? rule.spec.hosts;
  const extent = extentOf({
    match,
    rule: { id: rule.id, repairs: rule.spec.repairs },
    source,
    ground,
  });
  if (extent.hosts.length === 0) return undefined;
  return { site: match.site, result: resultOf({ rule, match, variant, extent, ground }) };
}

function resultOf(options: {
  rule: Rule;
  match: Match;
  variant: CompiledVariant | undefined;
  extent: Extent;
  ground: Ground;
}): Judged["result"] {
  const { rule, match, variant, extent, ground } = options;
  const { site, fact } = match;
  const filling = { match, hosts: extent.hosts, ground };
  const says = { ...rule.says, ...variant?.says, ...factSays(fact) };
  const owner = ground.packages.get(site.package);
  const fixes = fixesAt(rule, filling);
  return {
    rule: rule.id,
    taxa: taxaOf({ rule, match, hosts: extent.hosts, ground }),
    level: extent.demoted === undefined ? says.level : "note",
    confidence: says.confidence,
    harm: says.harm,
    message: says.message(filling),
    help: says.help(filling),
    hosts: extent.hosts,
    package: { name: owner?.name ?? site.package, version: owner?.version ?? "" },
    file: site.file,
    span: site.span,
    symbol: fact?.id ?? site.name,
    construct: site.context,
    active: site.active,
    reachable: "unknown",
    ...(fixes.length === 0 ? {} : { fixes }),
    ...(extent.closed === undefined ? {} : { closed: extent.closed }),
    ...(extent.demoted === undefined ? {} : { demoted: extent.demoted }),
  };
}

/** The repairs that a rule has for a place. Code that a macro of another package wrote is not there to be changed. */
function fixesAt(rule: Rule, filling: Parameters<Template>[0]): FixHint[] {
  const { site } = filling.match;
  if (site.via === "derived" || site.data?.["macroPackage"] !== undefined) return [];
  return rule.fixes.flatMap(({ apply, when, text }): FixHint[] => {
    if (when?.(site, filling.ground) === false) return [];
    const filled = text?.(filling);
    if (filled === "") return [];
    const hint = { apply, file: site.file, span: site.span, symbol: site.name };
    return [filled === undefined ? hint : { ...hint, text: filled }];
  });
}

/** What is known about a crate by name is more exact than the rule that tells it. */
function factSays(fact: CrateFact | undefined): Partial<Says> {
  if (fact === undefined) return {};
  const { harm, confidence, help } = fact;
  return {
    confidence,
    ...(harm === undefined ? {} : { harm }),
    ...(help === undefined ? {} : { help: () => help }),
  };
}

function taxaOf(options: {
  rule: Rule;
  match: Match;
  hosts: readonly Host[];
  ground: Ground;
}): readonly string[] {
  const { rule, match, hosts, ground } = options;
  const ids = rule.taxonRefs
    .filter((ref) => ref.when === undefined || ref.when(match.site, ground))
    .filter(
      (ref) =>
        ref.hosts === undefined || expandHosts(ref.hosts).some((host) => hosts.includes(host)),
    )
    .map((ref) => ref.id);
  return [...new Set([...ids, ...(match.fact?.taxa ?? [])])].toSorted();
}
