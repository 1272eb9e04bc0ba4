import { ARCHS } from "../model/host.ts";
import type { CfgAtom, Package, PackageId, Workspace } from "../model/workspace.ts";
import type { BuildScriptCfgs } from "./build-script.ts";
import type { CfgWorld, Worlds } from "../syntax/cfg-eval.ts";
import { GraphCrate, type AsleepInput, type CrateInput } from "./crate.ts";
import type { Crate, FileRef, Graph } from "./graph.ts";
import { cfgWorld } from "./world.ts";

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

  /**
   * Lay out the crates of one package; those of the packages that it depends on have to be there already.
   *
   * @param isBelow what crates of the program ask of them is to be kept
   */
  add(inputs: readonly CrateInput[], isBelow = false): readonly Crate[] {
    const before = this.crates.length;
    const isLib = ({ target }: CrateInput): boolean => target.kind === "lib";
    const libsFirst = [...inputs.filter(isLib), ...inputs.filter((input) => !isLib(input))];
    for (const input of libsFirst) this.newCrate(input, isBelow).laidOut();
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

  /** Add the library of a package that is not read before a name leads into it. */
  addAsleep(input: AsleepInput): Crate {
    return this.newCrate(input, true);
  }

  private newCrate(input: CrateInput | AsleepInput, isBelow: boolean): GraphCrate {
    const crate = new GraphCrate(this.crates, input, this.files, isBelow);
    for (const edge of input.package.dependencies) {
      const lib = edge.kind === "normal" ? this.libs.get(edge.package) : undefined;
      if (lib !== undefined) crate.externs.set(edge.externName, lib);
    }
    const own = this.libs.get(input.package.id);
    if (own !== undefined) crate.externs.set(crateNameOf(input), own);
    if (input.target.kind === "lib") this.libs.set(input.package.id, crate);
    this.crates.push(crate);
    return crate;
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
function crateNameOf(input: Pick<CrateInput, "package" | "target">): string {
  return (
    input.package.targets.find((target) => target.kind === "lib")?.crateName ??
    input.target.crateName
  );
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
