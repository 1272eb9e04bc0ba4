import { ALWAYS, and, type CfgExpr } from "../syntax/cfg.ts";
import type { SyntaxProblem } from "../syntax/tokens.ts";
import type { AbruptPattern, BodyCall, FileFacts, ItemFact, LiteralFact } from "./facts.ts";

const NOTHING = new Int32Array(0);
/** Room for mentions that no builder uses now: to make it anew for each of many fragments takes longer than to fill it. */
let spare = NOTHING;
const MOST_SPARE = 1 << 18;
/** So many paths are looked through one by one: most builders never have more. */
const FEW = 12;
const ALWAYS_KEY = JSON.stringify(ALWAYS);

const NO_CFGS: readonly CfgExpr[] = [ALWAYS];
const NONE: readonly never[] = [];

/** Expansions are many and most of their tables empty: those are one. */
function orNone<T>(table: readonly T[]): readonly T[] {
  return table.length === 0 ? NONE : table;
}

/** Collects the facts of one file while it is read; all tables are interned. */
export class FactsBuilder {
  readonly items: ItemFact[] = [];
  readonly calls: BodyCall[] = [];
  readonly literals: LiteralFact[] = [];
  readonly includes: { argument: string; item: number; cfg: number; at: number }[] = [];
  readonly problems: SyntaxProblem[] = [];
  readonly abruptPatterns: AbruptPattern[] = [];
  private readonly paths: string[] = [];
  /** Only when there are many. */
  private pathIds: Map<string, number> | undefined;
  private readonly cfgs: CfgExpr[] = [ALWAYS];
  /** Answers of `cfg` by identity: a predicate is asked about once for every mention under it. */
  private cfgSeen: Map<CfgExpr, number> | undefined;
  private cfgIds: Map<string, number> | undefined;
  /** Most builders read one fragment of a macro: they start with room for little. */
  private mentions = NOTHING;
  private used = 0;
  /** Last item that mentioned a method: a name counts once per item. */
  private readonly methodIn: number[] = [];

  path(text: string): number {
    const { paths } = this;
    if (this.pathIds === undefined) {
      const known = paths.indexOf(text);
      if (known >= 0) return known;
      if (paths.length >= FEW) this.pathIds = new Map(paths.map((path, id) => [path, id]));
    }
    const known = this.pathIds?.get(text);
    if (known !== undefined) return known;
    this.pathIds?.set(text, paths.length);
    return paths.push(text) - 1;
  }

  cfg(expr: CfgExpr | undefined): number {
    if (expr === undefined) return 0;
    const seen = this.cfgSeen?.get(expr);
    if (seen !== undefined) return seen;
    this.cfgSeen ??= new Map();
    this.cfgIds ??= new Map([[ALWAYS_KEY, 0]]);
    const key = JSON.stringify(expr);
    const index = this.cfgIds.get(key) ?? this.cfgs.push(expr) - 1;
    this.cfgIds.set(key, index);
    this.cfgSeen.set(expr, index);
    return index;
  }

  /** Index of "both hold". */
  cfgAnd(outer: number, inner: CfgExpr | undefined): number {
    if (inner === undefined) return outer;
    return outer === 0 ? this.cfg(inner) : this.cfg(and(this.cfgs[outer], inner));
  }

  add(item: ItemFact): number {
    return this.items.push(item) - 1;
  }

  /** Where the next mention will be. */
  get next(): number {
    return this.used;
  }

  mention(path: string, at: number, bits: number, cfg: number, item: number, file: number): void {
    if (this.used + 6 > this.mentions.length) this.grow();
    const to = this.mentions;
    to[this.used++] = this.path(path);
    to[this.used++] = at;
    to[this.used++] = bits;
    to[this.used++] = cfg;
    to[this.used++] = item;
    to[this.used++] = file;
  }

  method(path: string, at: number, bits: number, cfg: number, item: number, file: number): void {
    const id = this.path(path);
    if (this.methodIn[id] === item) return;
    this.methodIn[id] = item;
    this.mention(path, at, bits, cfg, item, file);
  }

  finish(lineStarts: Int32Array): FileFacts {
    const mentions = this.used === 0 ? NOTHING : this.mentions.slice(0, this.used);
    this.giveBack();
    return {
      lineStarts,
      paths: orNone(this.paths),
      cfgs: this.cfgs.length === 1 ? NO_CFGS : this.cfgs,
      items: this.items,
      mentions,
      calls: orNone(this.calls),
      literals: orNone(this.literals),
      includes: orNone(this.includes),
      problems: orNone(this.problems),
      abruptPatterns: orNone(this.abruptPatterns),
    };
  }

  private grow(): void {
    if (this.used === 0 && spare.length > 0) {
      this.mentions = spare;
      spare = NOTHING;
      return;
    }
    const larger = new Int32Array(Math.max(48, this.mentions.length * 2));
    larger.set(this.mentions);
    this.mentions = larger;
  }

  private giveBack(): void {
    if (this.mentions.length > spare.length && this.mentions.length <= MOST_SPARE)
      spare = this.mentions;
    this.mentions = NOTHING;
  }
}
