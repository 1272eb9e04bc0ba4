import path from "node:path";
import type { Report } from "../model/result.ts";
import { changedOnly, render, type RenderOptions } from "../report/index.ts";
import type { TextStyle } from "../report/options.ts";
import { loadTaxonomy } from "../kb/taxonomy.ts";
import { loadRules, OWN_RULES } from "../rules/index.ts";
import { InputError } from "../util/errors.ts";
import { changedLines } from "./git-changes.ts";
import type { Io } from "./io.ts";
import { noteWhatWasLeftOut } from "./notes.ts";
import { deliver, outputsOf, sinkOf } from "./output.ts";
import { select, type Selection } from "./select.ts";
import { criteriaOf, type Settings } from "./settings.ts";
import { textStyle } from "./terminal.ts";
import { treeOptions } from "./tree.ts";

/** Formats that carry every result with what is known of it; whoever reads them chooses. */
const FOR_PROGRAMS = new Set<string>(["json", "jsonl"]);

/** Tells a report in every format that was asked for, and what it leaves out; the selection has the exit code. */
export async function tellReport(found: Report, settings: Settings, io: Io): Promise<Selection> {
  const { flags } = settings;
  const tree = { ...(await treeOptions(found, io)), ...typedSource(settings) };
  const inDiff = await changesOf(found, flags, io);
  const options = { ...tree, ...(inDiff === undefined ? {} : { inDiff }) };
  const selection = select(flags.onlyChanged ? changedOnly(found, options) : found, {
    ...criteriaOf(settings),
    maxFindings: flags.maxFindings,
  });
  const common = { ...options, ...(await ruleOptions(settings)), exitCode: selection.exitCode };
  for (const request of outputsOf(flags)) {
    const text = { ...textStyle(io, sinkOf(request, io), flags), ...inputWord(settings, io) };
    const shown = FOR_PROGRAMS.has(request.format) ? selection.whole : selection.report;
    await deliver(request, render(request.format, shown, { ...common, text }), io);
  }
  if (!flags.quiet) noteWhatWasLeftOut(selection, io);
  // NOTE: no crate works on every host; that must not be taken for an answer.
  if (found.packages.length === 0) {
    io.stderr.write("error: nothing was analysed: no crate here becomes part of a program\n");
    io.stderr.write("  hint: procedural macros and build scripts run where the program is built\n");
  }
  return selection;
}

/** Code that came by stdin is on no disk. */
function typedSource({ run: { input } }: Settings): Pick<RenderOptions, "source"> {
  return input.kind === "stdin" ? { source: () => input.text } : {};
}

/** The input as a word for the next command line; nothing for the folder at hand and for stdin. */
function inputWord({ run: { input } }: Settings, { cwd }: Io): Pick<TextStyle, "input"> {
  if (input.kind === "stdin") return {};
  if (input.kind === "crate") return { input: `${input.name}@${input.version ?? "latest"}` };
  const relative = path.relative(cwd, input.path);
  const word = relative.startsWith("..") ? input.path : relative;
  if (word === "") return {};
  return { input: /^[\w@%+=:,./-]+$/u.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'` };
}

async function changesOf(
  { root }: Report,
  { changedSince, onlyChanged }: Settings["flags"],
  io: Io,
): Promise<RenderOptions["inDiff"]> {
  if (changedSince !== undefined) return changedLines(root, changedSince, io);
  if (!onlyChanged) return undefined;
  throw new InputError("--only-changed needs --changed-since", {
    hint: "name the revision that the change starts from: --changed-since origin/main",
  });
}

async function ruleOptions({ flags, run }: Settings): Promise<RenderOptions> {
  const rules = await loadRules({ dirs: [OWN_RULES, ...(run.ruleDirs ?? [])] });
  const { sarifMaxResults, sarifIncludeSuppressed } = flags;
  return {
    rules,
    taxonomy: loadTaxonomy(),
    sarif: {
      includeSuppressed: sarifIncludeSuppressed,
      ...(sarifMaxResults === undefined ? {} : { maxResults: sarifMaxResults }),
    },
  };
}
