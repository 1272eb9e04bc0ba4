import {
  MENTION_CLASSES,
  MENTION_STRIDE,
  type MentionClass,
  type UseLeaf,
} from "../extract/facts.ts";
import { bothActive, evalActive, type Active } from "../syntax/cfg-eval.ts";
import type { Crate, Scope, Target, Unit } from "./graph.ts";
import { selfPath } from "./members.ts";
import { resolvePath, type Namespace } from "./names.ts";

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
  call: "value",
  pattern: "value",
  type: "type",
  literal: "type",
  assoc: undefined,
  method: undefined,
  macro: undefined,
};

/** Call `visit` for every mention of the crate that name resolution can place and `wanted` asks for. */
export function resolveMentions(
  crate: Crate,
  wanted: (target: Target) => boolean,
  visit: (found: Resolved) => void,
): void {
  for (const unit of crate.units) {
    new UnitResolver(unit, wanted, visit).run();
  }
}

class UnitResolver {
  private readonly unit: Unit;
  private readonly wanted: (target: Target) => boolean;
  private readonly visit: (found: Resolved) => void;
  private readonly split: (readonly string[] | undefined)[] = [];
  private readonly cfgActive: (Active | undefined)[] = [];

  constructor(unit: Unit, wanted: (target: Target) => boolean, visit: (found: Resolved) => void) {
    this.unit = unit;
    this.wanted = wanted;
    this.visit = visit;
  }

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
    const scope = this.unit.scopes[item];
    if (path === undefined || scope === undefined) return;
    this.report(path, ns, scope, {
      item,
      offset: mentions[at + 1]!,
      file: mentions[at + 5]! || this.unit.file,
      context: mentions[at + 2]! & 0xff,
      cls,
      active,
      isImport: false,
    });
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
    const found = this.report(leaf.path, "any", base, place);
    if (!found && base !== scope) this.report(leaf.path, "any", scope, place);
  }

  /** Resolve, and where the whole path leads nowhere its beginning (`libc::timespec::default`). */
  private report(
    path: readonly string[],
    ns: Namespace,
    scope: Scope,
    place: Omit<Resolved, "unit" | "target" | "name" | "segments">,
  ): boolean {
    let offset = place.offset;
    let used = path;
    let wantedNs = ns;
    for (;;) {
      const targets = resolvePath(scope, used, wantedNs).filter(this.wanted);
      for (const target of targets) {
        const active = bothActive(place.active, target.active);
        const name = used.at(-1)!;
        if (active !== 0)
          this.visit({
            ...place,
            unit: this.unit,
            target,
            name,
            offset,
            active,
            segments: used.length,
          });
      }
      if (targets.length > 0) return true;
      if (used.length < 2 || place.isImport) return false;
      used = used.slice(0, -1);
      offset -= used.at(-1)!.length + 2;
      wantedNs = "type";
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

  /** Segments of an interned path, `Self` replaced by the type's name; undefined for what is no path of names. */
  private pathOf(id: number, item: number): readonly string[] | undefined {
    const known = this.split[id];
    if (known !== undefined) return known[0] === "Self" ? selfPath(this.unit, item, known) : known;
    const path = this.unit.facts.paths[id]!.split("::");
    this.split[id] = path;
    if (path[0] === "?") return undefined;
    return path[0] === "Self" ? selfPath(this.unit, item, path) : path;
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
