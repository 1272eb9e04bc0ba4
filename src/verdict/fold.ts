import type { NotAnalysed } from "../model/place.ts";
import type { FoldingRule } from "../model/verdict.ts";
import { fits } from "./filter.ts";
import type { Placed } from "./filter.ts";

/** A verdict, and what decided it: results first, else the sentence of the rule. */
export interface Folded<V extends string> {
  readonly verdict: V;
  readonly why: string;
  readonly deciding: readonly Placed[];
}

/** Folds results by the first rule that fits. The last rule must fit always; that is the data's promise. */
export function fold<V extends string>(options: {
  rules: readonly FoldingRule<V>[];
  results: readonly Placed[];
  notAnalysed: readonly NotAnalysed[];
  untried: boolean;
  /** Whether something that was not analysed is in the user's own packages. */
  isOwnGap: (gap: NotAnalysed) => boolean;
}): Folded<V> {
  const { rules, results, untried } = options;
  for (const rule of rules) {
    const { verdict, why, results: filter, untried: wanted } = rule;
    if (wanted !== undefined && wanted !== untried) continue;
    if (rule.notAnalysed !== undefined && !hasGap(rule, options)) continue;
    const deciding = filter === undefined ? [] : results.filter((placed) => fits(placed, filter));
    if (filter !== undefined && deciding.length === 0) continue;
    return { verdict, why, deciding };
  }
  throw new Error("the folding rules have no last entry that always fits");
}

function hasGap(
  { notAnalysed: causes, ownSources }: FoldingRule<string>,
  options: { notAnalysed: readonly NotAnalysed[]; isOwnGap: (gap: NotAnalysed) => boolean },
): boolean {
  return options.notAnalysed.some(
    (gap) =>
      causes?.includes(gap.cause) === true &&
      (ownSources === undefined || ownSources === options.isOwnGap(gap)),
  );
}
