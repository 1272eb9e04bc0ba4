import { exactValues, type Matcher } from "./matcher.ts";
import type { Rule } from "./rule.ts";
import type { Condition } from "./schema.ts";

const KIND = "std-use";

/**
 * Beginnings of the names of std that some rule may fit: uses of all others need not be looked for. Sorted, each once.
 *
 * @returns undefined when a rule says nothing of the name, so that any may fit
 */
export function askedOfStd(rules: readonly Rule[]): readonly string[] | undefined {
  const starts = new Set<string>();
  for (const rule of rules) {
    if (!rule.kinds.includes(KIND)) continue;
    const own = startsOf(rule.spec.query);
    if (own === undefined) return undefined;
    for (const start of own) starts.add(start);
  }
  return [...starts].sort();
}

/** How the names begin that a condition fits. */
function startsOf({ name, any }: Condition): readonly string[] | undefined {
  const own = name === undefined ? undefined : startsIn(name);
  if (own !== undefined || any === undefined) return own;
  const starts: string[] = [];
  for (const part of any) {
    if (!mayBeStd(part)) continue;
    const some = startsOf(part);
    if (some === undefined) return undefined;
    starts.push(...some);
  }
  return starts;
}

function mayBeStd({ kind }: Condition): boolean {
  return kind === undefined || kind === KIND || kind.includes(KIND);
}

function startsIn(matcher: Matcher): readonly string[] | undefined {
  const exact = exactValues(matcher);
  if (exact !== undefined || typeof matcher !== "object" || !("prefix" in matcher)) return exact;
  const { prefix } = matcher;
  return typeof prefix === "string" ? [prefix] : prefix;
}
