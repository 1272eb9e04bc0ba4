import { ARCHS } from "../model/host.ts";
import type { CfgAtom, Package, PackageId, Target, Workspace } from "../model/workspace.ts";
import type { CrateSource } from "../extract/load-crate.ts";
import { rootPlace } from "../source/module-paths.ts";
import type { BuildScriptCfgs } from "./build-script.ts";
import type { CfgWorld, Worlds } from "../syntax/cfg-eval.ts";
import { collectCrate } from "./collect.ts";
import type { Crate, FileRef, Graph, Scope } from "./graph.ts";
import { newScope } from "./scopes.ts";
import { cfgWorld } from "./world.ts";

/** One crate to resolve, with its facts. */
export interface CrateInput {
  readonly package: Package;
  readonly target: Target;
  readonly worlds: Worlds;
  readonly source: CrateSource;
}

/** The configurations of a package as part of the program; an architecture that it is not built for is left out. */
export function worldsOf(
  pkg: Package,
  cfgs: readonly CfgAtom[],
  buildScript: BuildScriptCfgs,
): Worlds {
  const world = (index: 0 | 1): CfgWorld | undefined => {
    const arch = ARCHS[index];
    const build = pkg.builds.find((one) => one.for === "target" && one.arch === arch);
    if (build === undefined) return undefined;
    return cfgWorld({ arch, features: new Set(build.features), cfgs, buildScript });
  };
  return [world(0), world(1)];
}

/** Lays out crates package by package, so that it can go on while others are still being read. */
export class GraphBuilder {
  private readonly crates: Crate[] = [];
  private readonly files: (FileRef | undefined)[] = [undefined];
  private readonly libs = new Map<PackageId, Crate>();
  readonly graph: Graph = { crates: this.crates, files: this.files };

  /** Lay out the crates of one package; those of the packages that it depends on have to be there already. */
  add(inputs: readonly CrateInput[]): readonly Crate[] {
    const before = this.crates.length;
    const isLib = ({ target }: CrateInput): boolean => target.kind === "lib";
    const libsFirst = [...inputs.filter(isLib), ...inputs.filter((input) => !isLib(input))];
    for (const input of libsFirst) this.addCrate(input);
    return this.crates.slice(before);
  }

  /** Where the graph ends now, to come back to. */
  mark(): { readonly crates: number; readonly files: number } {
    return { crates: this.crates.length, files: this.files.length };
  }

  /** Forget every crate that was added since; none before it knows one of them. */
  rewind({ crates, files }: ReturnType<GraphBuilder["mark"]>): void {
    for (const crate of this.crates.splice(crates))
      if (this.libs.get(crate.package) === crate) this.libs.delete(crate.package);
    this.files.length = files;
  }

  private addCrate(input: CrateInput): void {
    const crate = newCrate(this.crates, input);
    for (const edge of input.package.dependencies) {
      const lib = edge.kind === "normal" ? this.libs.get(edge.package) : undefined;
      if (lib !== undefined) crate.externs.set(edge.externName, lib);
    }
    const own = this.libs.get(input.package.id);
    if (own !== undefined)
      crate.externs.set(own.root.path === "" ? crateNameOf(input) : own.root.path, own);
    if (input.target.kind === "lib") this.libs.set(input.package.id, crate);
    collectCrate(crate, input.target.root, this.files);
  }
}

/** Lay out all crates, dependencies first, so that imports and macros of other crates are there when asked for. */
export function buildGraph(workspace: Workspace, inputs: readonly CrateInput[]): Graph {
  const byPackage = new Map<PackageId, CrateInput[]>();
  for (const input of inputs)
    byPackage.set(input.package.id, [...(byPackage.get(input.package.id) ?? []), input]);
  const builder = new GraphBuilder();
  for (const id of dependenciesFirst(workspace, byPackage.keys()))
    builder.add(byPackage.get(id) ?? []);
  return builder.graph;
}

/** A package's binaries see its library under the library's name. */
function crateNameOf(input: CrateInput): string {
  return (
    input.package.targets.find((target) => target.kind === "lib")?.crateName ??
    input.target.crateName
  );
}

function newCrate(all: Crate[], input: CrateInput): Crate {
  const crate: Omit<Crate, "root"> & { root?: Scope } = {
    id: all.length,
    all,
    package: input.package.id,
    target: input.target.kind,
    edition: input.target.edition,
    worlds: input.worlds,
    files: input.source.files,
    externs: new Map(),
    exported: new Map(),
    macros: new Map(),
    macroUse: [],
    units: [],
    notAnalysed: [...input.source.notAnalysed],
    asked: new Set(),
  };
  const place = rootPlace(input.target.root);
  crate.root = newScope({
    crate: crate as Crate,
    path: "",
    parent: undefined,
    isBody: false,
    place,
  });
  all.push(crate as Crate);
  return crate as Crate;
}

/** The given packages and all that they depend on, each behind its dependencies. */
export function dependenciesFirst(
  workspace: Workspace,
  packages: Iterable<PackageId>,
): Set<PackageId> {
  const order = new Set<PackageId>();
  const seen = new Set<PackageId>();
  const visit = (id: PackageId): void => {
    if (seen.has(id)) return;
    seen.add(id);
    for (const edge of workspace.packages.get(id)?.dependencies ?? [])
      if (edge.kind === "normal") visit(edge.package);
    order.add(id);
  };
  for (const id of packages) visit(id);
  return order;
}
