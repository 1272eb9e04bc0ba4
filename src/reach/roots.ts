import type { Crate, Graph, ItemRef } from "../resolve/graph.ts";
import type { PackageId, Workspace } from "../model/workspace.ts";

/** Attributes that make an item part of the program although nothing names it. */
const EXPORTS =
  /^(no_mangle|export_name|used|link_section|global_allocator|panic_handler|alloc_error_handler|start|main|[\w:]*\b(ctor|dtor|distributed_slice)\b)/;

/**
 * Where the program begins: `main` of the chosen binaries, or everything public when the package asked about is
 * a library; and in every crate what is exported by an attribute.
 */
export function rootsOf(graph: Graph, workspace: Workspace): ItemRef[] {
  const withMain = new Set<PackageId>(
    graph.crates.filter((crate) => crate.target === "bin").map((crate) => crate.package),
  );
  return graph.crates.flatMap((crate) => {
    const asked = workspace.roots.includes(crate.package);
    const isRoot = (item: Item, top: boolean): boolean => {
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
    return pick(crate, isRoot);
  });
}

type Item = Crate["units"][number]["facts"]["items"][number];

function pick(crate: Crate, isRoot: (item: Item, top: boolean) => boolean): ItemRef[] {
  const found: ItemRef[] = [];
  for (const unit of crate.units) {
    // arguments of an item macro that could not be expanded: nobody can tell what it makes of them
    if (
      unit.outer !== undefined &&
      unit.facts.items.length === 1 &&
      unit.facts.mentions.length > 0 &&
      isItemMacro(unit.outer)
    )
      found.push({ unit, index: 0 });
    unit.facts.items.forEach((item, index) => {
      if (index === 0 || unit.active[index] === 0) return;
      const top = unit.scopes[index] === crate.root;
      if (isRoot(item, top)) found.push({ unit, index });
    });
  }
  return found;
}

function isItemMacro(outer: ItemRef): boolean {
  return outer.unit.facts.items[outer.index]!.kind === "macro-call";
}
