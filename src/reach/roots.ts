import type { ItemFact } from "../extract/facts.ts";
import type { PackageId, Workspace } from "../model/workspace.ts";
import type { Crate, Graph, ItemRef } from "../resolve/graph.ts";

/** Attributes that make an item part of the program although nothing names it. */
const EXPORTS =
  /^(no_mangle|export_name|used|link_section|global_allocator|panic_handler|alloc_error_handler|start|main|[\w:]*\b(ctor|dtor|distributed_slice)\b)/;

/**
 * Where the program begins: `main` of the chosen binaries, or everything public when the package asked about is
 * a library; and in every crate what is exported by an attribute.
 *
 * @param first id of the first crate to look into
 */
export function rootsOf(graph: Graph, workspace: Workspace, first = 0): ItemRef[] {
  const withMain = new Set<PackageId>(
    graph.crates.filter((crate) => crate.target === "bin").map((crate) => crate.package),
  );
  return graph.crates.slice(first).flatMap((crate) => {
    const asked = workspace.roots.includes(crate.package);
    const isRoot = (item: ItemFact, top: boolean): boolean => {
      if (item.attributes?.some((text) => EXPORTS.test(text)) === true) return true;
      if (!asked) return false;
      if (crate.target === "bin") return item.kind === "fn" && item.name === "main" && top;
      return (
        !withMain.has(crate.package) &&
        item.vis === "pub" &&
        item.kind !== "mod" &&
        item.kind !== "use"
      );
    };
    return pick(crate, asked, isRoot);
  });
}

function pick(
  crate: Crate,
  asked: boolean,
  isRoot: (item: ItemFact, top: boolean) => boolean,
): ItemRef[] {
  const found: ItemRef[] = [];
  for (const unit of crate.units) {
    unit.facts.items.forEach((item, index) => {
      if (index === 0 || (!asked && item.attributes === undefined)) return;
      if (unit.active[index] === 0) return;
      // its own scope is another one when it has `use` lines inside
      if (isRoot(item, unit.scopes[item.parent] === crate.root)) found.push({ unit, index });
    });
  }
  return found;
}

/**
 * What nobody can tell more about than that its crate is used: arguments of item macros that could not be
 * expanded, and the macros' own names.
 */
export function unreadable(crate: Crate): ItemRef[] {
  const found: ItemRef[] = [];
  for (const unit of crate.units) {
    const { outer } = unit;
    if (outer === undefined || unit.facts.items.length > 1) continue;
    if (outer.unit.facts.items[outer.index]!.kind === "macro-call") found.push(outer);
  }
  return found;
}
