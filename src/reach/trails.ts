import { itemPaths } from "../resolve/places.ts";
import { kindOf } from "../resolve/asleep.ts";
import type { NodeId, Nodes } from "./nodes.ts";

/** Trails longer than this are told by their two ends. */
const LONGEST_TRAIL = 12;

/** What a node is called in a trail. */
export interface Label {
  /** Path of the item, behind its package's name. */
  readonly name: string;
  /** An impl is told only where a trail ends. */
  readonly isImpl: boolean;
}

/** Tells what nodes are called. */
export function labels(nodes: Nodes): (node: NodeId) => Label {
  const pathOf = itemPaths();
  return (node) => {
    const ref = nodes.refOf(node);
    const { package: id } = ref.unit.crate;
    const name = `${id.slice(0, id.indexOf("@"))}::${pathOf(ref.unit, ref.index)}`;
    return { name, isImpl: kindOf(ref) === "impl" };
  };
}

/** Names from a root to a node, each behind its package's name. */
export function trails(
  parent: Int32Array,
  labelAt: (node: NodeId) => Label,
): (node: NodeId) => readonly string[] {
  const known = new Map<NodeId, readonly string[]>();
  return (node) => {
    const before = known.get(node);
    if (before !== undefined) return before;
    const names: string[] = [];
    const seen = new Set<NodeId>();
    for (let at = node; at >= 0 && !seen.has(at); at = parent[at]!) {
      seen.add(at);
      const { name, isImpl } = labelAt(at);
      if (isImpl && at !== node) continue;
      if (names[0] !== name) names.unshift(name);
    }
    const trail =
      names.length <= LONGEST_TRAIL ? names : [...names.slice(0, 5), "…", ...names.slice(-6)];
    known.set(node, trail);
    return trail;
  };
}
