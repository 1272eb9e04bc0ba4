import { run as analyse } from "../../api.ts";
import type { WorkSpan } from "../../model/options.ts";
import type { Invocation } from "../invocation.ts";
import { noteTimings, noteWhatWasRead } from "../notes.ts";
import { outputsOf } from "../output.ts";
import { withProgress } from "../progress.ts";
import { settingsOf } from "../settings.ts";
import { tellReport } from "../tell.ts";
import { writeTrace } from "../trace.ts";

/** The main job: says what breaks, where, on which hosts and why. */
export async function run(invocation: Invocation): Promise<number> {
  const { io } = invocation;
  const settings = await settingsOf(invocation);
  const { flags } = settings;
  // NOTE: two formats for one place are a mistake of the command line, to be told before anything is read.
  outputsOf(flags);
  if (flags.verbose) noteWhatWasRead(settings, io);
  const spans: WorkSpan[] = [];
  const told = new Set<string>();
  const onNotice = (message: string): void => {
    // NOTE: each of the caches says by itself that it cannot be written.
    if (!flags.quiet && !told.has(message)) io.stderr.write(`warning: ${message}\n`);
    told.add(message);
  };
  const found = await withProgress(io, flags, (onProgress) =>
    analyse({ ...settings.run, onProgress, onSpan: (span) => spans.push(span), onNotice }),
  );
  const { exitCode } = await tellReport(found, settings, io);
  if (flags.trace !== undefined) writeTrace(flags.trace, spans, io.cwd);
  if (flags.timings) noteTimings(found, spans, io);
  return exitCode;
}
