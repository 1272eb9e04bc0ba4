import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { WorkSpan } from "../model/options.ts";
import { InputError } from "../util/errors.ts";

/** Writes spans as a trace that Chrome's `about:tracing` and Perfetto open. */
export function writeTrace(file: string, spans: readonly WorkSpan[], cwd: string): void {
  const target = path.resolve(cwd, file);
  const first = Math.min(...spans.map(({ start }) => start));
  const traceEvents = spans.map(({ kind, name, start, milliseconds, thread, cached }) => ({
    name,
    cat: kind,
    ph: "X",
    pid: 1,
    tid: thread,
    ts: Math.round((start - first) * 1000),
    dur: Math.round(milliseconds * 1000),
    args: { cached },
  }));
  try {
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, `${JSON.stringify({ displayTimeUnit: "ms", traceEvents })}\n`);
  } catch (cause) {
    throw new InputError("the trace can't be written", { place: file, cause });
  }
}
