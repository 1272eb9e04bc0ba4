import type { Reached } from "../model/site.ts";
import type { Workspace } from "../model/workspace.ts";
import type { Graph, ItemRef } from "../resolve/graph.ts";
import { itemPath } from "../resolve/places.ts";
import { numberItems } from "./nodes.ts";
import { rootsOf } from "./roots.ts";
import { Walk } from "./walk.ts";

/** Trails longer than this are told by their two ends. */
const LONGEST_TRAIL = 12;

/**
 * Which items the program's roots lead to.
 *
 * @param tokens names that procedural macros of the tree write into the code of their users
 */
export function reachability(
  graph: Graph,
  workspace: Workspace,
  tokens: Iterable<string> = [],
): (ref: ItemRef) => Reached {
  const nodes = numberItems(graph);
  const walk = new Walk(nodes);
  walk.run(rootsOf(graph, workspace));
  walk.runTokens(tokens);
  const uncertain = new Set(
    graph.crates.filter((crate) =>
      crate.notAnalysed.some((note) => note.cause === "generated-code"),
    ),
  );
  const trails = new Map<number, readonly string[]>();

  return (ref) => {
    const node = nodes.nodeOf(ref);
    if (walk.live[node] === 1) return { reachable: "yes", trail: trailOf(node) };
    return { reachable: uncertain.has(ref.unit.crate) ? "unknown" : "no" };
  };

  function trailOf(node: number): readonly string[] {
    const known = trails.get(node);
    if (known !== undefined) return known;
    const names: string[] = [];
    const seen = new Set<number>();
    for (let at = node; at >= 0 && !seen.has(at); at = walk.parent[at]!) {
      seen.add(at);
      const { unit, index } = nodes.refOf(at);
      names.unshift(`${unit.crate.package.split("@")[0]}::${itemPath(unit, index)}`);
    }
    const trail =
      names.length <= LONGEST_TRAIL ? names : [...names.slice(0, 5), "…", ...names.slice(-6)];
    trails.set(node, trail);
    return trail;
  }
}
