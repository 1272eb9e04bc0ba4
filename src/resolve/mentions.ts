import {
  MENTION_CLASSES,
  MENTION_STRIDE,
  type MentionClass,
  type UseLeaf,
} from "../extract/facts.ts";
import { bothActive, evalActive, type Active } from "../syntax/cfg-eval.ts";
import type { Crate, Scope, Target, Unit } from "./graph.ts";
import { selfPath } from "./members.ts";
import { resolveText } from "./names.ts";
import { scopeAround } from "./scopes.ts";
import type { Namespace } from "./targets.ts";

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

/** The mentions of one crate; what their paths lead to is worked out once, however often they are gone through. */
export class Mentions {
  private readonly crate: Crate;
  private readonly hits: Hits;

  /** @param wanted what a mention has to lead to */
  constructor(crate: Crate, wanted: (target: Target) => boolean) {
    this.crate = crate;
    this.hits = new Hits(wanted);
  }

  /** Call `visit` for every mention that leads to something wanted, of which `asks` says that it is of use now. */
  forEach(asks: (target: Target) => boolean, visit: (found: Resolved) => void): void {
    for (const unit of this.crate.units) new UnitResolver(unit, this.hits, asks, visit).run();
  }
}

/** A wanted target of a path, or of its beginning. */
interface Hit {
  readonly target: Target;
  readonly name: string;
  readonly segments: number;
  /** How far in front of the path's last segment the name stands. */
  readonly back: number;
}

const NO_HITS: readonly Hit[] = [];
const SLOT: Readonly<Record<Namespace, number>> = { type: 0, value: 1, any: 2 };

/** What paths lead to, asked once per scope: nearly all lead to nothing that is wanted. */
class Hits {
  private readonly wanted: (target: Target) => boolean;
  private readonly known = new Map<Scope, Map<string, readonly Hit[]>[]>();

  constructor(wanted: (target: Target) => boolean) {
    this.wanted = wanted;
  }

  of(scope: Scope, text: string, ns: Namespace): readonly Hit[] {
    let memos = this.known.get(scope);
    if (memos === undefined) {
      memos = [new Map(), new Map(), new Map()];
      this.known.set(scope, memos);
    }
    const memo = memos[SLOT[ns]]!;
    const known = memo.get(text);
    if (known !== undefined) return known;
    const found = this.find(scope, text, ns);
    memo.set(text, found);
    return found;
  }

  /** Where the whole path leads nowhere, its beginning may (`libc::timespec::default`); not so in imports. */
  private find(scope: Scope, text: string, ns: Namespace): readonly Hit[] {
    let used = text;
    let back = 0;
    let wantedNs = ns;
    for (;;) {
      const targets = resolveText(scope, used, wantedNs).filter(this.wanted);
      const cut = used.lastIndexOf("::");
      if (targets.length > 0) {
        const segments = used.split("::").length;
        const name = used.slice(cut < 0 ? 0 : cut + 2);
        return targets.map((target) => ({ target, name, segments, back }));
      }
      if (cut < 0 || ns === "any") return NO_HITS;
      used = used.slice(0, cut);
      back += used.length - (used.lastIndexOf("::") < 0 ? 0 : used.lastIndexOf("::") + 2) + 2;
      wantedNs = "type";
    }
  }
}

class UnitResolver {
  private readonly unit: Unit;
  private readonly hits: Hits;
  private readonly asks: (target: Target) => boolean;
  private readonly visit: (found: Resolved) => void;
  private readonly cfgActive: (Active | undefined)[] = [];

  constructor(
    unit: Unit,
    hits: Hits,
    asks: (target: Target) => boolean,
    visit: (found: Resolved) => void,
  ) {
    this.unit = unit;
    this.hits = hits;
    this.asks = asks;
    this.visit = visit;
  }

  private readonly isAsked = ({ target }: Hit): boolean => this.asks(target);

  run(): void {
    const { mentions } = this.unit.facts;
    for (let at = 0; at < mentions.length; at += MENTION_STRIDE) this.mention(mentions, at);
    this.unit.facts.items.forEach((item, index) => {
      if (item.kind !== "use" || this.unit.active[index] === 0) return;
      for (const leaf of item.uses ?? []) this.leaf(leaf, index);
    });
  }

  private mention(mentions: Int32Array, at: number): void {
    const item = mentions[at + 4]!;
    const around = this.unit.active[item]!;
    if (around === 0) return;
    const cls = MENTION_CLASSES[mentions[at + 2]! >> 8]!;
    const ns = NAMESPACE[cls];
    if (ns === undefined) return;
    const active = this.activeOf(mentions[at + 3]!, around);
    if (active === 0) return;
    const path = this.pathOf(mentions[at]!, item);
    const scope = this.scopeOf(item, at);
    if (path === undefined || scope === undefined) return;
    const hits = this.hits.of(scope, path, ns);
    // most hits are values of the crate itself: nothing is made of a mention before somebody asks for it
    if (hits.length === 0 || !hits.some(this.isAsked)) return;
    this.report(hits, {
      item,
      offset: mentions[at + 1]!,
      file: mentions[at + 5]! || this.unit.file,
      context: mentions[at + 2]! & 0xff,
      cls,
      active,
      isImport: false,
    });
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
    if (text !== "Self" && !text.startsWith("Self::")) return text;
    return selfPath(this.unit, item, text.split("::"))?.join("::");
  }
}

function isRelative(head: string): boolean {
  return (
    head === "self" ||
    head === "super" ||
    head === "crate" ||
    head === "" ||
    head.startsWith("$crate#")
  );
}
