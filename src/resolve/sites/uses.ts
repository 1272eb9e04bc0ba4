import type { ItemFact } from "../../extract/facts.ts";
import type { SymbolKind } from "../../model/site.ts";
import { crateOf, summaryOf } from "../asleep.ts";
import type { Crate, Graph, Target } from "../graph.ts";
import type { Leads } from "../leads.ts";
import { Mentions, type Resolved } from "../mentions.ts";
import type { AskedStd } from "./asked-std.ts";
import type { Derived } from "./derived.ts";
import { opensExisting } from "./open-options.ts";
import type { RawSite } from "./raw.ts";
import { siteOf } from "./site.ts";
import { isSubject } from "./subject.ts";
import { tableAt } from "./tables.ts";
import type { Words } from "./words.ts";

interface UseOptions {
  readonly graph: Graph;
  readonly crate: Crate;
  readonly derived: Derived;
  /** What is known from the last time that the crate was asked. */
  readonly leads?: Leads | undefined;
  readonly std: AskedStd;
  /** Undefined: every mention is followed. */
  readonly words?: Words | undefined;
}

/**
 * Uses of the libc crate, and of the parts of std that ask the operating system.
 */
export function useSites(options: UseOptions): RawSite[] {
  const { graph, crate, derived, leads, words, std } = options;
  const isWanted = wantedIn(std);
  const sites: RawSite[] = [];
  const wanted = (target: Target): boolean => isWanted(target) || derived.isValue(target);
  const mentions = new Mentions(crate, wanted, { leads, mayLead: words?.of(crate) });
  let isDerived = false;
  for (const unit of crate.units) {
    let mayBe = false;
    const isMade = (target: Target): false => {
      mayBe = true;
      isDerived ||= derived.isMade(target);
      return false;
    };
    const known = leads?.foundIn(unit);
    if (known !== undefined) {
      for (const site of known.sites) sites.push(site);
      if (known.mayBe)
        mentions.forEachIn(unit, (target) => !isWanted(target) && isMade(target), ignore);
      continue;
    }
    const found: RawSite[] = [];
    let makes = false;
    const asks = (target: Target): boolean => isWanted(target) || isMade(target);
    mentions.forEachIn(unit, asks, (mention) => {
      const site = toSite(graph, mention);
      if (site === undefined) return;
      found.push(site);
      if (site.symbolKind === "const") makes = derived.uses(mention, site.name) || makes;
    });
    for (const site of found) sites.push(site);
    // what constants are made of has to be said each time
    if (makes) isDerived = true;
    else leads?.noteFound(unit, { sites: found, mayBe });
  }
  // most crates have no constant that is made of others: only the rest is gone through again
  return isDerived ? [...sites, ...derivedSites(options, wanted)] : sites;
}

/** A crate is gone through so often with the words known so far; then each mention is followed. */
const MOST_ROUNDS = 3;

/** Uses of what is made of constants of the libc crate. */
function derivedSites(
  { graph, crate, derived, leads, words, std }: UseOptions,
  wanted: (target: Target) => boolean,
): RawSite[] {
  const isWanted = wantedIn(std);
  const mayBe = (target: Target): boolean => !isWanted(target) && derived.mayBeMade(target, crate);
  for (let round = 1; ; round++) {
    const made = derived.names.size;
    const mayLead = round <= MOST_ROUNDS ? words?.of(crate) : undefined;
    const mentions = new Mentions(crate, wanted, { leads, mayLead });
    mentions.forEach(mayBe, (found) => derived.keep(found));
    const sites = derived.finish(graph);
    // what was made of these may be mentioned under names that were not looked for
    if (mayLead === undefined || derived.names.size === made) return sites;
  }
}

function ignore(): void {}

function wantedIn(std: AskedStd): (target: Target) => boolean {
  return (target) => {
    if (target.kind === "item") return isSubject(crateOf(target.item));
    return target.kind === "std" && std.has(target.path);
  };
}

function toSite(graph: Graph, found: Resolved): RawSite | undefined {
  const { target } = found;
  if (target.kind === "std")
    return stdSite(siteOf(graph, found, { kind: "std-use", name: target.path }), found);
  if (target.kind !== "item") return undefined;
  const { kind, name } = summaryOf(target.item);
  const symbolKind = SYMBOL_KIND[kind];
  if (symbolKind === undefined) return undefined;
  const via = found.isImport
    ? "use"
    : found.unit.expanded
      ? "macro"
      : found.segments > 1
        ? "path"
        : "use";
  const site = siteOf(graph, found, { kind: "libc-use", name });
  const table = symbolKind === "const" ? tableAt(found.unit, found.item, site.context) : undefined;
  return { ...site, symbolKind, via, ...(table === undefined || table === "" ? {} : { table }) };
}

function stdSite(site: RawSite, { cls, unit, item }: Resolved): RawSite {
  if (cls === "made") return { ...site, data: { ...site.data, made: true } };
  const existing = opensExisting(unit, item, site.name);
  return existing ? { ...site, data: { ...site.data, existing } } : site;
}

const SYMBOL_KIND: Readonly<Partial<Record<ItemFact["kind"], SymbolKind>>> = {
  const: "const",
  fn: "fn",
  static: "static",
  struct: "struct",
  union: "struct",
  enum: "struct",
  type: "type",
};
