import type { ProcMacros } from "../extract/generated-names.ts";
import type { Reached } from "../model/site.ts";
import type { Workspace } from "../model/workspace.ts";
import type { Graph } from "../resolve/graph.ts";
import { findBlocks } from "./blocks.ts";
import { BlockTables, NO_BLOCKS } from "./block-tables.ts";
import { Generated } from "./generated.ts";
import { handedOn, membersOf } from "./handed-on.ts";
import { ItemLeads } from "./item-leads.ts";
import { keepReach } from "./keep.ts";
import { KeptNodes, type KeptReach } from "./kept.ts";
import { Leads, type LeadId } from "./leads.ts";
import { Names } from "./names.ts";
import { Nodes, type NodeId } from "./nodes.ts";
import { rootsOf, unreadable } from "./roots.ts";
import { labels, trails, type Label } from "./trails.ts";
import { Visible } from "./visible.ts";
import { Walk } from "./walk.ts";

export { isPackedBlocks } from "./block-tables.ts";
export type { KeptReach } from "./kept.ts";

/** Whether the program leads to an item, by the id of its crate and its number in there (`numberOf`). */
export type ReachOf = (crate: number, item: number) => Reached;

export interface ReachOptions {
  readonly graph: Graph;
  readonly workspace: Workspace;
  /** What procedural macros of the tree write into the code of their users. */
  readonly macros?: readonly ProcMacros[];
  /** What an earlier run found out about the first crates, which are the same. */
  readonly kept?: KeptReach | undefined;
  /** How many crates from the first on are to be kept. */
  readonly keep?: number;
}

export interface Reachability {
  readonly reachOf: ReachOf;
  /** What is to be kept; undefined when nothing was asked for, or nothing is new. @param always new or not */
  readonly keep: (always: boolean) => KeptReach | undefined;
}

const NOTHING: KeptReach = {
  counts: [],
  names: [],
  shown: [],
  roots: [],
  withCrate: [],
  uncertain: [],
  blocks: NO_BLOCKS,
  leadStarts: new Int32Array(1),
  calls: new Int32Array(0),
  read: new Int32Array(0),
  readStarts: new Int32Array(1),
  leads: new Int32Array(0),
  labels: new Uint8Array(0),
  labelEnds: new Int32Array(0),
  impls: [],
};

/** Which items the program's roots lead to. */
export function reachability(options: ReachOptions): Reachability {
  const { graph, workspace, macros = [], kept = NOTHING, keep = 0 } = options;
  const first = kept.counts.length;
  const fresh = graph.crates.slice(first);
  const nodes = new Nodes(graph, kept.counts);
  const names = new Names(kept.names);
  const leads = new Leads(nodes, names, kept);
  const found = findBlocks(graph, nodes, names, first);
  const blocks = new BlockTables(kept.blocks, found, nodes.count);
  const visible = new Visible(graph.crates, kept.shown);
  const generated = new Generated(workspace, nodes, leads, macros);
  const items = new ItemLeads({ nodes, names, blocks, generated, leads });
  const keptNodes = new KeptNodes(kept);
  const read = new Map<NodeId, Int32Array>();
  let isNews = keep > 0 && options.kept === undefined;
  const eachLead = (node: NodeId, follow: (lead: LeadId) => void): void => {
    if (keptNodes.follow(node, follow)) return;
    const found = items.of(node);
    if (nodes.crateOf(node) < keep) {
      isNews = true;
      read.set(node, found);
    }
    found.forEach(follow);
  };
  const withCrate = [
    ...kept.withCrate,
    ...fresh.map((crate) => unreadable(crate).map((ref) => nodes.nodeOf(ref))),
  ];
  const walk = new Walk({ nodes, blocks, visible, leads, eachLead, withCrate });
  const roots = [
    ...kept.roots,
    ...rootsOf(graph, workspace, first).map((ref) => nodes.nodeOf(ref)),
  ];
  // NOTE: they belong to the program, not to the crates that are kept
  const shown = new Set(handedOn(graph, workspace).map((ref) => nodes.nodeOf(ref)));
  walk.run([...roots, ...shown, ...membersOf(shown, blocks)]);
  const labelOf = labels(nodes);
  const labelAt = (node: NodeId): Label => keptNodes.labelOf(node) ?? labelOf(node);
  const uncertain = [
    ...kept.uncertain,
    ...fresh.filter((crate) => crate.generated.length > 0).map((crate) => crate.id),
  ];
  const known = { nodes, names, leads, blocks, shown: visible.shown, labelOf: labelAt };
  return {
    reachOf: answers({ walk, nodes, uncertain, labelAt }),
    keep: (always) => {
      if (!isNews && !(always && keep > 0)) return undefined;
      for (const [node, found] of keptNodes.all()) read.set(node, found);
      return keepReach(keep, { ...known, roots, withCrate, uncertain, read });
    },
  };
}

function answers(found: {
  walk: Walk;
  nodes: Nodes;
  uncertain: readonly number[];
  labelAt: (node: NodeId) => Label;
}): ReachOf {
  // NOTE: the answers must not keep the walk and its tables, which are larger than all that they ask for.
  const { live, parent } = found.walk;
  const { starts } = found.nodes;
  const uncertain = new Set(found.uncertain);
  const trailOf = trails(parent, found.labelAt);
  return (crate, item) => {
    const node = starts[crate]! + item;
    if (live[node] === 1) return { reachable: "yes", trail: trailOf(node) };
    return { reachable: uncertain.has(crate) ? "unknown" : "no" };
  };
}
