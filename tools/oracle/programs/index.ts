import { join } from "node:path";
import { run } from "../../../src/api.ts";
import type { Host } from "../../../src/model/host.ts";
import type { HostVerdict } from "../../../src/model/result.ts";
import type { Cosmo } from "../cosmo.ts";
import { KeptFigures } from "../kept-figures.ts";
import { linkCopy } from "../link/build.ts";
import { subjectId } from "../model.ts";
import { FACES, worst, type RunOracleOptions } from "../run/index.ts";
import { isRightRun, runKey } from "../run/section.ts";
import { start } from "../run/start.ts";
import { buildPlainProgram, buildProgramFor, workload } from "./build.ts";
import { type ProgramFigure, programSection } from "./section.ts";
import { type ProgramSubject, readPrograms } from "./subjects.ts";

const FIGURES = new KeptFigures<ProgramFigure>(join(import.meta.dirname, "figures.json"), runKey);

/** As for the programs of our own; `names` empty: all that the profile names. */
export type ProgramOracleOptions = Omit<RunOracleOptions, "asBuilt">;

/** Builds and runs real programs, compares with the verdicts, and keeps the figures. */
export async function programOracle(options: ProgramOracleOptions): Promise<void> {
  const { names, build } = options;
  for (const subject of await readPrograms()) {
    if (!subject.profiles.includes(build.profile)) continue;
    if (names.length > 0 && !names.includes(subject.name)) continue;
    for (const figure of await measureProgram(subject, options)) {
      await FIGURES.keep([figure]);
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
  const known = (await FIGURES.read()).filter((one) => sameRun(one, about, cosmo));
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

/** The section of docs/accuracy.md about real programs, from the figures kept so far. */
export async function programText(): Promise<string> {
  return programSection(await FIGURES.read());
}
