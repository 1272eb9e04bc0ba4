import { join, sep } from "node:path";
import { openLive, type Live, type LiveAnswer, type Tree } from "../api.ts";
import { readBaseline } from "../config/index.ts";
import type { Result } from "../model/result.ts";
import type { Site } from "../model/site.ts";
import type { Package, PackageId } from "../model/workspace.ts";
import { loadRules, OWN_RULES, type Rule } from "../rules/index.ts";
import { InputError } from "../util/errors.ts";
import { Crates } from "./crates.ts";
import { manifestSquiggles } from "./diagnostics/manifest.ts";
import { noticeSquiggles, problemSquiggle } from "./diagnostics/problems.ts";
import { ownSquiggles } from "./diagnostics/rust.ts";
import type { Squiggle } from "./diagnostics/squiggle.ts";
import { pageIn } from "./rule-pages.ts";
import { runApart } from "./runner.ts";
import { projectSettings, type EditorSettings, type ProjectSettings } from "./settings.ts";
import { isOwn } from "../util/own.ts";

/** Packages that are kept in memory at most. */
const MOST_LIVES = 3;

/** What a scan tells while it goes on. */
export interface ScanHooks {
  readonly signal: AbortSignal;
  readonly onProgress: (message: string) => void;
}

/** One workspace of the user's, with what the last run said. */
export class Project {
  /** Absolute folder of the workspace's root manifest. */
  readonly folder: string;
  tree: Tree | undefined;
  crates: Crates | undefined;
  settings: ProjectSettings | undefined;
  rules: readonly Rule[] = [];
  /** Packages kept in memory, the one that was edited last at the end. */
  private readonly lives = new Map<PackageId, Promise<Live>>();
  /** What is said of packages since their files were edited. */
  private readonly edits = new Map<PackageId, LiveAnswer>();
  /** What manifests bring in, with the lines that say so: it stays the same while code is edited. */
  private readonly manifests = new Map<
    PackageId,
    { lines: readonly string[]; found: Squiggle[] }
  >();
  /** Why there is nothing to tell, when the user has to change something. */
  private problem: Squiggle | undefined;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Run all stages on what is on disk. Rejects when it was given up, and for what is our own mistake. */
  async scan(
    editor: EditorSettings,
    env: Readonly<Record<string, string | undefined>>,
    hooks: ScanHooks,
  ): Promise<void> {
    try {
      const settings = projectSettings(this.folder, editor, env);
      const { baseline } = settings.config;
      const run = {
        ...settings.run,
        ...(baseline === undefined ? {} : { baseline: readBaseline(baseline) }),
      };
      this.rules = await loadRules({ dirs: [OWN_RULES, ...(run.ruleDirs ?? [])] });
      const tree = await runApart(run, hooks);
      hooks.signal.throwIfAborted();
      this.tree = tree;
      this.settings = { ...settings, run };
      this.crates = new Crates(this.tree, settings.pedantic);
      this.problem = undefined;
      this.lives.clear();
      this.edits.clear();
      this.manifests.clear();
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      this.problem = problemSquiggle(error, this.folder);
    }
  }

  /** Brings a package into memory, so that the first keystroke need not wait. */
  live(id: PackageId): Promise<Live> | undefined {
    const { tree, settings } = this;
    if (tree === undefined || settings === undefined) return undefined;
    const known = this.lives.get(id);
    const live = known ?? openLive(tree, settings.run, id);
    this.lives.delete(id);
    this.lives.set(id, live);
    const [oldest = id] = this.lives.keys();
    if (this.lives.size > MOST_LIVES) this.lives.delete(oldest);
    return live;
  }

  /** Judges a package with files as they are in the editor, by paths relative to its folder; none: as on disk. */
  async edit(id: PackageId, textsOf: () => ReadonlyMap<string, string>): Promise<void> {
    const { tree } = this;
    const live = await this.live(id);
    // NOTE: while it was waited for, a run may have ended: its news are newer
    if (live === undefined || this.tree !== tree) return;
    const texts = textsOf();
    if (texts.size === 0) this.edits.delete(id);
    else this.edits.set(id, live.judge(texts));
  }

