import type { WorkSpan } from "../model/options.ts";
import type { Report } from "../model/result.ts";
import { plain } from "../report/plain.ts";
import type { Io } from "./io.ts";
import type { Selection } from "./select.ts";
import type { Settings } from "./settings.ts";

/** Says on stderr what decided the run (`--verbose`). */
export function noteWhatWasRead({ config, run }: Settings, io: Io): void {
  const file = config.file === undefined ? "none" : `${config.file} (found by ${config.by})`;
  io.stderr.write(`configuration: ${file}\n`);
  const { input, profile = "none", release, hosts } = run;
  const what =
    "path" in input ? input.path : input.kind === "crate" ? input.name : "standard input";
  io.stderr.write(`input: ${what}; profile: ${profile}; release: ${release ?? "default"}\n`);
  io.stderr.write(`hosts: ${hosts?.join(" ") ?? "all"}\n`);
}

/** Says on stderr what was found and not shown, and which ignores should be looked at. */
export function noteWhatWasLeftOut({ report, cut, unsure, unreachable }: Selection, io: Io): void {
  for (const { place, message } of report.notices ?? [])
    io.stderr.write(`warning: ${plain(place)}: ${plain(message)}\n`);
  if (cut > 0) io.stderr.write(`${cut} more results are not shown: --max-findings\n`);
  if (unreachable > 0)
    io.stderr.write(
      `${unreachable} results that nothing in the program leads to are not shown: --all\n`,
    );
  if (unsure > 0)
    io.stderr.write(
      `${unsure} results of low confidence or level are not shown: --pedantic, --min-severity note\n`,
    );
}

/** How many packages the table of times names. */
const SLOWEST = 15;

/** Says on stderr where the time went (`--timings`): stages in order, then the packages that took longest. */
export function noteTimings({ stats }: Report, spans: readonly WorkSpan[], io: Io): void {
  const stages = Object.entries(stats.milliseconds);
  const crates = spans
    .filter(({ kind }) => kind === "crate")
    .toSorted((a, b) => b.milliseconds - a.milliseconds);
  const slowest = crates.slice(0, SLOWEST);
  const names = [...stages.map(([stage]) => stage), ...slowest.map(({ name }) => name)];
  const width = Math.max(...names.map((name) => name.length), 5);
  const line = (name: string, time: number, note = ""): void =>
    io.stderr.write(`${name.padEnd(width)} ${time.toFixed(0).padStart(8)} ms${note}\n`);
  for (const [stage, time] of stages) line(stage, time);
  if (slowest.length > 0) io.stderr.write(`\npackages read, slowest of ${crates.length}:\n`);
  for (const { name, milliseconds, thread, cached } of slowest)
    line(name, milliseconds, cached ? "  kept" : `  thread ${thread}`);
  const megabytes = (stats.bytes / 1e6).toFixed(1);
  io.stderr.write(`${stats.packages} packages, ${stats.files} files, ${megabytes} MB\n`);
}
