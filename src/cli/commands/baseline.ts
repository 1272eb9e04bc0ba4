import { writeFile } from "node:fs/promises";
import path from "node:path";
import { run as analyse } from "../../api.ts";
import { baselineOf, baselineText, prunedBaseline, readBaseline } from "../../config/index.ts";
import type { Baseline } from "../../model/baseline.ts";
import type { Report } from "../../model/result.ts";
import { InputError } from "../../util/errors.ts";
import { didYouMean } from "../../util/schema-hints.ts";
import { columns } from "../columns.ts";
import { BASELINE_WORDS } from "../commands.ts";
import { readFlags } from "../flags.ts";
import type { Invocation } from "../invocation.ts";
import { withProgress } from "../progress.ts";
import { baselineFile, settingsOf, shownPath, type Settings } from "../settings.ts";

/** Where a baseline goes when nobody says. */
const DEFAULT_NAME = "ape-lint-baseline.json";

interface Job {
  readonly invocation: Invocation;
  readonly settings: Settings;
  readonly file: string;
  readonly shown: string;
}

/** Writes down what is known, takes out of it what is gone, or shows it. */
export async function run(invocation: Invocation): Promise<number> {
  const [word = "", ...operands] = invocation.operands;
  const action = BASELINE_WORDS.find((each) => each === word);
  if (action === undefined) {
    const hint = didYouMean(word, BASELINE_WORDS) ?? `take ${BASELINE_WORDS.join(", ")}`;
    throw new InputError(`a baseline cannot be told to \`${word}\``, { hint });
  }
  // NOTE: the run itself sees everything; what is known is worked out from that.
  const options = { ...invocation.options, baseline: false };
  const settings = await settingsOf({ ...invocation, operands, options });
  const { cwd } = invocation.io;
  const file =
    baselineFile(readFlags(invocation.options), settings.config, cwd) ??
    path.join(settings.start, DEFAULT_NAME);
  await ACTIONS[action]({ invocation, settings, file, shown: shownPath(file, cwd) });
  return 0;
}

const ACTIONS = { write, prune, show } as const satisfies Record<
  (typeof BASELINE_WORDS)[number],
  (job: Job) => Promise<void>
>;

async function write(job: Job): Promise<void> {
  const { settings, shown, invocation } = job;
  const baseline = baselineOf(await look(job));
  await save(job, baseline);
  const { stdout } = invocation.io;
  stdout.write(
    `${shown}: ${countOf(baseline)} known results in ${baseline.results.length} entries\n`,
  );
  if (settings.config.baseline !== job.file)
    stdout.write(`to use it: --baseline ${shown}, or \`baseline = …\` in ape-lint.toml\n`);
}

async function prune(job: Job): Promise<void> {
  const before = readBaseline(job.file, job.shown);
  const report = await look(job);
  refuseNarrower(before, report, job);
  const after = prunedBaseline(before, report);
  await save(job, after);
  const gone = countOf(before) - countOf(after);
  job.invocation.io.stdout.write(`${job.shown}: ${gone} gone, ${countOf(after)} left\n`);
}

/** What a run does not look at is not gone. */
function refuseNarrower(before: Baseline, report: Report, { settings, shown }: Job): void {
  const { packages = [], exclude = [] } = settings.run.cargo ?? {};
  const hosts = before.hosts.filter((host) => !report.hosts.includes(host));
  const others = [
    ...(before.release === report.release ? [] : [`--release ${before.release}`]),
    ...(before.profile === report.profile ? [] : [`--profile ${before.profile}`]),
    ...(hosts.length === 0 ? [] : [`--host ${before.hosts.join(",")}`]),
    ...(packages.length + exclude.length === 0 ? [] : ["all packages"]),
  ];
  if (others.length === 0) return;
  throw new InputError("this run looks at less, or at something else, than the baseline holds", {
    place: shown,
    hint: `prune with ${others.join(", ")}`,
  });
}

async function show({ invocation, file, shown }: Job): Promise<void> {
  const baseline = readBaseline(file, shown);
  const { release, profile, hosts, results } = baseline;
  invocation.io.stdout.write(
    `${shown}: cosmocc ${release}, profile ${profile}, ${hosts.length} hosts\n`,
  );
  const rows = results.map(({ rule, package: name, file: where, symbol, places }) => [
    String(places.length),
    rule,
    where === undefined ? name : `${name}/${where}`,
    symbol,
  ]);
  invocation.io.stdout.write(columns(rows));
}

function look({ invocation: { io }, settings: { flags, run: options } }: Job): Promise<Report> {
  return withProgress(io, flags, (onProgress) => analyse({ ...options, onProgress }));
}

async function save({ file, shown }: Job, baseline: Baseline): Promise<void> {
  try {
    await writeFile(file, baselineText(baseline));
  } catch (cause) {
    throw new InputError("cannot write the baseline", { place: shown, cause });
  }
}

function countOf({ results }: Baseline): number {
  return results.reduce((sum, { places }) => sum + places.length, 0);
}
