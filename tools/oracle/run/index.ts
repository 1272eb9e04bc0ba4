import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Arch, Host } from "../../../src/model/host.ts";
import type { Cosmo } from "../cosmo.ts";
import { KeptFigures } from "../kept-figures.ts";
import { buildCosmo, buildPlain, builtBefore, programNames, type RunBuild } from "./build.ts";
import { predictRun } from "./predict.ts";
import {
  type FirstRun,
  isRightRun,
  type Outcome,
  type RunFigure,
  runKey,
  runSection,
} from "./section.ts";
import { type Face, overwrites, type Ran, start, type Start } from "./start.ts";

const FIGURES = new KeptFigures<RunFigure>(join(import.meta.dirname, "figures.json"), runKey);
const FIRST = join(import.meta.dirname, "first.json");

/** Which halves are run where. */
export const FACES: Readonly<Record<Arch, readonly (Face & Host)[]>> = {
  x86_64: ["linux-x64", "windows-x64"],
  aarch64: ["linux-arm64"],
};

export interface RunOracleOptions {
  /** Only these programs; empty: all. */
  readonly names: readonly string[];
  readonly build: RunBuild;
  readonly cosmo: Cosmo;
  readonly cache: string;
  /** Take what the programs did the last time; only our side is asked again. */
  readonly keep: boolean;
  /** Only build: running them is no heavy work. */
  readonly buildOnly: boolean;
  /** Only run what an earlier build left; the other programs are left out. */
  readonly asBuilt: boolean;
}

/** Builds and runs the programs on the faces of an architecture, compares, and keeps the figures. */
export async function runOracle(options: RunOracleOptions): Promise<void> {
  const { cosmo, build, keep, cache, buildOnly, names } = options;
  if (buildOnly) {
    await buildPlain(cache);
    return console.log(`${(await buildCosmo(cosmo, build, cache)).size} programs`);
  }
  const known = await FIGURES.read();
  const own = (one: RunFigure): boolean =>
    one.profile === build.profile &&
    FACES[cosmo.arch].some((face) => face === one.host) &&
    (names.length === 0 || names.includes(one.program));
  const ran = keep ? known.filter(own) : await runAll(options);
  await FIGURES.keep(ran, own);
  const judged: RunFigure[] = [];
  for (const one of ran) {
    const said = (await predictRun(one.program, build.profile)).get(one.host as Host);
    const { verdict = "unknown", because = [] } = said ?? {};
    judged.push({ ...one, verdict, because });
  }
  await FIGURES.keep(judged, own);
  for (const one of judged.filter((each) => !isRightRun(each)))
    console.log(
      `${one.program} ${one.host}: ${one.outcome} (${one.how ?? ""}); we say "${one.verdict}" ${one.because.join(" ")}`,
    );
  const right = judged.filter(isRightRun).length;
  console.log(`${build.profile} ${cosmo.arch}: ${right} of ${judged.length} right`);
}

async function runAll(options: RunOracleOptions): Promise<RunFigure[]> {
  const { cosmo, build, cache, names, asBuilt } = options;
  const plain = await buildPlain(cache);
  const built = await (asBuilt ? builtBefore : buildCosmo)(cosmo, build, cache);
  const figures: RunFigure[] = [];
  for (const program of await programNames()) {
    if (names.length > 0 && !names.includes(program)) continue;
    const wanted = await start(join(plain, program), "plain", cosmo.dir);
    const file = built.get(program);
    if (asBuilt && file === undefined) continue;
    for (const host of FACES[cosmo.arch]) {
      const outcome: Pick<RunFigure, "outcome" | "how"> =
        file === undefined
          ? { outcome: "does not build" }
          : await worst(wanted, { file, host, cosmo });
      const about = { program, profile: build.profile, host };
      figures.push({ ...about, ...outcome, verdict: "unknown", because: [] });
    }
  }
  return figures;
}

/** How often: some failures hang on where the stack lies, which is another place each time. */
const TIMES: Readonly<Record<Host & Face, number>> = {
  "linux-x64": 12,
  "linux-arm64": 2,
  "windows-x64": 1,
};

/** Runs a program until it does not work. */
export async function worst(
  wanted: Ran,
  program: { file: string; host: Host & Face; cosmo: Cosmo; given?: Start },
): Promise<Pick<RunFigure, "outcome" | "how">> {
  const { file, host, cosmo, given } = program;
  let found: Pick<RunFigure, "outcome" | "how"> = { outcome: "works" };
  for (let time = 0; time < TIMES[host] && found.outcome === "works"; time++)
    found = await judge(wanted, await start(file, host, cosmo.dir, given), file, cosmo);
  return found;
}

async function judge(
  wanted: Ran,
  got: Ran,
  file: string,
  cosmo: Cosmo,
): Promise<{ outcome: Outcome; how?: string }> {
  const over = await overwrites(file, cosmo, got.stderr);
  const isSame = got.stdout === wanted.stdout && sameEnd(wanted.code, got.code);
  if (!isSame || (panics(got) && !panics(wanted))) {
    const how = lastWords(got, wanted);
    return { outcome: "fails", how };
  }
  if (over.length > 0) return { outcome: "overwrites", how: over.join(", ") };
  return { outcome: "works" };
}

/** A program that ends with an error anyway may panic on the way to its words. */
function panics({ stderr }: Ran): boolean {
  return stderr.includes("panicked at");
}

/** An APE aborts by another signal than a plain program, and on Windows there is none: both only "do not end well". */
function sameEnd(wanted: number, got: number): boolean {
  return (wanted === 0) === (got === 0);
}

function lastWords({ stderr, stdout, code }: Ran, wanted: Ran): string {
  const panic = stderr.split("\n").filter((line) => !line.startsWith("APE-") && line.trim() !== "");
  const at = panic.findIndex((line) => line.includes("panicked at"));
  if (at >= 0) return clean(panic[at + 1] ?? "panic");
  if (code !== wanted.code)
    return clean(`exit code ${code}${panic[0] === undefined ? "" : `, ${panic[0]}`}`);
  return clean(`prints ${JSON.stringify(stdout)} and not ${JSON.stringify(wanted.stdout)}`);
}

function clean(text: string): string {
  return text
    .replaceAll(/\/tmp\/[\w./-]+/g, "PATH")
    .replaceAll("|", "/")
    .slice(0, 160);
}

/** The section of docs/accuracy.md about runs, from the figures kept so far. */
export async function runText(): Promise<string> {
  const first = JSON.parse(await readFile(FIRST, "utf8")) as FirstRun[];
  return runSection(await FIGURES.read(), first);
}
