import type { Progress, RunOptions } from "../model/options.ts";
import type { Knowledge } from "../model/knowledge.ts";
import type { NotAnalysed } from "../model/place.ts";
import type { Site } from "../model/site.ts";
import type { Suppression } from "../model/suppression.ts";
import type { Arch } from "../model/host.ts";
import type { CfgAtom, PackageId, Workspace } from "../model/workspace.ts";
import { DEFAULT_TRIPLES, loadWorkspace, type CargoOptions } from "../cargo/index.ts";
import { extractFile } from "../extract/extract.ts";
import { reachability } from "../reach/index.ts";
import { expandCrates, finishSites, GraphBuilder, SiteFinder } from "../resolve/index.ts";
import type { Cache } from "../extract/cache.ts";
import type { SitesFound } from "../source/manifest-sites.ts";
import { joined, sitesOfPackage } from "../source/package-sites.ts";
import { settingsSites } from "../source/settings-sites.ts";
import { readRustFile } from "../source/rust-file.ts";
import { InputError } from "../util/errors.ts";
import { cacheOf } from "./kept.ts";
import { loadSources } from "./load.ts";
import { recallRun, type CrateFacts } from "./run-cache.ts";
import { analyseSnippet } from "./snippet.ts";
import { suppressionsIn, suppressionsOf } from "./suppressions.ts";

/** Everything that the crates say, before any rule looks at it. */
export interface Facts {
  readonly workspace: Workspace;
  readonly sites: readonly Site[];
  readonly notAnalysed: readonly NotAnalysed[];
  readonly suppressions: readonly Suppression[];
  readonly target: string;
  readonly files: number;
  readonly bytes: number;
  readonly milliseconds: Record<string, number>;
}

/** Run the stages from cargo to resolve. */
export async function gatherFacts(
  options: RunOptions,
  knowledge: Knowledge,
  cfgs: readonly CfgAtom[],
): Promise<Facts> {
  const { input } = options;
  if (input.kind === "file") {
    const { text, dir, file } = readRustFile(input.path);
    return oneFile(text, knowledge, dir, file);
  }
  if (input.kind === "stdin") return oneFile(input.text, knowledge, "", "stdin.rs");
  const clock = stopwatch(options.onSpan);
  const triples = triplesFor(options.target);
  const workspace = await clock("cargo", () =>
    loadWorkspace(input, cargoOptions(options, triples)),
  );
  tell(options, { stage: "source", message: `${workspace.packages.size} packages` });
  const allCfgs = [...cfgs, ...(workspace.cfgs ?? [])];
  const cache = cacheOf(options);
  const found = await recallRun({ workspace, cfgs: allCfgs, cache }, () =>
    readTree({ workspace, cfgs: allCfgs, cache, options, clock }),
  );
  const settings = await clock("settings", () => settingsSites(workspace));
  return {
    ...found,
    workspace,
    sites: [...found.sites, ...settings.sites],
    notAnalysed: [...workspace.notAnalysed, ...found.notAnalysed, ...settings.notAnalysed],
    target: Object.values(triples).join(", "),
    milliseconds: clock.laps,
  };
}

/** Read, resolve and place everything: the whole work of a run without a cache. */
async function readTree(job: {
  workspace: Workspace;
  cfgs: readonly CfgAtom[];
  cache: Cache | undefined;
  options: RunOptions;
  clock: Stopwatch;
}): Promise<CrateFacts> {
  const { workspace, cfgs, cache, options, clock } = job;
  const builder = new GraphBuilder();
  const { graph } = builder;
  const beside = new Map<PackageId, SitesFound>();
  const loaded = await clock("extract", () =>
    loadSources(workspace, cfgs, {
      onPackage: (pkg, inputs) => {
        const crates = clock.within("resolve", () => builder.add(inputs));
        clock.within("macros", () => expandCrates(graph, crates));
        clock.within("manifests", () => beside.set(pkg.id, sitesOfPackage(pkg, workspace)));
      },
      cache,
      ...(options.jobs === undefined ? {} : { jobs: options.jobs }),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
      onSpan: (span) => {
        tell(options, { stage: "source", message: span.name });
        options.onSpan?.(span);
      },
    }),
  );
  tell(options, { stage: "resolve", message: `${loaded.files} files` });
  const reachOf = await clock("reach", () => reachability(graph, workspace, loaded.procMacros));
  const sites = await clock("sites", () => {
    const finder = new SiteFinder(graph);
    return graph.crates.flatMap((crate) =>
      finishSites(finder.find(crate), ({ at }) => reachOf(crate.id, at)),
    );
  });
  const outside = joined([...workspace.packages.keys()].flatMap((id) => beside.get(id) ?? []));
  const inCrates = graph.crates.flatMap((crate) =>
    crate.notAnalysed.map((note) => ({ ...note, package: crate.package })),
  );
  return {
    sites: [...sites, ...outside.sites],
    notAnalysed: [...loaded.notAnalysed, ...inCrates, ...outside.notAnalysed],
    suppressions: suppressionsOf(loaded.inputs),
    files: loaded.files,
    bytes: loaded.bytes,
  };
}

