import {
  MENTION_CLASSES,
  MENTION_STRIDE,
  type MentionClass,
  type UseLeaf,
} from "../extract/facts.ts";
import { bothActive, evalActive, type Active } from "../syntax/cfg-eval.ts";
import type { Crate, Scope, Target, Unit } from "./graph.ts";
import { Hits, type Hit } from "./hits.ts";
import type { Leads } from "./leads.ts";
import { selfPath } from "./members.ts";
import { scopeAround } from "./scopes.ts";
import { isRelative, type Namespace } from "./targets.ts";
import type { MayLead } from "./sites/words.ts";

/** A mention that leads somewhere. */
export interface Resolved {
  readonly unit: Unit;
  /** The item that mentions it. */
  readonly item: number;
  readonly target: Target;
  /** Name as written, last segment. */
  readonly name: string;
  readonly offset: number;
  /** Index into the graph's file table. */
  readonly file: number;
  /** Code of `CONTEXTS`. */
  readonly context: number;
  readonly cls: MentionClass;
  readonly active: Active;
  /** Segments of the path as written; 1 for a name that an import or a glob brought. */
  readonly segments: number;
  readonly isImport: boolean;
}

const NAMESPACE: Readonly<Record<MentionClass, Namespace | undefined>> = {
  value: "value",
  made: "value",
  call: "value",
  pattern: "value",
  type: "type",
  literal: "type",
  assoc: undefined,
  method: undefined,
  macro: undefined,
  attribute: undefined,
  object: undefined,
};

interface Known {
  readonly leads?: Leads | undefined;
  readonly mayLead?: MayLead | undefined;
}

/** The mentions of one crate; what their paths lead to is worked out once, however often they are gone through. */
export class Mentions {
  private readonly crate: Crate;
  private readonly hits: Hits;
  private readonly leads: Leads | undefined;
  private readonly mayLead: MayLead | undefined;

  /**
   * @param wanted what a mention has to lead to
   * @param known what is known of that from before, and of which paths
   */
  constructor(crate: Crate, wanted: (target: Target) => boolean, known: Known = {}) {
    this.crate = crate;
    this.hits = new Hits(wanted);
    this.leads = known.leads;
    this.mayLead = known.mayLead;
  }

  /** Call `visit` for every mention that leads to something wanted, of which `asks` says that it is of use now. */
  forEach(asks: (target: Target) => boolean, visit: (found: Resolved) => void): void {
    for (const unit of this.crate.units) this.forEachIn(unit, asks, visit);
  }

  /** The same in one file or expansion. */
  forEachIn(unit: Unit, asks: (target: Target) => boolean, visit: (found: Resolved) => void): void {
    new UnitResolver({ unit, hits: this.hits, mayLead: this.mayLead }, asks, visit).run(this.leads);
  }
}

class UnitResolver {
  private readonly unit: Unit;
  private readonly hits: Hits;
  private readonly mayLead: Known["mayLead"];
  private readonly asks: (target: Target) => boolean;
  private readonly visit: (found: Resolved) => void;
  private readonly cfgActive: (Active | undefined)[] = [];
  private nothing: Map<Scope, Uint8Array> | undefined;
  private lastScope: Scope | undefined;
  private lastNothing: Uint8Array | undefined;

  constructor(
    { unit, hits, mayLead }: Pick<Known, "mayLead"> & { unit: Unit; hits: Hits },
    asks: (target: Target) => boolean,
    visit: (found: Resolved) => void,
  ) {
    this.unit = unit;
    this.hits = hits;
    this.mayLead = mayLead;
    this.asks = asks;
    this.visit = visit;
  }

  private readonly isAsked = ({ target }: Hit): boolean => this.asks(target);

  run(leads: Leads | undefined): void {
    const { mentions } = this.unit.facts;
    const known = leads?.mentionsOf(this.unit);
    if (known === undefined) {
      const leading: number[] = [];
      for (let at = 0; at < mentions.length; at += MENTION_STRIDE)
        if (this.mention(mentions, at)) leading.push(at);
      leads?.noteMentions(this.unit, leading);
    } else for (const at of known) this.mention(mentions, at);
    const { items } = this.unit.facts;
    if (items.length === 1) return; // an expansion that imports nothing
    items.forEach((item, index) => {
      if (item.kind !== "use" || this.unit.active[index] === 0) return;
      for (const leaf of item.uses ?? []) this.leaf(leaf, index);
    });
  }

