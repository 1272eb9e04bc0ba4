import type { Site } from "../model/site.ts";
import type { Ground } from "./ground.ts";
import { judge, type Judged } from "./judge.ts";
import type { Match } from "./match.ts";
import type { Rule } from "./rule.ts";

/** Identities come and go while somebody types: more fingerprints than this are not kept. */
const MOST_PRINTS = 20_000;

/** What rules said of sites, kept by who applies the same rules, on the same ground, to mostly the same sites again and again. */
export class Before {
  private readonly judged = new WeakMap<Site, Map<Rule, Judged | undefined>>();
  private readonly printed = new Map<string, string>();

  /** Judges a match where that was not done before. */
  judge(options: { rule: Rule; match: Match; ground: Ground }): Judged | undefined {
    const { rule, match } = options;
    // of one site several facts about its crate may be told
    if (match.fact !== undefined) return judge(options);
    const known = this.judged.get(match.site) ?? new Map<Rule, Judged | undefined>();
    this.judged.set(match.site, known);
    if (known.has(rule)) return known.get(rule);
    const judged = judge(options);
    known.set(rule, judged);
    return judged;
  }

  /** Fingerprints that were given out, by what they are made of. */
  prints(): Map<string, string> {
    if (this.printed.size > MOST_PRINTS) this.printed.clear();
    return this.printed;
  }
}
