import type { ProcMacros } from "../extract/generated-names.ts";
import type { PackageId, Workspace } from "../model/workspace.ts";
import { answersTo } from "../resolve/answers.ts";
import { asleepScope } from "../resolve/asleep.ts";
import type { Crate, ItemRef, Scope } from "../resolve/graph.ts";
import { resolveText } from "../resolve/names.ts";
import { ROOT_KEY } from "../resolve/numbering.ts";
import { lastSegment } from "./blocks.ts";
import type { LeadId, Leads } from "./leads.ts";
import type { Nodes } from "./nodes.ts";
import { visitPath, type PathVisitor } from "./paths.ts";

/** Code that procedural macros of the tree write for their users, as far as their templates tell. */
export class Generated {
  private readonly byName = new Map<string, ProcMacros[]>();
  private readonly known = new Map<ProcMacros, Map<Crate, LeadId>>();
  private readonly free = new Map<Crate, ReadonlyMap<string, readonly ItemRef[]>>();
  private readonly closures = new Map<Crate, ReadonlySet<Crate>>();
  private readonly nodes: Nodes;
  private readonly to: Leads;
  private readonly users = new Map<PackageId, Set<PackageId>>();

  constructor(workspace: Workspace, nodes: Nodes, to: Leads, macros: readonly ProcMacros[]) {
    this.nodes = nodes;
    this.to = to;
    for (const one of macros) {
      this.users.set(one.package, new Set());
      for (const name of one.names) {
        const list = this.byName.get(name) ?? [];
        list.push(one);
        this.byName.set(name, list);
      }
    }
    for (const pkg of workspace.packages.values())
      for (const edge of pkg.dependencies) this.users.get(edge.package)?.add(pkg.id);
  }

  /** An item has an attribute or an invocation of that name: what does it bring? */
  *leads(path: string, crate: Crate): Iterable<LeadId> {
    for (const macros of this.byName.get(lastSegment(path)) ?? []) {
      const crates = this.known.get(macros) ?? new Map<Crate, LeadId>();
      this.known.set(macros, crates);
      const lead = crates.get(crate) ?? this.record(macros, crate);
      crates.set(crate, lead);
      yield lead;
    }
  }

  private record(macros: ProcMacros, crate: Crate): LeadId {
    const facades = [crate, ...this.facades(macros.package, crate)];
    return this.to.record((to) => {
      for (const path of macros.paths) this.visitPath(path, crate, facades, to);
    });
  }

  /** Crates that hand the macros on, as far as their user sees them: computed beginnings of paths lead to one of them. */
  private facades(macros: PackageId, user: Crate): Crate[] {
    const users = this.users.get(macros);
    const seen = [...this.closureOf(user)].filter((crate) => crate.target === "lib");
    return seen.filter((crate) => users?.has(crate.package) === true).sort((a, b) => a.id - b.id);
  }

  /** A crate and all that it stands on. */
  private closureOf(crate: Crate): ReadonlySet<Crate> {
    const known = this.closures.get(crate);
    if (known !== undefined) return known;
    const found = new Set([crate]);
    for (const one of found) for (const used of one.externs.values()) found.add(used);
    this.closures.set(crate, found);
    return found;
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
    for (const one of candidates)
      found = visitFrom(doorOf(one, crate), rest, this.nodes, to) || found;
    if (found) return;
    const owner = path.at(-2)!;
    to.member(
      name,
      owner === "?" || owner === "Self" ? { is: "any" } : { is: "name", name: owner },
    );
  }

  /** A single name has to be declared or imported where the macro is used. */
  private visitName(name: string, crate: Crate, to: PathVisitor): void {
    for (const ref of this.freeIn(crate).get(name) ?? []) to.item(ref);
    for (const target of resolveText(crate.root, name, "any"))
      if (target.kind === "item") to.item(target.item);
  }

  private freeIn(crate: Crate): ReadonlyMap<string, readonly ItemRef[]> {
    const known = this.free.get(crate);
    if (known !== undefined) return known;
    const found = new Map<string, ItemRef[]>();
    for (const unit of this.nodes.itemsOf(crate.id).units) {
      unit.facts.items.forEach((item, index) => {
        if (item.name === "" || unit.active[index] === 0 || !isFree({ unit, index })) return;
        const list = found.get(item.name);
        if (list === undefined) found.set(item.name, [{ unit, index }]);
        else list.push({ unit, index });
      });
    }
    this.free.set(crate, found);
    return found;
  }
}

/** The root of a crate: what the program's own crates ask there is kept. */
function doorOf(crate: Crate, user: Crate): Scope {
  return answersTo(user, crate) === undefined ? crate.root : asleepScope(crate, ROOT_KEY);
}

/** @returns whether the path leads anywhere from a crate's root */
function visitFrom(root: Scope, path: readonly string[], nodes: Nodes, to: PathVisitor): boolean {
  if (path.length === 0) return false;
  let found = false;
  const full = `crate::${path.join("::")}`;
  for (const ns of ["type", "value"] as const) {
    if (!leads(root, full, ns)) continue;
    found = true;
    visitPath(root, full, ns, nodes, to);
  }
  return found;
}

/** To something, or to a type whose member the last segment is. */
function leads(root: Scope, path: string, ns: "type" | "value"): boolean {
  if (resolveText(root, path, ns).length > 0) return true;
  const outer = resolveText(root, path.slice(0, path.lastIndexOf("::")), "type");
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
