import type { ProcMacros } from "../extract/generated-names.ts";
import type { Reached } from "../model/site.ts";
import type { Workspace } from "../model/workspace.ts";
import type { Graph } from "../resolve/graph.ts";
import { findBlocks } from "./blocks.ts";
import { BlockTables } from "./block-tables.ts";
import { Generated } from "./generated.ts";
import { ItemLeads } from "./item-leads.ts";
import { Leads } from "./leads.ts";
import { Names } from "./names.ts";
import { Nodes, type NodeId } from "./nodes.ts";
import { rootsOf, unreadable } from "./roots.ts";
import { labelOf, trails } from "./trails.ts";
import { Visible } from "./visible.ts";
import { Walk } from "./walk.ts";

/** Whether the program leads to an item, by the id of its crate and its number in there (`numberOf`). */
export type ReachOf = (crate: number, item: number) => Reached;

/**
 * Which items the program's roots lead to.
 *
 * @param macros what procedural macros of the tree write into the code of their users
 */
export function reachability(
  graph: Graph,
  workspace: Workspace,
  macros: readonly ProcMacros[] = [],
): ReachOf {
  const nodes = new Nodes(graph);
  const names = new Names();
  const leads = new Leads(nodes, names, { starts: [0], calls: [] });
  const blocks = new BlockTables(findBlocks(graph, nodes, names, 0), nodes.count);
  const visible = new Visible(graph.crates);
  const generated = new Generated(workspace, nodes, leads, macros);
  const items = new ItemLeads({ nodes, names, blocks, generated, leads });
  const withCrate = (crate: number): NodeId[] =>
    unreadable(graph.crates[crate]!).map((ref) => nodes.nodeOf(ref));
  const leadsOf = (node: NodeId): Iterable<number> => items.of(node);
  const walk = new Walk({ nodes, blocks, visible, leads, leadsOf, withCrate });
  walk.run(rootsOf(graph, workspace).map((ref) => nodes.nodeOf(ref)));
  // NOTE: the answers must not keep the walk and its tables, which are larger than all that they ask for.
  const { live, parent } = walk;
  const { starts } = nodes;
  const uncertain = graph.crates.map((crate) =>
    crate.notAnalysed.some((note) => note.cause === "generated-code"),
  );
  const trailOf = trails(parent, (node) => labelOf(nodes, node));

  return (crate, item) => {
    const node = starts[crate]! + item;
    if (live[node] === 1) return { reachable: "yes", trail: trailOf(node) };
    return { reachable: uncertain[crate] === true ? "unknown" : "no" };
  };
}
