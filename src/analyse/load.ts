import type { NotAnalysed } from "../model/place.ts";
import type { CfgAtom, Package, PackageId, Workspace } from "../model/workspace.ts";
import type { ProcMacros } from "../extract/generated-names.ts";
import { dependenciesFirst, type CrateInput } from "../resolve/index.ts";
import { buildTools, type SitesFound } from "../source/manifest-sites.ts";
import type { Written } from "../extract/written-code.ts";
import { libraryTask, readScripts, scriptTask } from "./scripts.ts";
import { standsOn } from "../util/stands-on.ts";
import { sitesOfPackage } from "../source/package-sites.ts";
import { targetWorlds, type CrateTask } from "./crates.ts";
import type { Cache } from "../extract/cache.ts";
import { readAll, readNow, type PoolOptions } from "./pool.ts";
import type { Outcome } from "./workers.ts";

/** The crates of a workspace with their facts. */
export interface Loaded {
  readonly inputs: readonly CrateInput[];
  readonly notAnalysed: readonly NotAnalysed[];
  readonly procMacros: readonly ProcMacros[];
  /** What build scripts write that a crate of their package includes. */
  readonly scripts: ReadonlyMap<PackageId, Written>;
  readonly files: number;
  readonly bytes: number;
}

export interface LoadOptions extends PoolOptions {
  /**
   * Told of the crates of each package as soon as they and all that they depend on are read.
   * @returns whether code is put into them that the package's build script writes
   */
  readonly onPackage?: (
    pkg: Package,
    inputs: readonly CrateInput[],
    /** Facts of the package outside Rust code. */
    outside: SitesFound,
  ) => boolean;
  /** Packages to begin with; each behind its dependencies, which are among them. */
  readonly first?: Iterable<PackageId>;
  /** Packages whose crates need not be read. */
  readonly skip?: ReadonlySet<PackageId>;
}

/**
 * Read the sources of everything that becomes part of the program: libraries of all packages that are built for
 * the target, binaries of the packages that were asked about; and of what procedural macros write into them.
 */
export async function loadSources(
  workspace: Workspace,
  cfgs: readonly CfgAtom[],
  options: LoadOptions = {},
): Promise<Loaded> {
  const { first = [], skip } = options;
  const targets = targetTasks(workspace, cfgs).filter(
    (task) => skip?.has(task.package.id) !== true,
  );
  const hosts = hostTasks(workspace, cfgs);
  const found = new Map<PackageId, readonly CrateInput[]>();
  const failed = new Map<PackageId, NotAnalysed>();
  const byMacros = new Map<PackageId, Outcome>();
  const scripts: CrateTask[] = [];
  const read: [PackageId, Written][] = [];
  await readAll([...inOrder(workspace, targets, first), ...hosts], options, (task, outcome) => {
    const { id } = task.package;
    if (task.kind === "host") return void byMacros.set(id, outcome);
    if ("error" in outcome) failed.set(id, unreadable(task.package, outcome.error));
    const inputs = inputsOf(task, outcome, workspace);
    found.set(id, inputs);
    const includes = options.onPackage?.(task.package, inputs, outsideOf(task, outcome)) === true;
    if (!includes) return;
    if ("written" in outcome && outcome.written !== undefined) read.push([id, outcome.written]);
    else scripts.push(...scriptTask(task, inputs));
  });
  const ids = targets.map((task) => task.package.id);
  const inputs = ids.flatMap((id) => found.get(id) ?? []);
  const notAnalysed = ids.flatMap((id) => failed.get(id) ?? []);
  const procMacros = procMacrosOf(workspace, byMacros);
  const written = await readScripts(scripts, read, { workspace, cfgs, options });
  return { inputs, notAnalysed, procMacros, scripts: written, ...sizeOf(inputs) };
}

/** How many files crates are read from, and their bytes. */
export function sizeOf(inputs: readonly CrateInput[]): Pick<Loaded, "files" | "bytes"> {
  return {
    files: inputs.reduce((sum, { source }) => sum + source.files.size, 0),
    bytes: inputs.reduce((sum, { source }) => sum + source.bytes, 0),
  };
}

