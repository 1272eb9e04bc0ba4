import type { ItemRef, Unit } from "../resolve/graph.ts";
import { resolvePath } from "../resolve/names.ts";

/** What an item is a member of. */
export interface Owner {
  /**
   * `inherent`: of a type's own impl. `foreign`: of an impl of a trait from outside of the tree, or that can't be
   * told. `own`: of an impl of a trait of the tree. `default`: of a trait itself. `variant`: of an enum.
   */
  readonly kind: "inherent" | "foreign" | "own" | "default" | "variant";
  /** The types (or the trait) that it belongs to; empty for generic and outside types. */
  readonly types: readonly ItemRef[];
}

/** The owner of an item, or undefined when it is none's member. */
export function ownerOf(unit: Unit, index: number): Owner | undefined {
  const around = enclosing(unit, unit.facts.items[index]!.parent);
  if (around === undefined) return undefined;
  const item = around.unit.facts.items[around.index]!;
  if (item.kind === "enum") return { kind: "variant", types: [around] };
  if (item.kind === "trait") return { kind: "default", types: [around] };
  if (item.kind !== "impl") return undefined;
  const types = typesAt(around.unit, around.index, item.self);
  if (item.trait === undefined) return { kind: "inherent", types };
  const traits = typesAt(around.unit, around.index, item.trait);
  return { kind: traits.length > 0 ? "own" : "foreign", types };
}

/** The item itself, or for the stand-in at the top of an expansion the item that it was expanded in. */
function enclosing(unit: Unit, parent: number): ItemRef | undefined {
  if (parent > 0) return { unit, index: parent };
  return unit.outer === undefined ? undefined : enclosingOf(unit.outer);
}

/** A macro call at item position stands inside an impl or a module. */
function enclosingOf(outer: ItemRef): ItemRef | undefined {
  const item = outer.unit.facts.items[outer.index]!;
  return item.kind === "macro-call" ? enclosing(outer.unit, item.parent) : undefined;
}

function typesAt(unit: Unit, index: number, path: number | undefined): ItemRef[] {
  const text = path === undefined ? "" : (unit.facts.paths[path] ?? "");
  const scope = unit.scopes[index];
  if (text === "" || scope === undefined) return [];
  return resolvePath(scope, text.split("::"), "type").flatMap((target) =>
    target.kind === "item" ? [target.item] : [],
  );
}