  /** Facts of a package, as its files are in the editor. */
  sitesOf(id: PackageId): readonly Site[] {
    const sites = this.edits.get(id)?.sites ?? this.tree?.sites ?? [];
    return sites.filter((site) => site.package === id);
  }

  /** The package that a file is in; the innermost where one lies inside another. */
  packageOf(file: string): Package | undefined {
    let best: Package | undefined;
    for (const pkg of this.tree?.workspace.packages.values() ?? [])
      if (file.startsWith(pkg.dir + sep) && pkg.dir.length > (best?.dir.length ?? 0)) best = pkg;
    return best;
  }

  isOwn(pkg: Package): boolean {
    return isOwn(this.tree?.workspace ?? { roots: [] }, pkg);
  }

  /** Everything that is to be shown, by file. */
  squiggles(linesOf: (file: string) => readonly string[]): Map<string, Squiggle[]> {
    const found = [
      ...(this.problem === undefined ? [] : [this.problem]),
      ...this.notices(),
      ...this.packages().flatMap((pkg) => this.ofPackage(pkg, linesOf)),
    ];
    return byFile(found);
  }

  hrefOf(id: string): string | undefined {
    return pageIn(this.rules, id);
  }

  /** The packages whose files are the user's own. */
  packages(): Package[] {
    return [...(this.tree?.workspace.packages.values() ?? [])].filter((pkg) => this.isOwn(pkg));
  }

  resultsOf({ id, name, version }: Package): readonly Result[] {
    const edited = this.edits.get(id);
    if (edited !== undefined) return edited.results;
    return (this.tree?.report.results ?? []).filter(
      (result) => result.package.name === name && result.package.version === version,
    );
  }

  private ofPackage(pkg: Package, linesOf: (file: string) => readonly string[]): Squiggle[] {
    const { tree, settings } = this;
    if (tree === undefined || settings === undefined) return [];
    const hrefOf = (rule: string): string | undefined => this.hrefOf(rule);
    const own = ownSquiggles({
      dir: pkg.dir,
      results: this.resultsOf(pkg),
      sites: this.sitesOf(pkg.id),
      hrefOf,
      pedantic: settings.pedantic,
    });
    return [...own, ...this.ofManifest(pkg, linesOf(join(pkg.dir, "Cargo.toml")))];
  }

  private ofManifest(member: Package, lines: readonly string[]): readonly Squiggle[] {
    const known = this.manifests.get(member.id);
    if (known?.lines === lines) return known.found;
    if (this.crates === undefined) return [];
    const hrefOf = (rule: string): string | undefined => this.hrefOf(rule);
    const found = manifestSquiggles({ crates: this.crates, member, lines, hrefOf });
    this.manifests.set(member.id, { lines, found });
    return found;
  }

  private notices(): Squiggle[] {
    const { tree } = this;
    if (tree === undefined) return [];
    const packages = this.packages();
    const edited = [...this.edits].flatMap(([id, { notices, suppressions }]) => {
      const owner = packages.filter((pkg) => pkg.id === id);
      return noticeSquiggles({ notices, suppressions, packages: owner, folder: this.folder });
    });
    const untouched = packages.filter(({ id }) => !this.edits.has(id));
    const others = noticeSquiggles({
      notices: tree.report.notices ?? [],
      suppressions: tree.suppressions,
      packages: untouched,
      folder: this.folder,
    });
    return [...edited, ...others];
  }
}

function byFile(squiggles: readonly Squiggle[]): Map<string, Squiggle[]> {
  const files = new Map<string, Squiggle[]>();
  for (const each of squiggles) {
    const list = files.get(each.file);
    if (list === undefined) files.set(each.file, [each]);
    else list.push(each);
  }
  return files;
}
