import type { ItemKind } from "../extract/facts.ts";
import { ACTIVE_ALL, bothActive, eitherActive, YES, type Active } from "../syntax/cfg-eval.ts";
import { kindOf, sameItem, sameScope } from "./asleep.ts";
import type { Crate, Entry, ItemRef, Scope, Target } from "./graph.ts";

/** Rust's namespaces, as far as paths need them. */
export type Namespace = "type" | "value" | "any";

const TYPE_KINDS = new Set<ItemKind>(["struct", "union", "enum", "trait", "type", "variant"]);
const VALUE_KINDS = new Set<ItemKind>(["fn", "const", "static", "struct", "variant"]);

/** Whether the head of an import's path says where the path begins, in every edition. */
export function isRelative(head: string): boolean {
  return (
    head === "self" ||
    head === "super" ||
    head === "crate" ||
    head === "" ||
    head.startsWith("$crate#")
  );
}

/** The module that a body stands in. */
export function moduleOf(scope: Scope): Scope {
  let at = scope;
  while (at.isBody && at.parent !== undefined) at = at.parent;
  return at;
}

/** Whether an item is in the namespace. */
export function fits(item: ItemRef, ns: Namespace): boolean {
  const kind = kindOf(item);
  if (ns === "any") return kind !== "macro-def";
  return (ns === "type" ? TYPE_KINDS : VALUE_KINDS).has(kind);
}

/** Whether a target is known to be in the namespace; of std's nothing is known, so it counts in both. */
function isIn(target: Target, ns: "type" | "value"): boolean {
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

/** A target that is there only where something else is, too. */
export function narrow(target: Target, active: Active): Target {
  const both = bothActive(target.active, active);
  return both === target.active ? target : { ...target, active: both };
}

/** Each target once; active where any of the ways to it is. */
export function unique(targets: readonly Target[]): readonly Target[] {
  if (targets.length < 2) return targets;
  const seen = new Map<unknown, Map<number | string, number>>();
  const kept: Target[] = [];
  for (const target of targets) {
    const [owner, key] =
      target.kind === "item"
        ? sameItem(target.item)
        : target.kind === "scope"
          ? [sameScope(target.scope), ""]
          : [null, target.path];
    const keys = seen.get(owner) ?? new Map<number | string, number>();
    seen.set(owner, keys);
    const known = keys.get(key);
    if (known === undefined) keys.set(key, kept.push(target) - 1);
    else if (kept[known]!.active !== target.active)
      kept[known] = { ...target, active: eitherActive(kept[known]!.active, target.active) };
  }
  return kept;
}

/** Whether one of them is kept on every architecture that the crate is built for: such a name hides those of globs. */
function isAlways(targets: readonly Target[], { worlds }: Crate): boolean {
  let kept = (worlds[0] === undefined ? YES : 0) | (worlds[1] === undefined ? YES << 2 : 0);
  for (const { active } of targets) kept |= active & ACTIVE_ALL;
  return kept === ACTIVE_ALL;
}

/** The namespace in which names of globs still count beside explicit ones; undefined: in none. */
export function notHidden(
  explicit: readonly Target[],
  ns: Namespace,
  crate: Crate,
): Namespace | undefined {
  if (explicit.length === 0) return ns;
  if (ns !== "any") return isAlways(explicit, crate) ? undefined : ns;
  const isTaken = (one: "type" | "value"): boolean =>
    isAlways(
      explicit.filter((target) => isIn(target, one)),
      crate,
    );
  if (isTaken("type")) return isTaken("value") ? undefined : "value";
  return isTaken("value") ? "type" : "any";
}
