import type { Report } from "../model/result.ts";
import { render, type RenderOptions } from "../report/index.ts";
import { loadRules, loadTaxonomy, OWN_RULES } from "../rules/index.ts";
import type { Io } from "./io.ts";
import { noteWhatWasLeftOut } from "./notes.ts";
import { deliver, outputsOf, sinkOf } from "./output.ts";
import { select, type Selection } from "./select.ts";
import type { Settings } from "./settings.ts";
import { textStyle } from "./terminal.ts";
import { treeOptions } from "./tree.ts";

/** Formats that carry every result with what is known of it; whoever reads them chooses. */
const FOR_PROGRAMS = new Set<string>(["json", "jsonl"]);

/** Tells a report in every format that was asked for, and what it leaves out; the selection has the exit code. */
export async function tellReport(found: Report, settings: Settings, io: Io): Promise<Selection> {
  const { flags } = settings;
  const selection = select(found, {
    pedantic: settings.pedantic,
    all: flags.all,
    failOn: settings.failOn,
    strict: flags.strict,
    maxFindings: flags.maxFindings,
  });
  const common = await renderOptions(selection, settings, io);
  for (const request of outputsOf(flags)) {
    const text = textStyle(io, sinkOf(request, io), flags);
    const shown = FOR_PROGRAMS.has(request.format) ? selection.whole : selection.report;
    await deliver(request, render(request.format, shown, { ...common, text }), io);
  }
  if (!flags.quiet) noteWhatWasLeftOut(selection, io);
  return selection;
}

async function renderOptions(
  { report, exitCode }: Selection,
  { flags, run }: Settings,
  io: Io,
): Promise<RenderOptions> {
  const [rules, taxonomy, tree] = await Promise.all([
    loadRules({ dirs: [OWN_RULES, ...(run.ruleDirs ?? [])] }),
    loadTaxonomy(),
    treeOptions(report, io),
  ]);
  const { sarifMaxResults, sarifIncludeSuppressed } = flags;
  return {
    ...tree,
    rules,
    taxonomy,
    exitCode,
    sarif: {
      includeSuppressed: sarifIncludeSuppressed,
      ...(sarifMaxResults === undefined ? {} : { maxResults: sarifMaxResults }),
    },
  };
}
