import type { ProcMacros } from "../extract/generated-names.ts";
import type { PackageId, Workspace } from "../model/workspace.ts";
import type { Crate, Graph, ItemRef } from "../resolve/graph.ts";
import { resolveText } from "../resolve/names.ts";
import { lastSegment } from "./blocks.ts";
import type { NodeId, Nodes } from "./nodes.ts";
import { visitPath, type PathVisitor } from "./paths.ts";

/** Code that procedural macros of the tree write for their users, as far as their templates tell. */
export class Generated {
  private readonly byName = new Map<string, ProcMacros[]>();
  private readonly used = new Map<ProcMacros, Set<Crate>>();
  private readonly nodes: Nodes;
  private readonly graph: Graph;
  private readonly workspace: Workspace;
  private free: Map<string, NodeId[]> | undefined;

  constructor(graph: Graph, workspace: Workspace, nodes: Nodes, macros: readonly ProcMacros[]) {
    this.graph = graph;
    this.workspace = workspace;
    this.nodes = nodes;
    for (const one of macros) {
      for (const name of one.names) {
        const list = this.byName.get(name) ?? [];
        list.push(one);
        this.byName.set(name, list);
      }
    }
  }

  /** An item has an attribute or an invocation of that name: what does it bring? */
  visit(path: string, crate: Crate, to: PathVisitor): void {
    for (const macros of this.byName.get(lastSegment(path)) ?? []) {
      const crates = this.used.get(macros) ?? new Set<Crate>();
      this.used.set(macros, crates);
      if (crates.has(crate)) continue;
      crates.add(crate);
      const facades = [crate, ...this.facades(macros.package)];
      for (const generated of macros.paths) this.visitPath(generated, crate, facades, to);
    }
  }

  /** Crates that hand the macros on: computed beginnings of paths lead to one of them. */
  private facades(macros: PackageId): Crate[] {
    const users = new Set<PackageId>();
    for (const pkg of this.workspace.packages.values())
      if (pkg.dependencies.some((edge) => edge.package === macros)) users.add(pkg.id);
    return this.graph.crates.filter((crate) => crate.target === "lib" && users.has(crate.package));
  }

  private visitPath(text: string, crate: Crate, facades: readonly Crate[], to: PathVisitor): void {
    if (text.startsWith(".")) return to.member(lastSegment(text.slice(1)), { is: "dot" });
    const path = text.split("::");
    const name = path.at(-1)!;
    if (path.length === 1) return void (KEYWORDS.has(name) || this.visitName(name, crate, to));
    const head = path[0] === "" ? path[1]! : path[0]!;
    if (head === "core" || head === "std" || head === "alloc") return;
    const rest = path.slice(path[0] === "" ? 2 : 1);
    const named = crate.externs.get(head);
    const candidates = named === undefined ? facades : [named];
    let found = false;
    for (const one of candidates) found = visitFrom(one, rest, this.nodes, to) || found;
    if (found) return;
    const owner = path.at(-2)!;
    to.member(
      name,
      owner === "?" || owner === "Self" ? { is: "any" } : { is: "name", name: owner },
    );
  }

  /** A single name has to be declared or imported where the macro is used. */
  private visitName(name: string, crate: Crate, to: PathVisitor): void {
    for (const node of this.freeByName().get(name) ?? [])
      if (this.nodes.crateOf(node) === crate) to.item(this.nodes.refOf(node));
    for (const target of resolveText(crate.root, name, "any"))
      if (target.kind === "item") to.item(target.item);
  }

  private freeByName(): Map<string, NodeId[]> {
    if (this.free !== undefined) return this.free;
    this.free = new Map();
    for (const unit of this.nodes.units) {
      unit.facts.items.forEach((item, index) => {
        if (item.name === "" || unit.active[index] === 0 || !isFree({ unit, index })) return;
        const node = this.nodes.nodeOf({ unit, index });
        const list = this.free!.get(item.name);
        if (list === undefined) this.free!.set(item.name, [node]);
        else list.push(node);
      });
    }
    return this.free;
  }
}

/** @returns whether the path leads anywhere from a crate's root */
function visitFrom(crate: Crate, path: readonly string[], nodes: Nodes, to: PathVisitor): boolean {
  if (path.length === 0) return false;
  let found = false;
  const full = `crate::${path.join("::")}`;
  for (const ns of ["type", "value"] as const) {
    if (!leads(crate, full, ns)) continue;
    found = true;
    visitPath(crate.root, full, ns, nodes, to);
  }
  return found;
}

/** To something, or to a type whose member the last segment is. */
function leads(crate: Crate, path: string, ns: "type" | "value"): boolean {
  if (resolveText(crate.root, path, ns).length > 0) return true;
  const outer = resolveText(crate.root, path.slice(0, path.lastIndexOf("::")), "type");
  return outer.some((target) => target.kind !== "scope");
}

/** Words of the language: most of what templates hold. */
const KEYWORDS = new Set(
  "as async await break const continue crate dyn else enum extern false fn for if impl in let loop match mod move mut pub ref return self Self static struct super trait true type unsafe use where while derive Some None Ok Err".split(
    " ",
  ),
);
const NOT_FREE = new Set(["impl", "trait", "enum"]);
const NAMED = new Set(["fn", "const", "static", "struct", "union", "enum", "trait", "type"]);

function isFree({ unit, index }: ItemRef): boolean {
  const item = unit.facts.items[index]!;
  return NAMED.has(item.kind) && !NOT_FREE.has(unit.facts.items[item.parent]?.kind ?? "");
}
