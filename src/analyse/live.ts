import type { RunOptions } from "../model/options.ts";
import type { Result } from "../model/result.ts";
import type { Reached, Site } from "../model/site.ts";
import type { Notice, Suppression } from "../model/suppression.ts";
import type { Package, PackageId, Workspace } from "../model/workspace.ts";
import { extractBodyFile, extractFile, isBodyFile } from "../extract/extract.ts";
import type { FileFacts } from "../extract/facts.ts";
import { loadCrate, type CrateSource } from "../extract/load-crate.ts";
import {
  dependenciesFirst,
  expandCrates,
  finishSites,
  GraphBuilder,
  Leads,
  SiteFinder,
  type CrateInput,
  type RawSite,
} from "../resolve/index.ts";
import { askedOfStd, Before } from "../rules/index.ts";
import { PackageReader } from "../source/read-file.ts";
import { carryOver, lineBefore } from "./carry.ts";
import { judgeSites, loadBench, type Bench } from "./judge-sites.ts";
import { cacheOf } from "./kept.ts";
import { lineMap, type LineMap } from "./line-map.ts";
import { loadSources } from "./load.ts";
import { neededBy } from "./needed.ts";
import { suppressionsOf } from "./suppressions.ts";
import type { Tree } from "./tree.ts";

/** What is said of one package after an edit. */
export interface LiveAnswer {
  readonly results: readonly Result[];
  readonly sites: readonly Site[];
  readonly suppressions: readonly Suppression[];
  readonly notices: readonly Notice[];
}

/** Larger dependencies are not kept in memory: what they bring is carried over from the last whole run. */
const LARGEST_DEPENDENCY = 200_000;

/**
 * One package of the user's kept in memory, so that an edit is judged at once: the edited file is read again, the
 * package's crates are resolved again, everything else is as the last whole run left it.
 */
export class Live {
  private readonly tree: Tree;
  private readonly options: RunOptions;
  private readonly bench: Bench;
  private readonly package: Package;
  private readonly inputs: readonly CrateInput[];
  private readonly builder: GraphBuilder;
  private readonly finder: SiteFinder;
  private readonly leads = new Leads();
  private readonly finished = new WeakMap<RawSite, Site>();
  private readonly before = new Before();
  private readonly mark: ReturnType<GraphBuilder["mark"]>;
  private readonly reach: ReadonlyMap<string, Partial<Reached>>;
  private readonly whole: readonly Site[];
  private readonly told: ReadonlySet<string>;
  private readonly quick: readonly Site[];
  private readonly reader: PackageReader;
  private readonly disk = new Map<string, string>();
  /** Crates read anew, by the `mod` lines that made it necessary. */
  private readonly layouts = new Map<string, CrateSource>();
  private readonly texts = new Map<string, { text: string; facts: FileFacts; map: LineMap }>();

  private constructor(parts: {
    tree: Tree;
    options: RunOptions;
    bench: Bench;
    id: PackageId;
    inputs: readonly CrateInput[];
  }) {
    const { tree, options, bench, id, inputs } = parts;
    this.tree = tree;
    this.options = options;
    this.bench = bench;
    this.package = tree.workspace.packages.get(id)!;
    this.reader = new PackageReader(this.package.dir);
    this.inputs = inputs.filter((input) => input.package.id === id);
    this.builder = new GraphBuilder();
    this.finder = new SiteFinder(this.builder.graph, askedOfStd(bench.rules));
    const { graph } = this.builder;
    for (const one of dependenciesFirst(tree.workspace, [id])) {
      if (one !== id) this.builder.add(inputs.filter((input) => input.package.id === one));
    }
    expandCrates(graph, graph.crates);
    for (const crate of graph.crates) this.finder.find(crate);
    this.mark = this.builder.mark();
    this.whole = tree.sites.filter((site) => site.package === id);
    this.reach = new Map(this.whole.map((site) => [reachKey(site.target, site.item), site]));
    const { name, version } = this.package;
    const own = tree.report.results.filter(
      (one) => one.package.name === name && one.package.version === version,
    );
    this.told = new Set(own.map((one) => placeKey(one.file, one.span.start, one.symbol)));
    this.quick = this.find(this.inputs);
  }

  /** Reads what a package needs to be judged by itself. Throws when its folder is not there. */
  static async open(tree: Tree, options: RunOptions, id: PackageId): Promise<Live> {
    const bench = await loadBench(options);
    const cfgs = [...bench.profile.cfgs, ...(options.cfgs ?? []), ...(tree.workspace.cfgs ?? [])];
    const needed = neededBy(tree.workspace, id);
    const inputs: CrateInput[] = [];
    for (const [one, sure] of needed) {
      const pkg = tree.workspace.packages.get(one)!;
      const alone: Workspace = { ...tree.workspace, packages: new Map([[one, pkg]]) };
      const loaded = await loadSources(alone, cfgs, { cache: cacheOf(options), jobs: 1 });
      if (sure || loaded.bytes <= LARGEST_DEPENDENCY) inputs.push(...loaded.inputs);
      await breath();
    }
    return new Live({ tree, options, bench, id, inputs });
  }

