import { run as analyse } from "../../api.ts";
import { render, type RenderOptions } from "../../report/index.ts";
import type { WorkSpan } from "../../model/options.ts";
import type { Report } from "../../model/result.ts";
import { loadRules, loadTaxonomy, OWN_RULES } from "../../rules/index.ts";
import type { Invocation } from "../invocation.ts";
import { noteTimings, noteWhatWasLeftOut, noteWhatWasRead } from "../notes.ts";
import { deliver, outputsOf, sinkOf } from "../output.ts";
import { withProgress } from "../progress.ts";
import { select } from "../select.ts";
import { settingsOf, type Settings } from "../settings.ts";
import { textStyle } from "../terminal.ts";
import { writeTrace } from "../trace.ts";
import { treeOptions } from "../tree.ts";

/** Formats that carry every result with what is known of it; whoever reads them chooses. */
const FOR_PROGRAMS = new Set<string>(["json", "jsonl"]);

/** The main job: says what breaks, where, on which hosts and why. */
export async function run(invocation: Invocation): Promise<number> {
  const { io } = invocation;
  const settings = await settingsOf(invocation);
  const { flags } = settings;
  const outputs = outputsOf(flags);
  if (flags.verbose) noteWhatWasRead(settings, io);
  const spans: WorkSpan[] = [];
  const onNotice = (message: string): void => {
    if (!flags.quiet) io.stderr.write(`warning: ${message}\n`);
  };
  const found = await withProgress(io, flags, (onProgress) =>
    analyse({ ...settings.run, onProgress, onSpan: (span) => spans.push(span), onNotice }),
  );
  const selection = select(found, {
    pedantic: settings.pedantic,
    all: flags.all,
    failOn: settings.failOn,
    strict: flags.strict,
    maxFindings: flags.maxFindings,
  });
  const common = await renderOptions(selection.report, settings, selection.exitCode);
  for (const request of outputs) {
    const text = textStyle(io, sinkOf(request, io), flags);
    const shown = FOR_PROGRAMS.has(request.format) ? selection.whole : selection.report;
    await deliver(request, render(request.format, shown, { ...common, text }), io);
  }
  if (!flags.quiet) noteWhatWasLeftOut(selection, io);
  if (flags.trace !== undefined) writeTrace(flags.trace, spans, io.cwd);
  if (flags.timings) noteTimings(found, spans, io);
  return selection.exitCode;
}

async function renderOptions(
  report: Report,
  settings: Settings,
  exitCode: number,
): Promise<RenderOptions> {
  const [rules, taxonomy] = await Promise.all([
    loadRules({ dirs: [OWN_RULES, ...(settings.run.ruleDirs ?? [])] }),
    loadTaxonomy(),
  ]);
  const { sarifMaxResults, sarifIncludeSuppressed } = settings.flags;
  return {
    ...treeOptions(report),
    rules,
    taxonomy,
    exitCode,
    sarif: {
      includeSuppressed: sarifIncludeSuppressed,
      ...(sarifMaxResults === undefined ? {} : { maxResults: sarifMaxResults }),
    },
  };
}
