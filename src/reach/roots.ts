import type { ItemFact } from "../extract/facts.ts";
import type { PackageId, Workspace } from "../model/workspace.ts";
import type { Crate, Graph, ItemRef, Unit } from "../resolve/graph.ts";

/** Attributes that make an item part of the program although nothing names it. */
const EXPORTS =
  /^(no_mangle|export_name|used|link_section|global_allocator|panic_handler|alloc_error_handler|start|main|[\w:]*\b(ctor|dtor|distributed_slice)\b)/;

/**
 * Where the program begins: `main` of the chosen binaries, and everything public when the package asked about is
 * a library for others, with what its traits and their impls hold; and in every crate what is exported by an attribute.
 *
 * @param first id of the first crate to look into
 */
export function rootsOf(graph: Graph, workspace: Workspace, first = 0): ItemRef[] {
  const programs = programsIn(graph, workspace);
  return graph.crates.slice(first).flatMap((crate) => {
    const asked = workspace.roots.includes(crate.package);
    const isRoot = (item: ItemFact, unit: Unit): boolean => {
      if (item.attributes?.some((text) => EXPORTS.test(text)) === true) return true;
      if (!asked) return false;
      // its own scope is another one when it has `use` lines inside
      const isTop = unit.scopes[item.parent] === crate.root;
      if (crate.target === "bin") return item.kind === "fn" && item.name === "main" && isTop;
      if (programs.has(crate.package) || item.kind === "mod" || item.kind === "use") return false;
      return item.vis === "pub" || isOfTrait(unit, item);
    };
    return pick(crate, asked, isRoot);
  });
}

/**
 * Packages that are run: nobody outside calls their library. A package with a library and binaries of which none has
 * its name is a library that brings tools.
 */
export function programsIn({ crates }: Graph, { packages }: Workspace): ReadonlySet<PackageId> {
  const withLibrary = new Set(
    crates.filter(({ target }) => target === "lib").map((crate) => crate.package),
  );
  const isProgram = ({ target, package: id }: Crate): boolean => {
    if (target !== "bin") return false;
    const { name, targets = [] } = packages.get(id) ?? {};
    return !withLibrary.has(id) || targets.some((one) => one.kind === "bin" && one.name === name);
  };
  return new Set(crates.filter(isProgram).map((crate) => crate.package));
}

/** A member of a public trait, or of an impl of any: who uses the library calls it through the trait. */
function isOfTrait(unit: Unit, item: ItemFact): boolean {
  let { parent } = item;
  let within = unit;
  // what a macro puts into an impl stands at the top of a text of its own
  while (parent === 0 && within.outer !== undefined) {
    const { index, unit: outside } = within.outer;
    const call = outside.facts.items[index]!;
    parent = call.kind === "macro-call" ? call.parent : index;
    within = outside;
  }
  const holder = within.facts.items[parent];
  if (holder?.kind === "trait") return holder.vis === "pub";
  return holder?.kind === "impl" && holder.trait !== undefined;
}

function pick(
  crate: Crate,
  asked: boolean,
  isRoot: (item: ItemFact, unit: Unit) => boolean,
): ItemRef[] {
  const found: ItemRef[] = [];
  for (const unit of crate.units) {
    unit.facts.items.forEach((item, index) => {
      if (index === 0 || (!asked && item.attributes === undefined)) return;
      if (unit.active[index] === 0) return;
      if (isRoot(item, unit)) found.push({ unit, index });
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
