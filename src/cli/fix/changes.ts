import path from "node:path";
import { applyEdits, withoutOverlap, type Edit, type Group } from "../../fix/edits.ts";
import { planFixes, planManifest } from "../../fix/index.ts";
import type { Planned } from "../../fix/plan.ts";
import { refusesUnsafe } from "../../fix/read-in-unsafe.ts";
import type { FixHint } from "../../model/fix.ts";
import type { PackageReport, Report, Result } from "../../model/result.ts";
import { PackageReader } from "../../source/read-file.ts";
import { rootTexts, rustTexts } from "../../source/rust-texts.ts";

/** A file with the edits that are made in it. */
export interface Change {
  /** Absolute. */
  readonly path: string;
  /** As people are shown it: from the root of the tree. */
  readonly shown: string;
  readonly before: string;
  readonly after: string;
  readonly edits: readonly Edit[];
}

/** What one look at a report leads to. */
export interface Changes {
  readonly files: readonly Change[];
  readonly made: readonly Planned[];
  /** Repairs that a person has to look at, and that nobody asked for. */
  readonly held: number;
  /** Places that a rule has a repair for, but not in the code that is around them. */
  readonly left: number;
}

/** A repair with all files that it changes. */
interface Repair extends Group {
  readonly planned: Planned;
}

/** The repairs of results in the packages that were asked about; never in a dependency. Nothing is written. */
export async function changesOf(job: {
  readonly report: Report;
  readonly results: readonly Result[];
  readonly unsafe: boolean;
}): Promise<Changes> {
  const packages = job.report.packages.filter(isAskedFor);
  const texts = new Map<string, string>();
  const code = await codeRepairs(packages, job.results, texts);
  const repairs = [...code.repairs, ...manifestRepairs(packages, job.results, texts)];
  const wanted = repairs.filter(({ planned }) => job.unsafe || planned.kind === "safe");
  const made = withoutOverlap(wanted);
  return {
    files: filesOf(made, texts, job.report),
    made: made.map(({ planned }) => planned),
    held: placeCount(repairs) - placeCount(wanted),
    left: code.places - placeCount(code.repairs),
  };
}

/** @param texts gets the files that were looked at, by absolute path */
async function codeRepairs(
  packages: readonly PackageReport[],
  results: readonly Result[],
  texts: Map<string, string>,
): Promise<{ repairs: Repair[]; places: number }> {
  const repairs: Repair[] = [];
  let places = 0;
  const hintsOf = new Map(packages.map((one) => [one, hintsIn(one, results)]));
  const isWork = [...hintsOf.values()].some(({ size }) => size > 0);
  const others = isWork ? await rustTexts(packages.map(({ dir }) => dir)) : [];
  for (const each of others) texts.set(each.file, each.text);
  for (const [one, hints] of hintsOf) {
    const reader = new PackageReader(one.dir);
    const forbidsUnsafe = rootTexts(one.dir).some(refusesUnsafe);
    for (const [file, some] of hints) {
      places += some.length;
      const source = reader.read(file);
      if (!("text" in source)) continue;
      const full = path.join(one.dir, file);
      texts.set(full, source.text);
      const context = {
        forbidsUnsafe,
        others: others.filter((each) => each.file !== full),
      };
      for (const planned of planFixes(source.text, some, context)) {
        const parts = [{ file: full, edits: planned.edits }, ...(planned.elsewhere ?? [])];
        repairs.push({ planned, parts });
      }
    }
  }
  return { repairs, places };
}

const MANIFEST = "Cargo.toml";

/** Features of dependencies; a dependency that nobody names is added only where it is clear to whom. */
function manifestRepairs(
  packages: readonly PackageReport[],
  results: readonly Result[],
  texts: Map<string, string>,
): Repair[] {
  return packages.flatMap(({ dir }) => {
    const source = new PackageReader(dir).read(MANIFEST);
    if (!("text" in source)) return [];
    const file = path.join(dir, MANIFEST);
    texts.set(file, source.text);
    const options = { mayAdd: packages.length === 1 };
    const planned = results.flatMap((result) => planManifest(result, source.text, options));
    return planned.map((each) => ({ planned: each, parts: [{ file, edits: each.edits }] }));
  });
}

function filesOf(
  made: readonly Repair[],
  texts: ReadonlyMap<string, string>,
  { root }: Report,
): Change[] {
  const byFile = new Map<string, Edit[]>();
  for (const { file, edits } of made.flatMap(({ parts }) => parts))
    byFile.set(file, [...(byFile.get(file) ?? []), ...edits]);
  return [...byFile].toSorted().map(([file, edits]) => {
    const before = texts.get(file) ?? "";
    const shown = path.relative(root, file).replaceAll("\\", "/");
    return { path: file, shown, before, after: applyEdits(before, edits), edits };
  });
}

/** What the run was about and is in the user's tree: code of others is not ours to change. */
function isAskedFor(one: PackageReport): boolean {
  return one.source === "path" && one.path.length === 1;
}

function hintsIn(one: PackageReport, results: readonly Result[]): Map<string, FixHint[]> {
  const files = new Map<string, FixHint[]>();
  for (const result of results) {
    if (result.package.name !== one.name || result.package.version !== one.version) continue;
    for (const hint of result.fixes ?? []) {
      if (hint.apply === "turn-on-feature") continue;
      const known = files.get(hint.file);
      if (known === undefined) files.set(hint.file, [hint]);
      else known.push(hint);
    }
  }
  return files;
}

function placeCount(repairs: readonly Repair[]): number {
  return repairs.reduce((sum, { planned }) => sum + planned.hints.length, 0);
}
