import type { RuleInfo } from "../../model/rule.ts";
import type { Finding } from "../findings.ts";

/** A finding, and the other dependencies of which the same is to be said. */
export interface Told {
  readonly finding: Finding;
  /** Names of crates, in the order of the report. */
  readonly alike: readonly string[];
}

/** Rules about std carry this tag: what they find is repaired in std, once, and not crate by crate. */
const STD = "std";

/** Tells what std does in a dependency once, at the first of them; everything else stays as it is. */
export function tellOnce(
  findings: readonly Finding[],
  rules: ReadonlyMap<string, RuleInfo>,
): Told[] {
  const first = new Map<string, string[]>();
  const told: Told[] = [];
  for (const finding of findings) {
    const { rule, level, package: owner } = finding;
    const shared = !owner.own && rules.get(rule)?.tags.includes(STD) === true;
    const key = `${rule}\n${level}`;
    const others = shared ? first.get(key) : undefined;
    if (others !== undefined) {
      others.push(owner.name);
      continue;
    }
    const alike: string[] = [];
    if (shared) first.set(key, alike);
    told.push({ finding, alike });
  }
  return told;
}
