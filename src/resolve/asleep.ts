import type { ItemKind } from "../extract/facts.ts";
import type { Crate, Entry, Glob, ItemRef, MacroDef, Scope, Unit } from "./graph.ts";
import { itemAt, moduleAt } from "./numbering.ts";

/** What names need to know of an item. */
export interface ItemSummary {
  readonly kind: ItemKind;
  readonly name: string;
  readonly isConst: boolean;
  /** Kind of the item in the same file around it; "" for those of a module. */
  readonly holder: ItemKind | "";
  /** Its path in its crate, where that is known already. */
  readonly path?: string;
}

/** An item whose crate is not laid out before somebody asks more of it than `ItemSummary` says. */
export class AsleepItem implements ItemRef {
  readonly crate: Crate;
  /** See `itemAt`. */
  readonly number: number;
  readonly summary: ItemSummary;
  private known: ItemRef | undefined;

  constructor(crate: Crate, number: number, summary: ItemSummary) {
    this.crate = crate;
    this.number = number;
    this.summary = summary;
  }

  get unit(): Unit {
    return this.real().unit;
  }
  get index(): number {
    return this.real().index;
  }

  /** Lays the crate out. Throws when there is no such item. */
  private real(): ItemRef {
    return (this.known ??= itemAt(this.crate, this.number));
  }
}

/** A module whose crate is not laid out before somebody looks into it. */
export class AsleepScope implements Scope {
  readonly crate: Crate;
  /** See `moduleKey`. */
  readonly key: string;
  readonly isBody = false;
  readonly memo = [];
  private known: Scope | undefined;

  constructor(crate: Crate, key: string) {
    this.crate = crate;
    this.key = key;
  }

  get path(): string {
    return this.real().path;
  }
  get parent(): Scope | undefined {
    return this.real().parent;
  }
  get place(): Scope["place"] {
    return this.real().place;
  }
  get entries(): ReadonlyMap<string, Entry[]> {
    return this.real().entries;
  }
  get globs(): readonly Glob[] {
    return this.real().globs;
  }
  get macros(): ReadonlyMap<string, MacroDef[]> {
    return this.real().macros;
  }

  /** The module itself; lays the crate out. Throws when there is no such module. */
  real(): Scope {
    return (this.known ??= moduleAt(this.crate, this.key));
  }
}

/** The scope itself, its crate laid out. */
export function realScope(scope: Scope): Scope {
  return scope instanceof AsleepScope ? scope.real() : scope;
}

/** What is the same for one scope however it was found, without its crate being laid out for that. */
export function sameScope(scope: Scope): Scope {
  return scope instanceof AsleepScope && !scope.crate.isAsleep ? scope.real() : scope;
}

/** The same for an item: who holds it, and its number there. */
export function sameItem(item: ItemRef): [holder: unknown, number: number] {
  return item instanceof AsleepItem && item.crate.isAsleep
    ? [item.crate, item.number]
    : [item.unit, item.index];
}

export function crateOf(item: ItemRef): Crate {
  return item instanceof AsleepItem ? item.crate : item.unit.crate;
}

export function kindOf(item: ItemRef): ItemKind {
  if (item instanceof AsleepItem) return item.summary.kind;
  return item.unit.facts.items[item.index]!.kind;
}

export function summaryOf(item: ItemRef): ItemSummary {
  if (item instanceof AsleepItem) return item.summary;
  const { items } = item.unit.facts;
  const { kind, name, isConst, parent } = items[item.index]!;
  const holder = parent > 0 ? items[parent]!.kind : "";
  return { kind, name, isConst: isConst === true, holder };
}

/** Kinds of items whose value others take over: the initialiser of one is what its name means. */
const VALUES = new Set<ItemKind>(["const", "variant"]);

/** Whether something may be made of an item's value. */
export function isValue({ kind, isConst }: Pick<ItemSummary, "kind" | "isConst">): boolean {
  return VALUES.has(kind) || (kind === "fn" && isConst);
}

const scopes = new WeakMap<Crate, Map<string, AsleepScope>>();

/** One for each module, so that it is the same for all who ask. */
export function asleepScope(crate: Crate, key: string): AsleepScope {
  const known = scopes.get(crate) ?? new Map<string, AsleepScope>();
  scopes.set(crate, known);
  const scope = known.get(key) ?? new AsleepScope(crate, key);
  known.set(key, scope);
  return scope;
}