/** Read the library of one package, at once. Throws when it can't be read. */
export function readLibrary(
  pkg: Package,
  {
    workspace,
    cfgs,
    cache,
  }: { workspace: Workspace; cfgs: readonly CfgAtom[]; cache?: Cache | undefined },
): Pick<CrateInput, "worlds" | "source"> {
  const task = targetTask(pkg, workspace, cfgs);
  const inputs = inputsOf(task, readNow(task, cache), workspace);
  const found = inputs.find(({ target }) => target.kind === "lib");
  if (found === undefined) throw new RangeError(`${pkg.id} has no library`);
  return found;
}

/** Dependencies first: they can be laid out while the rest is read. */
function inOrder(
  workspace: Workspace,
  tasks: readonly CrateTask[],
  first: Iterable<PackageId>,
): CrateTask[] {
  const byPackage = new Map(tasks.map((task) => [task.package.id, task]));
  return [...dependenciesFirst(workspace, [...first, ...byPackage.keys()])].flatMap(
    (id) => byPackage.get(id) ?? [],
  );
}

function unreadable(pkg: Package, error: string): NotAnalysed {
  return { cause: "package", message: `${pkg.id}: ${error}`, package: pkg.id };
}

function targetTasks(workspace: Workspace, cfgs: readonly CfgAtom[]): CrateTask[] {
  return [...workspace.packages.values()]
    .filter((pkg) => pkg.builds.some((build) => build.for === "target"))
    .map((pkg) => targetTask(pkg, workspace, cfgs));
}

function targetTask(pkg: Package, workspace: Workspace, cfgs: readonly CfgAtom[]): CrateTask {
  const roots = cratesOf(pkg, workspace).map((target) => target.root);
  return { kind: "target", package: pkg, roots, cfgs, tools: buildTools(pkg, workspace) };
}

/** What is in a package's folder besides Rust code; also of one whose code could not be read. */
function outsideOf(task: CrateTask, outcome: Outcome): SitesFound {
  if ("outside" in outcome) return outcome.outside;
  return sitesOfPackage(task.package, task.tools);
}

function cratesOf(pkg: Package, workspace: Workspace): Package["targets"] {
  const asked = workspace.roots.includes(pkg.id);
  return pkg.targets.filter((target) => target.kind === "lib" || (asked && target.kind === "bin"));
}

function inputsOf(task: CrateTask, outcome: Outcome, workspace: Workspace): CrateInput[] {
  if (!("sources" in outcome)) return [];
  const { package: pkg, cfgs } = task;
  const worlds = targetWorlds(pkg, cfgs, outcome.script);
  return cratesOf(pkg, workspace).flatMap((target, index) => {
    const source = outcome.sources[index];
    return source === undefined ? [] : [{ package: pkg, target, worlds, source }];
  });
}

/** Every package of procedural macros, and what their code may call while it generates. */
function hostTasks(workspace: Workspace, cfgs: readonly CfgAtom[]): CrateTask[] {
  const ids = macroPackages(workspace).flatMap((pkg) => [...standsOn(workspace, pkg.id)]);
  return [...new Set(ids)].map((id) => libraryTask("host", workspace.packages.get(id)!, cfgs));
}

function macroPackages(workspace: Workspace): Package[] {
  return [...workspace.packages.values()].filter(
    (pkg) =>
      pkg.targets.some((target) => target.kind === "proc-macro") &&
      pkg.builds.some((build) => build.for === "host"),
  );
}

/** What the packages of procedural macros say, each with the packages that it stands on. */
function procMacrosOf(
  workspace: Workspace,
  written: ReadonlyMap<PackageId, Outcome>,
): ProcMacros[] {
  return macroPackages(workspace).map((pkg) => {
    const own = written.get(pkg.id);
    const names = new Set(own !== undefined && "names" in own ? own.names : []);
    const paths = new Set<string>();
    const telling = new Set<string>();
    for (const one of standsOn(workspace, pkg.id)) {
      const outcome = written.get(one);
      if (outcome === undefined || !("paths" in outcome)) continue;
      for (const path of outcome.paths) paths.add(path);
      for (const path of outcome.telling) telling.add(path);
    }
    return { package: pkg.id, names, paths, telling };
  });
}
