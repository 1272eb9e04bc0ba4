import { CONTEXTS, type Context } from "../../model/site.ts";
import type { ItemFact } from "../../extract/facts.ts";
import { numberIn } from "../answers.ts";
import { crateOf, isValue, kindOf, summaryOf } from "../asleep.ts";
import type { Crate, Graph, ItemRef, Target } from "../graph.ts";
import type { Resolved } from "../mentions.ts";
import { itemPathOf } from "../places.ts";
import type { RawSite } from "./raw.ts";
import { siteOf } from "./site.ts";
import { tableAt } from "./tables.ts";

/** Names of the libc crate that items are made of, by the items' numbers, each with the package that mentions it. */
export type Origins = ReadonlyMap<number, ReadonlyMap<string, string>>;

const IN_VALUE = new Set<Context>(["const-item", "discriminant", "const-fn"]);

/** Longest chain of constants made of constants that is followed. */
const MAX_ROUNDS = 16;

/** A value that is made of more constants than this is a table: its entries are told where it stands. */
const MOST_ORIGINS = 4;

/**
 * Constants that are made of others: `const CLOCK: clockid_t = libc::CLOCK_MONOTONIC` makes CLOCK one too, through
 * further constants, variants and const functions, and across crates. Crates have to be asked dependencies first.
 */
export class Derived {
  /** Per crate, by an item's number in it. */
  private readonly origins = new WeakMap<Crate, Map<number, Map<string, string>>>();
  private mentions: Resolved[] = [];
  /** Names of all such constants. */
  readonly names = new Set<string>();

  /** What was found out about a crate. */
  originsOf(crate: Crate): Origins | undefined {
    return this.origins.get(crate);
  }

  /** Take over what an earlier run found out about a crate. */
  know(crate: Crate, origins: Origins): void {
    const own = [...origins].map(([item, names]) => [item, new Map(names)] as const);
    this.origins.set(crate, new Map(own));
  }

  /** Whether a target may be such a constant: of those, mentions are worth being kept. */
  isValue(target: Target): boolean {
    return target.kind === "item" && isValue(summaryOf(target.item));
  }

  /** Whether a target is known to be made of constants of the libc crate. */
  isMade(target: Target): boolean {
    return this.namesOf(target).length > 0;
  }

  /** Whether a target may turn out to be, while the given crate is read: crates before it are told about for good. */
  mayBeMade(target: Target, crate: Crate): boolean {
    return target.kind === "item" && (crateOf(target.item) === crate || this.isMade(target));
  }

  /** A mention of a constant of the libc crate: what it stands in is made of it. @returns whether it is a value */
  uses(found: Resolved, name: string): boolean {
    const owner = valueAround(found);
    if (owner !== undefined) this.add(owner, name, found.unit.crate.package);
    return owner !== undefined;
  }

  /** A mention of another constant, to be looked at when the whole crate was read. */
  keep(found: Resolved): void {
    this.mentions.push(found);
  }

  /** The mentions of one crate, kept so far, that mean a constant of the libc crate in the end. */
  finish(graph: Graph): RawSite[] {
    for (let round = 0, grew = true; grew && round < MAX_ROUNDS; round++) {
      grew = false;
      for (const found of this.mentions) {
        const names = this.namesOf(found.target);
        const owner = names.length === 0 ? undefined : valueAround(found);
        if (owner === undefined) continue;
        for (const [name, pkg] of names) grew = this.add(owner, name, pkg) || grew;
      }
    }
    const sites = this.mentions.flatMap((found) => this.toSite(graph, found));
    this.mentions = [];
    return sites;
  }

  private toSite(graph: Graph, found: Resolved): RawSite[] {
    const names = this.namesOf(found.target);
    if (names.length === 0 || found.isImport || found.target.kind !== "item") return [];
    const site = siteOf(graph, found, { kind: "libc-use", name: "" });
    const through = itemPathOf(found.target.item);
    const table = tableAt(found.unit, found.item, site.context);
    return names.map(([name, definedIn]) => ({
      ...site,
      name,
      symbolKind: "const",
      via: "derived",
      data: { ...site.data, through, definedIn },
      ...(table === undefined || table === "" ? {} : { table }),
    }));
  }

  private namesOf(target: Target): readonly (readonly [string, string])[] {
    if (target.kind !== "item") return [];
    const { item } = target;
    const names = this.origins.get(crateOf(item))?.get(numberIn(item));
    if (names === undefined || names.size > MOST_ORIGINS) return [];
    // a function of several constants may answer with any of them
    return kindOf(item) === "fn" && names.size > 1 ? [] : [...names];
  }

  /** @returns whether that is news */
  private add(item: ItemRef, name: string, pkg: string): boolean {
    const { crate, base } = item.unit;
    const known = this.origins.get(crate) ?? new Map<number, Map<string, string>>();
    this.origins.set(crate, known);
    const names = known.get(base + item.index) ?? new Map<string, string>();
    known.set(base + item.index, names);
    if (names.has(name) || names.size > MOST_ORIGINS) return false;
    names.set(name, pkg);
    this.names.add(factOf(item).name);
    return true;
  }
}

function factOf({ unit, index }: ItemRef): ItemFact {
  return unit.facts.items[index]!;
}

/** The constant, variant or const function whose value a mention goes into; expansions count as what they stand in. */
function valueAround({ unit, item, context, cls }: Resolved): ItemRef | undefined {
  if (cls === "type" || cls === "pattern" || !IN_VALUE.has(CONTEXTS[context]!)) return undefined;
  let at: ItemRef = { unit, index: item };
  while (at.index === 0 && at.unit.outer !== undefined) at = at.unit.outer;
  const fact = factOf(at);
  // nothing is made of what has no name
  if (fact.name === "_") return undefined;
  return isValue(summaryOf(at)) ? at : undefined;
}