  /** What is said when these files have these texts; files that are not named are as they are on disk. */
  judge(edited: ReadonlyMap<string, string>): LiveAnswer {
    const { tree, bench, options } = this;
    this.read(edited);
    const inputs = this.inputs.map((input) => this.withTexts(input));
    const maps = new Map([...this.texts].map(([file, { map }]) => [file, map]));
    const seen = { whole: this.whole, quick: this.quick };
    const sites = carryOver(seen, this.find(inputs), maps).filter((site) =>
      this.isTold(site, maps),
    );
    const suppressions = suppressionsOf(inputs);
    const { workspace } = tree;
    const found = { sites, workspace, suppressions, options, before: this.before };
    const { results, notices } = judgeSites(bench, found);
    const aboutTexts = notices.filter(({ kind }) => kind !== "stale-baseline");
    return { results, sites, suppressions, notices: aboutTexts };
  }

  /** Take in the texts of edited files; what is not edited any more is as on disk. */
  private read(edited: ReadonlyMap<string, string>): void {
    for (const file of this.texts.keys()) if (!edited.has(file)) this.texts.delete(file);
    for (const [file, text] of edited) {
      if (this.texts.get(file)?.text === text) continue;
      const map = lineMap(this.onDisk(file), text);
      const known = this.inputs.flatMap(({ source }) => source.files.get(file) ?? []);
      const facts = known.some(isBodyFile) ? extractBodyFile(text) : extractFile(text);
      this.texts.set(file, { text, facts, map });
    }
  }

  /** The text that the whole run saw. */
  private onDisk(file: string): string {
    const known = this.disk.get(file);
    if (known !== undefined) return known;
    const source = this.reader.read(file);
    const text = "text" in source ? source.text : "";
    this.disk.set(file, text);
    return text;
  }

  /** A crate with the edited files in it; its module tree is walked again only where modules may have come or gone. */
  private withTexts(input: CrateInput): CrateInput {
    const { source, target } = input;
    const files = new Map(source.files);
    const moved: string[] = [];
    for (const [file, { facts }] of this.texts) {
      const before = files.get(file);
      if (before === undefined) continue;
      const modules = modulesOf(facts);
      if (modulesOf(before) !== modules) moved.push(modules);
      files.set(file, facts);
    }
    if (moved.length === 0) return { ...input, source: { ...source, files } };
    const layout = `${target.root}\n${moved.join("\n")}`;
    const known = this.layouts.get(layout) ?? this.layOut(input);
    this.layouts.set(layout, known);
    for (const file of known.files.keys()) files.set(file, known.files.get(file)!);
    for (const [file, { facts }] of this.texts) if (files.has(file)) files.set(file, facts);
    return { ...input, source: { ...known, files } };
  }

  /** Reads a crate's files anew, the edited ones as they are now. */
  private layOut({ target, worlds }: CrateInput): CrateSource {
    const reader = {
      read: (file: string) => {
        const text = this.texts.get(file)?.text;
        return text === undefined
          ? this.reader.read(file)
          : { text, bytes: Buffer.byteLength(text) };
      },
    };
    return loadCrate(reader, target.root, worlds);
  }

  private find(inputs: readonly CrateInput[]): Site[] {
    const { builder, finder, leads } = this;
    builder.rewind(this.mark);
    const crates = builder.add(inputs);
    expandCrates(builder.graph, crates);
    leads.renew(crates);
    const { reachOf, finished } = this;
    return crates.flatMap((crate) => finishSites(finder.find(crate, leads), reachOf, finished));
  }

  /** As the whole run found it. */
  private readonly reachOf = ({ target, item }: Site): Partial<Reached> => {
    const { reachable = "unknown", trail } = this.reach.get(reachKey(target, item)) ?? {};
    return trail === undefined ? { reachable } : { reachable, trail };
  };

  /** A constant of another package that is made of one of libc is told there, except where the whole run told it here. */
  private isTold(site: Site, maps: ReadonlyMap<string, LineMap>): boolean {
    const definedIn = site.data?.["definedIn"];
    if (site.via !== "derived" || definedIn === this.package.id) return true;
    const { line, column } = site.span.start;
    const before = lineBefore(maps, site.file, line);
    return (
      before !== undefined &&
      this.told.has(placeKey(site.file, { line: before, column }, site.name))
    );
  }
}

/** Whatever else waits for this thread comes first. */
function breath(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

function modulesOf({ items, includes }: FileFacts): string {
  const mods = items.filter(
    ({ kind, inline, macro }) =>
      (kind === "mod" && inline !== true) || (macro !== undefined && /\bmod\s/u.test(macro.text)),
  );
  return JSON.stringify([
    mods.map(({ name, cfg, paths, macro }) => [name, cfg, paths, macro?.text]),
    includes.map(({ argument }) => argument),
  ]);
}

function reachKey(target: Site["target"] | "proc-macro", item: string): string {
  return `${target}|${item}`;
}

function placeKey(file: string, at: { line: number; column: number }, symbol: string): string {
  return `${file}:${at.line}:${at.column}:${symbol}`;
}
