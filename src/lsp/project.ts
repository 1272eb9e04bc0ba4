import { join, sep } from "node:path";
import { pathToFileURL } from "node:url";
import type { Tree } from "../api.ts";
import { readBaseline } from "../config/index.ts";
import type { Result } from "../model/result.ts";
import type { Package } from "../model/workspace.ts";
import { loadRules, OWN_RULES, type Rule } from "../rules/index.ts";
import { InputError } from "../util/errors.ts";
import { Crates } from "./crates.ts";
import { manifestSquiggles } from "./diagnostics/manifest.ts";
import { noticeSquiggles, problemSquiggle } from "./diagnostics/problems.ts";
import { ownSquiggles } from "./diagnostics/rust.ts";
import type { Squiggle } from "./diagnostics/squiggle.ts";
import { runApart } from "./runner.ts";
import { projectSettings, type EditorSettings, type ProjectSettings } from "./settings.ts";

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
      this.tree = await runApart(run, hooks);
      this.settings = { ...settings, run };
      this.crates = new Crates(this.tree, settings.pedantic);
      this.problem = undefined;
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      this.problem = problemSquiggle(error, this.folder);
    }
  }

  /** The package that a file is in; the innermost where one lies inside another. */
  packageOf(file: string): Package | undefined {
    let best: Package | undefined;
    for (const pkg of this.tree?.workspace.packages.values() ?? [])
      if (file.startsWith(pkg.dir + sep) && pkg.dir.length > (best?.dir.length ?? 0)) best = pkg;
    return best;
  }

  isOwn(pkg: Package): boolean {
    return pkg.source === "path" || this.tree?.workspace.roots.includes(pkg.id) === true;
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
    const rule = this.rules.find((one) => one.id === id);
    return rule === undefined ? undefined : pathToFileURL(join(rule.folder, "README.md")).href;
  }

  /** The packages whose files are the user's own. */
  packages(): Package[] {
    return [...(this.tree?.workspace.packages.values() ?? [])].filter((pkg) => this.isOwn(pkg));
  }

  resultsOf({ name, version }: Pick<Package, "name" | "version">): readonly Result[] {
    return (this.tree?.report.results ?? []).filter(
      (result) => result.package.name === name && result.package.version === version,
    );
  }

  private ofPackage(pkg: Package, linesOf: (file: string) => readonly string[]): Squiggle[] {
    const { tree, crates, settings } = this;
    if (tree === undefined || crates === undefined || settings === undefined) return [];
    const hrefOf = (rule: string): string | undefined => this.hrefOf(rule);
    const own = ownSquiggles({
      dir: pkg.dir,
      results: this.resultsOf(pkg),
      sites: tree.sites.filter((site) => site.package === pkg.id),
      hrefOf,
      pedantic: settings.pedantic,
    });
    const lines = linesOf(join(pkg.dir, "Cargo.toml"));
    return [...own, ...manifestSquiggles({ crates, member: pkg, lines, hrefOf })];
  }

  private notices(): Squiggle[] {
    const { tree } = this;
    if (tree === undefined) return [];
    return noticeSquiggles({
      notices: tree.report.notices ?? [],
      suppressions: tree.suppressions,
      packages: this.packages(),
      folder: this.folder,
    });
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