  /** @returns whether it leads somewhere, asked for or not */
  private mention(mentions: Int32Array, at: number): boolean {
    const item = mentions[at + 4]!;
    const around = this.unit.active[item]!;
    if (around === 0) return false;
    const cls = MENTION_CLASSES[mentions[at + 2]! >> 8]!;
    const ns = NAMESPACE[cls];
    if (ns === undefined) return false;
    const id = mentions[at]!;
    const path = this.pathOf(id, item);
    if (path === undefined || this.mayLead?.(path, ns === "type") === false) return false;
    const scope = this.scopeOf(item, at);
    if (scope === undefined) return false;
    const nothing = this.nothingIn(scope);
    const slot = id * 2 + (ns === "type" ? 0 : 1);
    if (nothing?.[slot] === 1) return false;
    const active = this.activeOf(mentions[at + 3]!, around);
    if (active === 0) return false;
    const hits = this.hits.of(scope, path, ns);
    // what `Self` means hangs on the item
    if (hits.length === 0 && nothing !== undefined && path === this.unit.facts.paths[id])
      nothing[slot] = 1;
    // most hits are values of the crate itself: nothing is made of a mention before somebody asks for it
    if (hits.length === 0) return false;
    if (!hits.some(this.isAsked)) return true;
    this.report(hits, {
      item,
      offset: mentions[at + 1]!,
      file: mentions[at + 5]! || this.unit.file,
      context: mentions[at + 2]! & 0xff,
      cls,
      active,
      isImport: false,
    });
    return true;
  }

  /** By path and namespace: 1 where it leads nowhere from a scope. Undefined in expansions: they mention too little. */
  private nothingIn(scope: Scope): Uint8Array | undefined {
    if (this.unit.expanded) return undefined;
    if (scope === this.lastScope) return this.lastNothing;
    this.lastScope = scope;
    this.nothing ??= new Map();
    this.lastNothing = this.nothing.get(scope);
    if (this.lastNothing === undefined)
      this.nothing.set(
        scope,
        (this.lastNothing = new Uint8Array(this.unit.facts.paths.length * 2)),
      );
    return this.lastNothing;
  }

  /** A signature knows nothing of what its body declares. */
  private scopeOf(item: number, mention: number): Scope | undefined {
    const { facts, scopes } = this.unit;
    const isBody = mention >= (facts.items[item]!.body ?? 0);
    return isBody ? scopes[item] : scopeAround(this.unit, item);
  }

  private leaf(leaf: UseLeaf, item: number): void {
    if (leaf.name === "*") return;
    const scope = this.unit.scopes[item]!;
    const base =
      scope.crate.edition === "2015" && !isRelative(leaf.path[0]!) ? scope.crate.root : scope;
    const place = {
      item,
      offset: leaf.at,
      file: leaf.file ?? this.unit.file,
      context: 0,
      cls: "value" as const,
      active: this.unit.active[item]!,
      isImport: true,
    };
    const text = leaf.path.join("::");
    if (this.mayLead?.(text, false) === false) return;
    let hits = this.hits.of(base, text, "any");
    if (hits.length === 0 && base !== scope) hits = this.hits.of(scope, text, "any");
    if (hits.length > 0) this.report(hits, place);
  }

  private report(
    hits: readonly Hit[],
    place: Omit<Resolved, "unit" | "target" | "name" | "segments">,
  ): void {
    for (const { target, name, segments, back } of hits) {
      if (!this.asks(target)) continue;
      const active = bothActive(place.active, target.active);
      if (active === 0) continue;
      const offset = place.offset - back;
      this.visit({ ...place, unit: this.unit, target, name, offset, active, segments });
    }
  }

  private activeOf(cfg: number, around: Active): Active {
    if (cfg === 0) return around;
    const own = (this.cfgActive[cfg] ??= evalActive(
      this.unit.facts.cfgs[cfg]!,
      this.unit.crate.worlds,
    ));
    return bothActive(around, own);
  }

  /** An interned path, `Self` replaced by the type's name; undefined for what is no path of names. */
  private pathOf(id: number, item: number): string | undefined {
    const text = this.unit.facts.paths[id]!;
    if (text.startsWith("?")) return undefined;
    // the type is named in the head of its impl
    if (text === "Self") return undefined;
    if (!text.startsWith("Self::")) return text;
    return selfPath(this.unit, item, text.split("::"))?.join("::");
  }
}
