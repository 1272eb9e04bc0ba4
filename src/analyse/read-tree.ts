import type { WorkSpan } from "../model/options.ts";
import type { Site } from "../model/site.ts";
import type { CfgAtom, Package, PackageId, Workspace } from "../model/workspace.ts";
import type { Cache } from "../extract/cache.ts";
import { reachability, type ReachOf } from "../reach/index.ts";
import {
  expandCrates,
  finishSites,
  gapsOf,
  GraphBuilder,
  SiteFinder,
  type Crate,
  type RawSites,
} from "../resolve/index.ts";
import type { SitesFound } from "../source/manifest-sites.ts";
import { joined } from "../source/package-sites.ts";
import { foundationKey, foundationOf } from "./foundation.ts";
import { isKeptFoundation, type KeptCrate, type KeptFoundation } from "./kept-foundation.ts";
import { loadSources, readLibrary, sizeOf, type Loaded } from "./load.ts";
import type { CrateFacts } from "./run-cache.ts";
import type { Stopwatch } from "./stopwatch.ts";
import { suppressionsOf } from "./suppressions.ts";

/** What a tree is read with. */
export interface Job {
  readonly workspace: Workspace;
  readonly cfgs: readonly CfgAtom[];
  /** Beginnings of the names of std that rules ask about; absent: all are told. */
  readonly std?: readonly string[] | undefined;
  readonly cache: Cache | undefined;
  readonly clock: Stopwatch;
  readonly jobs?: number;
  readonly signal?: AbortSignal;
  readonly onSpan: (span: WorkSpan) => void;
  readonly onStage: (message: string) => void;
}

/** What stands under a program, and what an earlier run found out about it. */
export interface Basis {
  readonly foundation: readonly PackageId[];
  /** Under which it is kept; absent: nothing is. */
  readonly key: string | undefined;
  readonly known: KeptFoundation | undefined;
}

export function basisOf({ workspace, cfgs, std, cache }: Job): Basis {
  const foundation = foundationOf(workspace);
  const key = cache === undefined ? undefined : foundationKey(workspace, foundation, { cfgs, std });
  const kept = key === undefined ? undefined : cache?.get("foundations", key);
  return { foundation, key, known: isKeptFoundation(kept) ? kept : undefined };
}

/**
 * Read, resolve and place everything; of the packages under the program only what the program gets to, when an earlier
 * run kept the rest.
 */
export async function readTree(job: Job, basis = basisOf(job)): Promise<ReadTree> {
  const { foundation, key, known } = basis;
  const read = (from?: KeptFoundation): ReturnType<TreeReader["read"]> =>
    new TreeReader(job, { foundation, known: from, isKept: key !== undefined }).read();
  const { facts, keep } = await read(known).catch((error: unknown) => {
    // what does not fit to the crates any more, or was written by somebody else, is worked out again
    if (known === undefined || job.signal?.aborted === true) throw error;
    return read();
  });
  const isWhole = facts.notAnalysed.every(({ cause }) => cause !== "package");
  return {
    facts,
    keep: () => {
      const news = key === undefined || !isWhole ? undefined : keep();
      if (key !== undefined && news !== undefined) job.cache?.put("foundations", key, news);
    },
  };
}

export interface ReadTree {
  readonly facts: CrateFacts;
  /** Keep what the next run need not work out again; can wait until the facts are handed over. */
  keep(): void;
}

/** What some of the packages say. */
type Part = Pick<KeptFoundation, "outside" | "notAnalysed" | "files" | "bytes">;

class TreeReader {
  private readonly job: Job;
  private readonly foundation: ReadonlySet<PackageId>;
  private readonly known: KeptFoundation | undefined;
  private readonly isKept: boolean;
  private readonly builder = new GraphBuilder();
  private readonly finder: SiteFinder;
  private readonly outside = new Map<PackageId, SitesFound>();
  /** By the crate's id. */
  private readonly sites: RawSites[] = [];

  /** @param options `isKept`: whether what is found out about the foundation is to be kept */
  constructor(
    job: Job,
    options: {
      foundation: readonly PackageId[];
      known: KeptFoundation | undefined;
      isKept: boolean;
    },
  ) {
    const { foundation, known, isKept } = options;
    this.job = job;
    this.foundation = new Set(foundation);
    this.known = known;
    this.isKept = isKept;
    this.finder = new SiteFinder(this.builder.graph, job.std, isKept);
  }

