import type { Workspace } from "../model/workspace.ts";
import { crateOf } from "../resolve/asleep.ts";
import type { Crate, Entry, Graph, ItemRef, Scope, Target } from "../resolve/graph.ts";
import { resolvePath } from "../resolve/names.ts";
import type { BlockTables } from "./block-tables.ts";
import type { NodeId } from "./nodes.ts";
import { programsIn } from "./roots.ts";

/**
 * Items of other crates that the libraries asked about show as their own: by `pub use` of an item, a module, a crate or
 * a glob, as far as their users can name them.
 */
export function handedOn(graph: Graph, workspace: Workspace): ItemRef[] {
  const programs = programsIn(graph, workspace);
  return graph.crates
    .filter(({ package: id }) => workspace.roots.includes(id) && !programs.has(id))
    .flatMap((crate) => [...new Shown(crate).find()]);
}

/** What users of a crate can name. */
class Shown {
  private readonly crate: Crate;
  private readonly items = new Set<ItemRef>();
  private readonly scopes = new Set<Scope>();

  constructor(crate: Crate) {
    this.crate = crate;
    this.scopes.add(crate.root);
  }

  /** Those of other crates. */
  find(): ReadonlySet<ItemRef> {
    // a set hands out what is added to it meanwhile, too
    for (const scope of this.scopes) {
      for (const entries of scope.entries.values()) for (const entry of entries) this.add(entry);
      for (const glob of scope.globs)
        if (glob.vis === "pub") this.follow(resolvePath(glob.scope, glob.path, "type"));
    }
    return this.items;
  }

  private add({ vis, scope, is }: Entry): void {
    if (vis !== "pub") return;
    if (is.kind === "scope") this.scopes.add(is.scope);
    else if (is.kind === "crate") this.scopes.add(is.crate.root);
    else if (is.kind === "item") this.addItem(is.item);
    else if (is.kind === "use") this.follow(resolvePath(scope, is.path, "any"));
  }

  private follow(targets: readonly Target[]): void {
    for (const target of targets) {
      if (target.kind === "scope") this.scopes.add(target.scope);
      else if (target.kind === "item") this.addItem(target.item);
    }
  }

  private addItem(item: ItemRef): void {
    if (crateOf(item) !== this.crate) this.items.add(item);
  }
}

/** Members that users can call of types and traits that are handed on. */
export function* membersOf(nodes: ReadonlySet<NodeId>, blocks: BlockTables): Iterable<NodeId> {
  if (nodes.size === 0) return;
  for (let block = 0; block < blocks.count; block++) {
    if (!blocks.selfOf(block).some((node) => nodes.has(node))) continue;
    const end = blocks.endOfMembers(block);
    for (let member = blocks.firstMember(block); member < end; member++)
      if (!blocks.isPrivate(member)) yield blocks.memberNode(member);
  }
}
