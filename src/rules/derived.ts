import type { Judged } from "./judge.ts";

/**
 * Takes out what rules say of constants made of others where they say the same of the one that they are made of: the
 * place to change is there, and its result tells how many places use it.
 */
export function foldDerived(judged: readonly Judged[]): Judged[] {
  const uses = new Map<string, number>();
  for (const { site, result } of judged) {
    if (site.via !== "derived" || result.reachable === "no") continue;
    const key = keyOf(result.rule, site.data?.["definedIn"], site.name);
    uses.set(key, (uses.get(key) ?? 0) + 1);
  }
  const defined = new Set<string>();
  for (const { site, result } of judged)
    if (site.via !== "derived") defined.add(keyOf(result.rule, site.package, site.name));
  return judged.flatMap((each) => {
    const { site, result } = each;
    if (site.via === "derived")
      return defined.has(keyOf(result.rule, site.data?.["definedIn"], site.name)) ? [] : [each];
    const count =
      DEFINITIONS.has(site.context) && uses.get(keyOf(result.rule, site.package, site.name));
    return count ? [{ site, result: { ...result, uses: count } }] : [each];
  });
}

/** Where a constant is made of another. */
const DEFINITIONS: ReadonlySet<string> = new Set(["const-item", "discriminant", "const-fn"]);

function keyOf(rule: string, pkg: unknown, name: string): string {
  return `${rule}|${String(pkg)}|${name}`;
}
