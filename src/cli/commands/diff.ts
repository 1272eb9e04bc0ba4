import { existsSync } from "node:fs";
import path from "node:path";
import { compareReports, run as analyse, type NamedReport } from "../../api.ts";
import type { TreeDiff } from "../../model/diff.ts";
import { LEVELS } from "../../model/rule.ts";
import { DIFF_FORMATS, renderDiff } from "../../report/diff.ts";
import { EXIT } from "../exit-codes.ts";
import { readFlags } from "../flags.ts";
import { formsOf } from "../forms.ts";
import type { Invocation } from "../invocation.ts";
import { deliver, outputsOf, sinkOf } from "../output.ts";
import { withProgress } from "../progress.ts";
import { select } from "../select.ts";
import { criteriaOf, settingsOf, type Settings } from "../settings.ts";
import { withStates, type State } from "../states.ts";
import { textStyle } from "../terminal.ts";

/** Shows what a change of dependencies brings and takes away. Exits with 1 when it brings what would fail a run. */
export async function run(invocation: Invocation): Promise<number> {
  const { io, operands } = invocation;
  const [, next = ""] = operands;
  const project = projectOf(readFlags(invocation.options).manifestPath, next, io.cwd);
  const options = { ...invocation.options, manifestPath: undefined };
  const settings = await settingsOf({ ...invocation, operands: [project], options });
  const outputs = formsOf(outputsOf(settings.flags), DIFF_FORMATS, "a difference is not");
  const reports = await withStates(operands, { project, cwd: io.cwd, io }, async (states) => {
    const found: NamedReport[] = [];
    for (const state of states) found.push(await look(state, settings, invocation));
    return found;
  });
  const diff = compareReports(reports[0]!, reports[1]!);
  for (const { form, request } of outputs) {
    const style = textStyle(io, sinkOf(request, io), settings.flags);
    await deliver(request, renderDiff(form, diff, style), io);
  }
  return exitCode(diff, reports, settings);
}

/** The project whose lockfiles or revisions are meant: the folder at hand, else the new lockfile's own. */
function projectOf(manifest: string | undefined, next: string, cwd: string): string {
  if (manifest !== undefined) {
    const place = path.resolve(cwd, manifest);
    return path.basename(place) === "Cargo.toml" ? path.dirname(place) : place;
  }
  const beside = path.dirname(path.resolve(cwd, next));
  const isProject = (dir: string): boolean => existsSync(path.join(dir, "Cargo.toml"));
  return !isProject(cwd) && isProject(beside) ? beside : cwd;
}

async function look(
  { name, dir }: State,
  settings: Settings,
  { io }: Invocation,
): Promise<NamedReport> {
  const { flags, run: options } = settings;
  // NOTE: what is known is in both states; the difference is what nobody knows yet.
  const { baseline: _, ...rest } = options;
  const report = await withProgress(io, flags, (onProgress) =>
    analyse({ ...rest, input: { kind: "path", path: dir }, onProgress }),
  );
  return { name, report: select(report, criteriaOf(settings)).whole };
}

function exitCode(
  { packages }: TreeDiff,
  reports: readonly NamedReport[],
  { failOn, flags }: Settings,
): number {
  const isWhole = reports.every(({ report }) => report.notAnalysed.length === 0);
  if (flags.strict && !isWhole) return EXIT.incomplete;
  if (failOn === "never") return EXIT.clean;
  const worst = LEVELS.indexOf(failOn);
  const fails = packages.some(({ added }) =>
    added.some(({ level }) => LEVELS.indexOf(level) <= worst),
  );
  return fails ? EXIT.results : EXIT.clean;
}
