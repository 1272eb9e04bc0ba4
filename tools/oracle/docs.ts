import type { Arch } from "../../src/model/host.ts";
import type { Comparison } from "./compare.ts";
import { effortSection, type MeasuredEffort } from "./effort/section.ts";
import type { FirstRun } from "./first.ts";
import { type Counts, countBy, percent, precision, recall, total } from "./figures.ts";
import { featureFlags, type OracleRun, subjectId, type Subject } from "./model.ts";
import { head, row } from "./table.ts";

/** One subject on one architecture, measured. */
export interface Measured {
  readonly subject: Subject;
  readonly arch: Arch;
  readonly run: OracleRun;
  readonly comparison: Comparison;
}

const TITLE = `# Accuracy

Written by \`npm run oracle -- --all --write-docs\`; do not edit. How it is measured: a copy of the
libc crate in which everything is deprecated is put below a copy of each workspace, and rustc's
warnings for the target are the truth: every resolved use, through macros, aliases, re-exports and
globs, in the whole tree. A use is the same when package, version, file, line, column and name are
the same. Recall is the part of rustc's uses that \`ape-lint inventory\` reports; precision is the
part of its rows that rustc confirms. A use that we have in another column of the line, or at the call
of the macro that it is written in, counts as missed and as wrong ("other column"). A row that says
\`active: unknown\` (its cfg is set by a build script, which is not run) is a hit where rustc confirms
it, and else "unsure", which is neither right nor wrong: it says itself that it can't be told. Constants, functions, statics and structs count; aliases of
types (\`pid_t\`) do not. Percentages are cut off, not rounded: 100.00 % means all.
`;

function figures(counts: Counts): (string | number)[] {
  return [
    counts.hits + counts.missed,
    counts.missed,
    counts.wrong,
    counts.unsure,
    percent(recall(counts)),
    percent(precision(counts)),
  ];
}

const COLUMNS = ["uses", "missed", "wrong", "unsure", "recall", "precision"];

function subjects(measured: readonly Measured[]): string {
  const lines = [head(["workspace", "flags", "packages", ...COLUMNS, "other column"])];
  const moved = (hits: Comparison["hits"]): number =>
    hits.filter((hit) => hit.place !== "exact").length;
  for (const { subject, run, comparison } of measured) {
    const flags = featureFlags(subject).join(" ") || "none";
    const cells = [...figures(total([comparison])), moved(comparison.hits)];
    lines.push(row([subjectId(subject), flags, run.packages.length, ...cells]));
  }
  const all = measured.map((each) => each.comparison);
  lines.push(
    row(["**all**", "", "", ...figures(total(all)), moved(all.flatMap((each) => each.hits))]),
  );
  return lines.join("\n");
}

/** Each package once, from the workspace in which it has most uses; the worst first. */
function packages(measured: readonly Measured[]): string {
  const best = new Map<string, Counts>();
  for (const { comparison } of measured) {
    for (const [name, counts] of countBy([comparison], "package")) {
      const known = best.get(name);
      if (known === undefined || counts.hits + counts.missed > known.hits + known.missed)
        best.set(name, counts);
    }
  }
  const worst = (c: Counts): number => Math.min(recall(c), precision(c));
  const sorted = [...best].toSorted(([a, x], [b, y]) => worst(x) - worst(y) || a.localeCompare(b));
  return [
    head(["package", ...COLUMNS]),
    ...sorted.map(([name, counts]) => row([name, ...figures(counts)])),
  ].join("\n");
}

function cut(measured: readonly Measured[], by: "kind" | "construct" | "context"): string {
  const counts = countBy(
    measured.map((each) => each.comparison),
    by,
  );
  const sorted = [...counts].toSorted(([, a], [, b]) => b.hits - a.hits);
  return [
    head([by, ...COLUMNS]),
    ...sorted.map(([name, each]) => row([name, ...figures(each)])),
  ].join("\n");
}

