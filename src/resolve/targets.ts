import type { ItemKind } from "../extract/facts.ts";
import { ACTIVE_ALL, YES } from "../syntax/cfg-eval.ts";
import type { Crate, Entry, ItemRef, Scope, Target } from "./graph.ts";

/** Rust's namespaces, as far as paths need them. */
export type Namespace = "type" | "value" | "any";

const TYPE_KINDS = new Set<ItemKind>(["struct", "union", "enum", "trait", "type", "variant"]);
const VALUE_KINDS = new Set<ItemKind>(["fn", "const", "static", "struct", "variant"]);

/** The module that a body stands in. */
export function moduleOf(scope: Scope): Scope {
  let at = scope;
  while (at.isBody && at.parent !== undefined) at = at.parent;
  return at;
}

/** Whether an item is in the namespace. */
export function fits(item: ItemRef, ns: Namespace): boolean {
  const { kind } = item.unit.facts.items[item.index]!;
  if (ns === "any") return kind !== "macro-def";
  return (ns === "type" ? TYPE_KINDS : VALUE_KINDS).has(kind);
}

/** Whether a target is known to be in the namespace; of std's nothing is known, so it counts in both. */
export function isIn(target: Target, ns: "type" | "value"): boolean {
  if (target.kind === "item") return fits(target.item, ns);
  return target.kind === "std" || ns === "type";
}

/** Whether a name of a scope may be used in another one. */
export function visible(entry: { vis: Entry["vis"]; scope: Scope }, from: Scope): boolean {
  if (entry.vis === "pub") return true;
  if (entry.scope.crate !== from.crate) return false;
  if (entry.vis === "restricted") return true;
  const owner = moduleOf(entry.scope);
  for (let at: Scope | undefined = from; at !== undefined; at = at.parent)
    if (at === owner || at === entry.scope) return true;
  return false;
}

/** Each target once, the first one of it. */
export function unique(targets: readonly Target[]): readonly Target[] {
  if (targets.length < 2) return targets;
  const seen = new Map<unknown, Map<number | string, Target>>();
  const kept: Target[] = [];
  for (const target of targets) {
    const [owner, key] =
      target.kind === "item"
        ? [target.item.unit, target.item.index]
        : target.kind === "scope"
          ? [target.scope, ""]
          : [null, target.path];
    const keys = seen.get(owner) ?? new Map<number | string, Target>();
    seen.set(owner, keys);
    if (keys.has(key)) continue;
    keys.set(key, target);
    kept.push(target);
  }
  return kept;
}

/** Kept on every architecture that the crate is built for: such a name hides those of globs. */
export function isAlways(target: Target, { worlds }: Crate): boolean {
  const unbuilt = (worlds[0] === undefined ? YES : 0) | (worlds[1] === undefined ? YES << 2 : 0);
  return (target.active | unbuilt) === ACTIVE_ALL;
}
