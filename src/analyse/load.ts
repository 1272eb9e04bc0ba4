import type { NotAnalysed } from "../model/place.ts";
import type { CfgAtom, Package, Workspace } from "../model/workspace.ts";
import { generatedNames } from "../extract/generated-names.ts";
import { loadCrate } from "../extract/load-crate.ts";
import { cfgsOfBuildScript, worldsOf, type CrateInput } from "../resolve/index.ts";
import { PackageReader } from "../source/read-file.ts";

/** The crates of a workspace with their facts. */
export interface Loaded {
  readonly inputs: readonly CrateInput[];
  readonly notAnalysed: readonly NotAnalysed[];
  /** Names that procedural macros write into the code of their users. */
  readonly tokens: ReadonlySet<string>;
  readonly files: number;
  readonly bytes: number;
}

/**
 * Read the sources of everything that becomes part of the program: libraries of all packages that are built for
 * the target, binaries of the packages that were asked about.
 */
export function loadSources(
  workspace: Workspace,
  cfgs: readonly CfgAtom[],
  onPackage: (pkg: Package) => void,
): Loaded {
  const inputs: CrateInput[] = [];
  const notAnalysed: NotAnalysed[] = [];
  for (const pkg of workspace.packages.values()) {
    if (!pkg.builds.some((build) => build.for === "target")) continue;
    onPackage(pkg);
    try {
      inputs.push(...loadPackage(pkg, workspace, cfgs));
    } catch (error) {
      notAnalysed.push({
        cause: "package",
        message: `${pkg.id}: ${error instanceof Error ? error.message : String(error)}`,
        package: pkg.id,
      });
    }
  }
  const files = inputs.reduce((sum, input) => sum + input.source.files.size, 0);
  const bytes = inputs.reduce((sum, input) => sum + input.source.bytes, 0);
  return { inputs, notAnalysed, tokens: procMacroNames(workspace, cfgs), files, bytes };
}

/** From the templates of every package that only runs while the program is built. */
function procMacroNames(workspace: Workspace, cfgs: readonly CfgAtom[]): Set<string> {
  const names = new Set<string>();
  for (const pkg of workspace.packages.values()) {
    if (pkg.builds.length === 0 || pkg.builds.some((build) => build.for === "target")) continue;
    const root = pkg.targets.find(
      (target) => target.kind === "proc-macro" || target.kind === "lib",
    )?.root;
    if (root === undefined) continue;
    const worlds = hostWorlds(pkg, cfgs);
    for (const facts of loadCrate(new PackageReader(pkg.dir), root, worlds).files.values()) {
      for (const name of generatedNames(facts)) names.add(name);
    }
  }
  return names;
}

/** The machine that builds is taken to be like the target, with the features of the host's build. */
function hostWorlds(pkg: Package, cfgs: readonly CfgAtom[]): ReturnType<typeof worldsOf> {
  const builds = pkg.builds.map((build) => ({ ...build, for: "target" as const }));
  return worldsOf({ ...pkg, builds }, cfgs, () => 1);
}

function loadPackage(pkg: Package, workspace: Workspace, cfgs: readonly CfgAtom[]): CrateInput[] {
  const reader = new PackageReader(pkg.dir);
  const script = pkg.targets.find((target) => target.kind === "build-script");
  const text = script === undefined ? undefined : reader.read(script.root);
  const worlds = worldsOf(
    pkg,
    cfgs,
    cfgsOfBuildScript(text !== undefined && "text" in text ? text.text : undefined),
  );
  const asked = workspace.roots.includes(pkg.id);
  return pkg.targets
    .filter((target) => target.kind === "lib" || (asked && target.kind === "bin"))
    .map((target) => ({
      package: pkg,
      target,
      worlds,
      source: loadCrate(reader, target.root, worlds),
    }));
}
