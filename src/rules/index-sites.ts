import type { Site } from "../model/site.ts";
import type { Ground } from "./ground.ts";
import type { Rule } from "./rule.ts";

/** Sites by kind and then by name, so that a rule looks at those that can fit and asks about a name once. */
export type SiteIndex = ReadonlyMap<string, ReadonlyMap<string, readonly Site[]>>;

/** Sorts sites by kind and name; the order among equals stays. */
export function indexSites(sites: Iterable<Site>): SiteIndex {
  const index = new Map<string, Map<string, Site[]>>();
  for (const site of sites) {
    const names = upsert(index, site.kind, () => new Map<string, Site[]>());
    upsert(names, site.name, () => []).push(site);
  }
  return index;
}

/** The sites that a rule's query fits. */
export function* sitesFor(options: {
  rule: Rule;
  index: SiteIndex;
  ground: Ground;
}): Generator<Site> {
  const { rule, index, ground } = options;
  for (const kind of rule.kinds) {
    const names = index.get(kind);
    if (names === undefined) continue;
    for (const name of rule.exactNames ?? names.keys()) {
      const sites = names.get(name);
      if (sites === undefined || !rule.query.name(name, ground)) continue;
      for (const site of sites) if (rule.query.site(site, ground)) yield site;
    }
  }
}

function upsert<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}
