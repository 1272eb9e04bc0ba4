import type { ProcMacros } from "../extract/generated-names.ts";
import type { Reached } from "../model/site.ts";
import type { Workspace } from "../model/workspace.ts";
import type { Graph, ItemRef } from "../resolve/graph.ts";
import { findBlocks } from "./blocks.ts";
import { Generated } from "./generated.ts";
import { localItems, Nodes } from "./nodes.ts";
import { rootsOf, unreadable } from "./roots.ts";
import { trails } from "./trails.ts";
import { Visible } from "./visible.ts";
import { Walk } from "./walk.ts";

/**
 * Which items the program's roots lead to.
 *
 * @param macros what procedural macros of the tree write into the code of their users
 */
export function reachability(
  graph: Graph,
  workspace: Workspace,
  macros: readonly ProcMacros[] = [],
): (ref: ItemRef) => Reached {
  const nodes = new Nodes(graph);
  const locals = localItems(nodes);
  const walk = new Walk({
    nodes,
    locals,
    blocks: findBlocks(graph, nodes, locals),
    visible: new Visible(graph.crates),
    generated: new Generated(graph, workspace, nodes, macros),
    withCrate: new Map(graph.crates.map((crate) => [crate, unreadable(crate)])),
  });
  walk.run(rootsOf(graph, workspace));
  // NOTE: the answers must not keep the walk and its tables, which are larger than all that they ask for.
  const { live, parent } = walk;
  const uncertain = new Set(
    graph.crates.filter((crate) =>
      crate.notAnalysed.some((note) => note.cause === "generated-code"),
    ),
  );
  const trailOf = trails(nodes, parent);

  return (ref) => {
    const node = nodes.nodeOf(ref);
    if (live[node] === 1) return { reachable: "yes", trail: trailOf(node) };
    return { reachable: uncertain.has(ref.unit.crate) ? "unknown" : "no" };
  };
}