/** The file's own package alone: the libc crate around it is made up, and no result can stand in it. */
function withoutStandIns(workspace: Workspace): Workspace {
  const own = workspace.members.flatMap((id) => workspace.packages.get(id) ?? []);
  return {
    ...workspace,
    packages: new Map(own.map((pkg) => [pkg.id, { ...pkg, dependencies: [] }])),
  };
}

function oneFile(code: string, knowledge: Knowledge, dir: string, file: string): Facts {
  const { workspace, sites, graph } = analyseSnippet({
    code,
    edition: "2021",
    knowledge,
    dir,
    file,
    name: file.replace(/\.rs$/, ""),
  });
  const only =
    "one file was analysed by itself: names of crates other than std and libc are not resolved";
  const notAnalysed: NotAnalysed[] = [
    { cause: "approximate", message: only, file },
    ...graph.crates.flatMap((crate) =>
      crate.notAnalysed.map((note) => ({ ...note, package: crate.package })),
    ),
  ];
  return {
    workspace: withoutStandIns(workspace),
    sites,
    notAnalysed,
    suppressions: workspace.roots.flatMap((id) => {
      const pkg = workspace.packages.get(id);
      return pkg === undefined ? [] : suppressionsIn(pkg, file, extractFile(code));
    }),
    target: Object.values(DEFAULT_TRIPLES).join(", "),
    files: 1,
    bytes: code.length,
    milliseconds: {},
  };
}

/** What cargo is asked with, from the options of a run. */
export function cargoOptions(options: RunOptions, triples: CargoOptions["triples"]): CargoOptions {
  const { cargo = {}, signal, cacheDir } = options;
  return {
    ...cargo,
    ...(options.noCargo === true ? { cargo: "never" } : {}),
    ...(triples === undefined ? {} : { triples }),
    ...(signal === undefined ? {} : { signal }),
    ...(typeof cacheDir === "string" ? { cacheDir } : {}),
    onProgress: (message) => tell(options, { stage: "cargo", message }),
  };
}

/** `--target`: that triple only; its architecture has to be one of ours, since cfg is decided for it. */
export function triplesFor(target: string | undefined): NonNullable<CargoOptions["triples"]> {
  if (target === undefined) return DEFAULT_TRIPLES;
  const arch = target.split("-")[0] as Arch;
  if (arch in DEFAULT_TRIPLES && target.includes("-linux-")) return { [arch]: target };
  throw new InputError(`can't analyse for the target "${target}"`, {
    hint: `an APE is compiled for ${Object.values(DEFAULT_TRIPLES).join(" or ")}`,
  });
}

function tell(options: RunOptions, progress: Progress): void {
  options.onProgress?.(progress);
}

interface Stopwatch {
  <T>(name: string, work: () => T | Promise<T>): Promise<T>;
  /** Part of a stage that counts as another one. */
  within<T>(name: string, work: () => T): T;
  readonly laps: Record<string, number>;
}

/** Measures stages by wall clock, in whole milliseconds. */
function stopwatch(onSpan?: RunOptions["onSpan"]): Stopwatch {
  const laps: Record<string, number> = {};
  const parts = new Map<string, number>();
  const within = <T>(name: string, work: () => T): T => {
    const before = performance.now();
    const value = work();
    parts.set(name, (parts.get(name) ?? 0) + performance.now() - before);
    return value;
  };
  const measure = async <T>(name: string, work: () => T | Promise<T>): Promise<T> => {
    const start = Date.now();
    const before = performance.now();
    const value = await work();
    const milliseconds = performance.now() - before;
    laps[name] = Math.round(milliseconds - sum(parts.values()));
    for (const [part, own] of parts) laps[part] = Math.round(own);
    parts.clear();
    onSpan?.({ kind: "stage", name, start, milliseconds, thread: 0, cached: false });
    return value;
  };
  return Object.assign(measure, { laps, within });
}

function sum(values: Iterable<number>): number {
  return [...values].reduce((total, value) => total + value, 0);
}