function left(measured: readonly Measured[]): string {
  const groups = new Map<string, Set<string>>();
  const add = (
    side: string,
    lonely: Comparison["missed"][number] | Comparison["wrong"][number],
  ): void => {
    const { row: at, cause } = lonely;
    const key = `${side}: ${cause}`;
    const place = `${at.package}@${at.version} ${at.file}:${at.line} \`${at.symbol}\``;
    groups.set(key, (groups.get(key) ?? new Set()).add(place));
  };
  for (const { comparison } of measured) {
    for (const each of comparison.missed) add("missed", each);
    for (const each of comparison.wrong) add("wrong", each);
  }
  const sorted = [...groups].toSorted(([, a], [, b]) => b.size - a.size);
  const shown = (places: ReadonlySet<string>): string => {
    const some = [...places].slice(0, 12).map((place) => `  - ${place}`);
    return places.size > 12
      ? [...some, `  - and ${places.size - 12} more`].join("\n")
      : some.join("\n");
  };
  if (sorted.length === 0) return "Nothing.";
  return sorted
    .map(([cause, places]) => `- ${cause} (${places.size})\n${shown(places)}`)
    .join("\n");
}

/** Crates that nobody had looked at: what came out at the first run, and what comes out now. */
function holdouts(measured: readonly Measured[], first: readonly FirstRun[]): string {
  const lines = [head(["workspace", "flags", "packages", "run", ...COLUMNS])];
  const before: Counts[] = [];
  for (const { subject, arch, run, comparison } of measured) {
    const flags = featureFlags(subject).join(" ") || "none";
    const about = [subjectId(subject), flags, run.packages.length];
    const once = first.find((one) => one.subject === subjectId(subject) && one.arch === arch);
    if (once !== undefined) {
      before.push(once);
      lines.push(row([...about, "first", ...figures(once)]));
    }
    lines.push(row([...about, "now", ...figures(total([comparison]))]));
  }
  const now = total(measured.map((each) => each.comparison));
  lines.push(row(["**all**", "", "", "first", ...figures(sum(before))]));
  lines.push(row(["**all**", "", "", "now", ...figures(now)]));
  return lines.join("\n");
}

function sum(counts: readonly Counts[]): Counts {
  const add = (what: keyof Counts): number => counts.reduce((all, one) => all + one[what], 0);
  return { hits: add("hits"), missed: add("missed"), wrong: add("wrong"), unsure: add("unsure") };
}

/** All that the page is written from. */
export interface Accuracy {
  readonly measured: readonly Measured[];
  readonly efforts: readonly MeasuredEffort[];
  readonly first: readonly FirstRun[];
  /** Sections whose figures are kept beside the tools. */
  readonly sections: string;
}

/** The text of `docs/accuracy.md`. */
export function accuracyPage({ measured, efforts, first: firstRuns, sections }: Accuracy): string {
  const [first] = measured;
  const parts = [TITLE];
  if (first !== undefined)
    parts.push(`${first.run.rustc}; targets \`ARCH-unknown-linux-musl\`, default profile.\n`);
  for (const arch of new Set(measured.map((each) => each.arch))) {
    const tuned = measured.filter((each) => each.arch === arch && each.subject.holdout !== true);
    const holdout = measured.filter((each) => each.arch === arch && each.subject.holdout === true);
    parts.push(`## ${arch}\n\n${subjects(tuned)}\n`);
    if (holdout.length > 0)
      parts.push(`### Not looked at before (${arch})\n\n${holdouts(holdout, firstRuns)}\n`);
  }
  parts.push(`## By kind\n\n${cut(measured, "kind")}\n`);
  parts.push(`## By how the name is written\n\n${cut(measured, "construct")}\n`);
  parts.push(`## By context\n\n${cut(measured, "context")}\n`);
  parts.push(`## What is left\n\n${left(measured)}\n`);
  parts.push(`## By package\n\n${packages(measured.filter((each) => each.arch === "x86_64"))}\n`);
  if (efforts.length > 0)
    parts.push(`## Contexts against the compiler\n\n${effortSection(efforts)}\n`);
  if (sections !== "") parts.push(sections);
  parts.push(`## Left out\n\n${failures(measured)}\n`);
  return parts.join("\n");
}

function failures(measured: readonly Measured[]): string {
  const lines = new Set<string>();
  for (const { run } of measured) {
    for (const [name, why] of Object.entries(run.failed))
      lines.add(`- ${name} in ${run.subject}: ${why}`);
  }
  return lines.size === 0 ? "Every package of every tree was checked." : [...lines].join("\n");
}
