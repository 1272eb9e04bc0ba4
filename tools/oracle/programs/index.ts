import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { run } from "../../../src/api.ts";
import type { Host } from "../../../src/model/host.ts";
import type { HostVerdict } from "../../../src/model/result.ts";
import type { Cosmo } from "../cosmo.ts";
import { linkCopy } from "../link/build.ts";
import { subjectId } from "../model.ts";
import type { RunBuild } from "../run/build.ts";
import { FACES, worst } from "../run/index.ts";
import { isRightRun } from "../run/section.ts";
import { start } from "../run/start.ts";
import { buildPlainProgram, buildProgramFor, workload } from "./build.ts";
import { type ProgramFigure, programSection } from "./section.ts";
import { type ProgramSubject, readPrograms } from "./subjects.ts";

const FIGURES = join(import.meta.dirname, "figures.json");

export interface ProgramOracleOptions {
  /** Only these programs; empty: all that the profile names. */
  readonly names: readonly string[];
  readonly build: RunBuild;
  readonly cosmo: Cosmo;
  readonly cache: string;
  /** Take what the programs did the last time; only our side is asked again. */
  readonly keep: boolean;
  /** Only build: running them is no heavy work. */
  readonly buildOnly: boolean;
}

/** Builds and runs real programs, compares with the verdicts, and keeps the figures. */
export async function programOracle(options: ProgramOracleOptions): Promise<void> {
  const { names, build } = options;
  for (const subject of await readPrograms()) {
    if (!subject.profiles.includes(build.profile)) continue;
    if (names.length > 0 && !names.includes(subject.name)) continue;
    for (const figure of await measureProgram(subject, options)) {
      await keepFigure(figure);
      const { program, host, outcome, verdict, workloads } = figure;
      const how = workloads.map(({ name, how: why }) => `${name}: ${why ?? "works"}`).join("; ");
      const mark = isRightRun(figure) ? "" : "WRONG ";
      console.log(`${mark}${program} ${host}: ${outcome}, we say "${verdict}" (${how})`);
    }
  }
}

async function measureProgram(
  subject: ProgramSubject,
  options: ProgramOracleOptions,
): Promise<ProgramFigure[]> {
  const { build, cosmo, keep, buildOnly, cache } = options;
  const about = { program: subjectId(subject), profile: build.profile };
  if (buildOnly) {
    await buildPlainProgram(subject, cache);
    const file = await buildProgramFor(subject, options);
    console.log(`${about.program}: ${file === undefined ? "does not link" : "built"}`);
    return [];
  }
  const said = await verdictsOf(subject, options);
  const judged = (one: Omit<ProgramFigure, "verdict" | "because">): ProgramFigure => ({
    ...one,
    ...(said.get(one.host as Host) ?? { verdict: "unknown", because: [] }),
  });
  const known = (await readFigures()).filter((one) => sameRun(one, about, cosmo));
  const ran = keep ? known : await runProgram(subject, options);
  return ran.map(judged);
}

function sameRun(
  one: ProgramFigure,
  about: Pick<ProgramFigure, "program" | "profile">,
  { arch }: Cosmo,
): boolean {
  const onFace = FACES[arch].some((face) => face === one.host);
  return one.program === about.program && one.profile === about.profile && onFace;
}

async function runProgram(
  subject: ProgramSubject,
  options: ProgramOracleOptions,
): Promise<Omit<ProgramFigure, "verdict" | "because">[]> {
  const { build, cosmo, cache } = options;
  const plain = await buildPlainProgram(subject, cache);
  const file = await buildProgramFor(subject, options);
  const figures: Omit<ProgramFigure, "verdict" | "because">[] = [];
  for (const host of FACES[cosmo.arch]) {
    const about = { program: subjectId(subject), profile: build.profile, host };
    const workloads: ProgramFigure["workloads"][number][] = [];
    for (const [name, args] of Object.entries(file === undefined ? {} : subject.workloads)) {
      const given = workload(args);
      const wanted = await start(plain, "plain", cosmo.dir, given);
      workloads.push({ name, ...(await worst(wanted, { file: file ?? "", host, cosmo, given })) });
    }
    const outcome = file === undefined ? "does not build" : worstOf(workloads);
    const why = outcome === "works" ? subject.notShown[host] : undefined;
    figures.push({ ...about, outcome, workloads, ...(why === undefined ? {} : { notShown: why }) });
  }
  return figures;
}

function worstOf(workloads: ProgramFigure["workloads"]): ProgramFigure["outcome"] {
  const outcomes = new Set(workloads.map(({ outcome }) => outcome));
  if (outcomes.has("fails")) return "fails";
  return outcomes.has("overwrites") ? "overwrites" : "works";
}

/** What `check` says of the program per host, and the rules that decide it. */
async function verdictsOf(
  subject: ProgramSubject,
  { build, cache }: ProgramOracleOptions,
): Promise<ReadonlyMap<Host, { verdict: HostVerdict; because: readonly string[] }>> {
  const { features, allFeatures, defaultFeatures } = subject;
  const report = await run({
    input: { kind: "path", path: await linkCopy(subject, cache) },
    profile: build.profile,
    cargo: { features: [...features], allFeatures, noDefaultFeatures: !defaultFeatures },
  });
  const rules = new Map(report.results.map(({ fingerprint, rule }) => [fingerprint, rule]));
  return new Map(
    report.matrix.map(({ host, verdict, because }) => {
      const deciding = because.flatMap((each) => rules.get(each) ?? []);
      return [host, { verdict, because: [...new Set(deciding)] }];
    }),
  );
}

async function keepFigure(figure: ProgramFigure): Promise<void> {
  const key = (one: ProgramFigure): string => `${one.profile} ${one.host} ${one.program}`;
  const others = (await readFigures()).filter((one) => key(one) !== key(figure));
  const all = [...others, figure].toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
  await writeFile(FIGURES, `${JSON.stringify(all, null, 1)}\n`);
}

/** The section of docs/accuracy.md about real programs, from the figures kept so far. */
export async function programText(): Promise<string> {
  return programSection(await readFigures());
}

async function readFigures(): Promise<ProgramFigure[]> {
  return JSON.parse(await readFile(FIGURES, "utf8").catch(() => "[]")) as ProgramFigure[];
}