  async read(): Promise<{ facts: CrateFacts; keep: () => KeptFoundation | undefined }> {
    const { clock, workspace, onStage } = this.job;
    const { known } = this;
    for (const one of known?.crates ?? []) this.addAsleep(one);
    const loaded = await clock("extract", () => this.load());
    onStage(`${loaded.files} files`);
    const { graph } = this.builder;
    const base = graph.crates.filter((crate) => this.foundation.has(crate.package));
    const reach = await clock("reach", () =>
      reachability({
        graph,
        workspace,
        macros: loaded.procMacros,
        kept: known?.reach,
        keep: this.isKept ? base.length : 0,
      }),
    );
    const sites = await clock("sites", () => this.finishSites(reach.reachOf));
    const below = known ?? this.partOf(loaded, true);
    const own = this.partOf(loaded, false);
    const facts: CrateFacts = {
      sites: [...sites, ...below.outside.sites, ...own.outside.sites],
      notAnalysed: [...below.notAnalysed, ...own.notAnalysed],
      suppressions: suppressionsOf(loaded.inputs),
      files: below.files + own.files,
      bytes: below.bytes + own.bytes,
    };
    const toKeep = (): KeptFoundation | undefined => {
      const isNews = base.some(({ answers }) => answers?.isNews === true);
      const kept = reach.keep(isNews);
      if (kept === undefined) return undefined;
      const crates = base.map((one, at) => this.keptOf(one, known?.crates[at]));
      return { ...below, reach: kept, crates };
    };
    return { facts, keep: toKeep };
  }

  /** The sources of everything that is not known yet. */
  private load(): Promise<Loaded> {
    const { workspace, cfgs, clock } = this.job;
    const { graph } = this.builder;
    const isBelow = ({ id }: Package): boolean => this.isKept && this.foundation.has(id);
    return loadSources(workspace, cfgs, {
      ...this.job,
      first: this.foundation,
      skip: this.known === undefined ? new Set() : this.foundation,
      onPackage: (pkg, inputs, outside) => {
        const crates = clock.within("resolve", () => this.builder.add(inputs, isBelow(pkg)));
        clock.within("macros", () => expandCrates(graph, crates));
        clock.within("sites", () => {
          for (const crate of crates) this.sites[crate.id] = this.finder.find(crate);
        });
        this.outside.set(pkg.id, outside);
        return crates.some((crate) => crate.generated.length > 0);
      },
    });
  }

  private addAsleep({ package: id, exported, sites, origins, answers }: KeptCrate): void {
    const { workspace, cfgs, cache } = this.job;
    const pkg = workspace.packages.get(id);
    const target = pkg?.targets.find(({ kind }) => kind === "lib");
    if (pkg === undefined || target === undefined) throw new RangeError(`${id} has no library`);
    const read = (): ReturnType<typeof readLibrary> => readLibrary(pkg, { workspace, cfgs, cache });
    const crate = this.builder.addAsleep({
      package: pkg,
      target,
      exported: new Set(exported),
      answers,
      read,
    });
    this.sites[crate.id] = sites;
    this.finder.know(crate, origins);
  }

  private finishSites(reachOf: ReachOf): Site[] {
    return this.sites.flatMap((raw, id) => finishSites(raw, ({ at }) => reachOf(id, at)));
  }

  /** @param below of the foundation, or of all that stands on it */
  private partOf(loaded: Loaded, below: boolean): Part {
    const isIn = (id: PackageId | undefined): boolean =>
      (id !== undefined && this.foundation.has(id)) === below;
    const inputs = loaded.inputs.filter((input) => isIn(input.package.id));
    const crates = this.builder.graph.crates.filter((crate) => isIn(crate.package));
    const ids = [...this.job.workspace.packages.keys()].filter(isIn);
    const outside = joined(ids.flatMap((id) => this.outside.get(id) ?? []));
    const { workspace } = this.job;
    const notes = crates.flatMap((crate) => gapsOf(crate, workspace, loaded));
    return {
      outside,
      notAnalysed: [
        ...loaded.notAnalysed.filter((note) => isIn(note.package)),
        ...notes,
        ...outside.notAnalysed,
      ],
      ...sizeOf(inputs),
    };
  }

  private keptOf(crate: Crate, known: KeptCrate | undefined): KeptCrate {
    const answers = crate.answers!.keep(this.builder.graph.files);
    if (known !== undefined) return { ...known, answers };
    return {
      package: crate.package,
      exported: [...crate.exported.keys()],
      sites: this.sites[crate.id]!,
      origins: this.finder.originsOf(crate),
      answers,
    };
  }
}
