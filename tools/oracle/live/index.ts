import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gatherFacts } from "../../../src/analyse/stages.ts";
import { loadKnowledge } from "../../../src/kb/load.ts";
import { KeptFigures } from "../kept-figures.ts";
import { subjectId, type Subject } from "../model.ts";
import { BUILDS, buildProgram, liveCopy, TRIPLE, type Build } from "./build.ts";
import { Judge, type Judged } from "./judge.ts";
import { addLiveLines, type LiveLines } from "./lines.ts";
import { liveSection, type LiveCounts, type LiveFigures } from "./section.ts";

const FIGURES = new KeptFigures<LiveFigures>(
  join(import.meta.dirname, "figures.json"),
  ({ subject }) => subject,
);

export interface LiveOptions {
  readonly subject: Subject;
  readonly cache: string;
  /** Absent: all. */
  readonly builds?: readonly Build[];
  /** Not looked at while the stage was written. */
  readonly holdout: boolean;
}

/** Builds a program, sets our reachability against what is in it, and writes every difference into the cache. */
export async function measureLive(
  options: LiveOptions,
): Promise<LiveFigures & { reportFile: string }> {
  const { subject, cache, builds = BUILDS } = options;
  const lines: LiveLines = new Map();
  for (const build of builds)
    for (const file of await buildProgram(subject, build, cache)) await addLiveLines(file, lines);
  const path = await liveCopy(subject, cache);
  const { features, allFeatures, defaultFeatures } = subject;
  const facts = await gatherFacts(
    {
      input: { kind: "path", path },
      target: TRIPLE,
      cargo: { features: [...features], allFeatures, noDefaultFeatures: !defaultFeatures },
    },
    loadKnowledge(),
    [],
  );
  const packages = [...facts.workspace.packages.values()];
  const judge = new Judge(packages, lines);
  const judged: Judged[] = [];
  for (const site of facts.sites) {
    const counts = site.symbolKind !== "type" && site.via !== "derived" && site.active === "yes";
    const one = site.kind === "libc-use" && counts ? await judge.judge(site) : undefined;
    if (one !== undefined) judged.push(one);
  }
  const reportFile = join(cache, `report-live-${subjectId(subject)}.txt`);
  await writeFile(reportFile, `${judged.map(toLine).join("\n")}\n`);
  const count = (where: Judged["where"], live: boolean): { shown: number; hidden: number } => {
    const some = judged.filter((one) => one.where === where && one.live === live);
    const hidden = some.filter(({ site }) => site.reachable === "no").length;
    return { shown: some.length - hidden, hidden };
  };
  return {
    subject: subjectId(subject),
    builds,
    holdout: options.holdout,
    packages: packages.length,
    liveBodies: count("body", true),
    deadBodies: count("body", false),
    deadEntries: count("entry", false),
    reportFile,
  };
}

function toLine({ site, where, live }: Judged): string {
  const place = `${site.package} ${site.file}:${site.span.start.line}`;
  const said = [where, live ? "LIVE" : "DEAD", site.reachable ?? "unknown", place, site.name];
  return [...said, site.context, site.item, site.trail?.join(" > ") ?? ""].join(" | ");
}

/** Keeps the figures of a program beside those of others. */
export async function keepFigures(figures: LiveFigures): Promise<void> {
  const known = await FIGURES.read();
  const before = known.find(({ subject, holdout }) => subject === figures.subject && holdout);
  const { subject, builds } = figures;
  const holdout = figures.holdout || before !== undefined;
  const first = before === undefined ? {} : { first: before.first ?? countsOf(before) };
  const own = { subject, builds, holdout, ...countsOf(figures), ...first };
  await FIGURES.keep([own]);
}

function countsOf({ packages, liveBodies, deadBodies, deadEntries }: LiveCounts): LiveCounts {
  return { packages, liveBodies, deadBodies, deadEntries };
}

/** The section of docs/accuracy.md about reachability, from the figures kept so far. */
export async function liveText(): Promise<string> {
  return liveSection(await FIGURES.read());
}
