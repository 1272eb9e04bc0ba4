import type { Active } from "../syntax/cfg-eval.ts";
import {
  AsleepItem,
  AsleepScope,
  asleepScope,
  crateOf,
  isValue,
  realScope,
  summaryOf,
  type ItemSummary,
} from "./asleep.ts";
import type { Crate, FileRef, ItemRef, MacroDef, Scope, Target } from "./graph.ts";
import { keptMacro, macroAgain, type KeptMacro } from "./macros/definition.ts";
import { moduleKey } from "./numbering.ts";
import { itemPathOf } from "./places.ts";
import type { Namespace } from "./targets.ts";
import { apart } from "./waiting.ts";

/** What a name leads to, as plain data: crates by their places in the graph. */
export type KeptTarget =
  | { readonly std: string; readonly active: Active }
  | { readonly crate: number; readonly module: string; readonly active: Active }
  | {
      readonly crate: number;
      readonly item: number;
      readonly summary: ItemSummary;
      readonly active: Active;
    };

/** Answers by their questions. */
export interface KeptAnswers {
  readonly names: Kept<KeptTarget>;
  readonly macros: Kept<KeptMacro>;
}

/** Null for what has to be asked again each time. */
type Kept<T> = ReadonlyMap<string, readonly T[] | null>;

const NOTHING: KeptAnswers = { names: new Map(), macros: new Map() };

/**
 * What names of one crate mean to the crates that stand on it: kept between runs, so that the crate need not be laid
 * out to answer what was asked before.
 */
export class Answers {
  private readonly kept: KeptAnswers;
  private readonly names: Asked<Target, KeptTarget>;
  private readonly macros: Asked<MacroDef, KeptMacro>;

  constructor({ all }: Crate, kept: KeptAnswers = NOTHING) {
    this.kept = kept;
    this.names = new Asked(kept.names, (one) => toTarget(one, all));
    this.macros = new Asked(kept.macros, (one) => macroAgain(one, all));
  }

  /** Whether something was asked that was not kept. */
  get isNews(): boolean {
    return this.names.isNews || this.macros.isNews;
  }

  /** A name in a module, as others may use it. @param work answers for the module itself */
  inModule(
    scope: Scope,
    name: string,
    ns: Namespace,
    work: (scope: Scope) => readonly Target[],
  ): readonly Target[] {
    const key = keyOf(scope);
    const all = (): readonly Target[] => work(realScope(scope));
    return key === undefined ? all() : this.names.of(`${ns} ${key} ${name}`, all);
  }

  /** A member of a type or trait. */
  ofItem(item: ItemRef, name: string, work: () => readonly Target[]): readonly Target[] {
    return this.names.of(`member ${numberIn(item)} ${name}`, work);
  }

  /** A path as the crate itself reads it in one of its modules. */
  inside(
    scope: AsleepScope,
    text: string,
    ns: Namespace,
    work: (scope: Scope) => readonly Target[],
  ): readonly Target[] {
    return this.names.of(`inside ${ns} ${scope.key} ${text}`, () => work(scope.real()));
  }

  /** Macros of that name in a module. */
  macrosIn(
    scope: Scope,
    name: string,
    work: (scope: Scope) => readonly MacroDef[],
  ): readonly MacroDef[] {
    const key = keyOf(scope);
    const all = (): readonly MacroDef[] => work(realScope(scope));
    return key === undefined ? all() : this.macros.of(`${key} ${name}`, all);
  }

  /** Macros of that name, whatever the module. */
  macrosOf(
    which: "all" | "exported",
    name: string,
    work: () => readonly MacroDef[],
  ): readonly MacroDef[] {
    return this.macros.of(`${which} ${name}`, work);
  }

  /** Plain data of all answers. @param files the graph's file table */
  keep(files: readonly (FileRef | undefined)[]): KeptAnswers {
    if (!this.isNews) return this.kept;
    return {
      names: this.names.keep(toKept),
      macros: this.macros.keep((def) => keptMacro(def, files)),
    };
  }
}

/** Answers of one kind, each worked out once. */
class Asked<Found, Plain> {
  isNews = false;
  private readonly kept: Kept<Plain>;
  private readonly again: (one: Plain) => Found;
  private readonly known = new Map<string, readonly Found[]>();

  constructor(kept: Kept<Plain>, again: (one: Plain) => Found) {
    this.kept = kept;
    this.again = again;
  }

  /** @param work what waits for the answer has no part in it */
  of(key: string, work: () => readonly Found[]): readonly Found[] {
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const kept = this.kept.get(key);
    const found = kept?.map(this.again) ?? apart(work);
    this.known.set(key, found);
    this.isNews ||= kept === undefined;
    return found;
  }

  keep(toPlain: (one: Found) => Plain | undefined): Kept<Plain> {
    const all = new Map(this.kept);
    for (const [key, found] of this.known) {
      if (all.has(key)) continue;
      const parts = found.flatMap((one) => toPlain(one) ?? []);
      all.set(key, parts.length === found.length ? parts : null);
    }
    return all;
  }
}

/** What is kept of the answers of one crate to another: only where the program's own ask what is under them. */
export function answersTo(asker: Crate, asked: Crate): Answers | undefined {
  return asker.answers === undefined ? asked.answers : undefined;
}

/** The number of an item in its crate. */
export function numberIn(item: ItemRef): number {
  return item instanceof AsleepItem ? item.number : item.unit.base + item.index;
}

function keyOf(scope: Scope): string | undefined {
  return scope instanceof AsleepScope ? scope.key : moduleKey(scope);
}

function toKept(target: Target): KeptTarget | undefined {
  const { active } = target;
  if (target.kind === "std") return { std: target.path, active };
  if (target.kind === "item") {
    const { item } = target;
    return { crate: crateOf(item).id, item: numberIn(item), summary: keptSummary(item), active };
  }
  const module = keyOf(target.scope);
  return module === undefined ? undefined : { crate: target.scope.crate.id, module, active };
}

/** Paths are told of constants that are made of others: only those are kept. */
function keptSummary(item: ItemRef): ItemSummary {
  const summary = summaryOf(item);
  return isValue(summary) ? { ...summary, path: itemPathOf(item) } : summary;
}

/** Throws when there is no such crate. */
function toTarget(kept: KeptTarget, crates: readonly Crate[]): Target {
  const { active } = kept;
  if ("std" in kept) return { kind: "std", path: kept.std, active };
  const crate = crates[kept.crate];
  if (crate === undefined) throw new RangeError(`there is no crate ${kept.crate}`);
  if ("item" in kept)
    return { kind: "item", item: new AsleepItem(crate, kept.item, kept.summary), active };
  return { kind: "scope", scope: asleepScope(crate, kept.module), active };
}
