import { itemPath } from "../resolve/places.ts";
import { kindOf } from "./blocks.ts";
import type { NodeId, Nodes } from "./nodes.ts";

/** Trails longer than this are told by their two ends. */
const LONGEST_TRAIL = 12;

/** Names from a root to a node, each behind its package's name. */
export function trails(nodes: Nodes, parent: Int32Array): (node: NodeId) => readonly string[] {
  const known = new Map<NodeId, readonly string[]>();
  return (node) => {
    const before = known.get(node);
    if (before !== undefined) return before;
    const names: string[] = [];
    const seen = new Set<NodeId>();
    for (let at = node; at >= 0 && !seen.has(at); at = parent[at]!) {
      seen.add(at);
      const ref = nodes.refOf(at);
      if (kindOf(ref) === "impl" && at !== node) continue;
      const name = `${ref.unit.crate.package.split("@")[0]}::${itemPath(ref.unit, ref.index)}`;
      if (names[0] !== name) names.unshift(name);
    }
    const trail =
      names.length <= LONGEST_TRAIL ? names : [...names.slice(0, 5), "…", ...names.slice(-6)];
    known.set(node, trail);
    return trail;
  };
}
