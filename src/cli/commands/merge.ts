import { readFileSync } from "node:fs";
import path from "node:path";
import { mergeReports } from "../../api.ts";
import { readReport } from "../../report/index.ts";
import { InputError } from "../../util/errors.ts";
import type { Invocation } from "../invocation.ts";
import { outputsOf } from "../output.ts";
import { settingsOf } from "../settings.ts";
import { tellReport } from "../tell.ts";

/** No report of ours is longer. */
const MAX_BYTES = 512 * 1024 * 1024;

/** Joins the JSON reports of several runs, and tells of them as one run would. */
export async function run(invocation: Invocation): Promise<number> {
  const { io, operands } = invocation;
  // NOTE: what is known was taken out by the runs themselves.
  const options = { ...invocation.options, baseline: false };
  const settings = await settingsOf({ ...invocation, operands: [], options });
  outputsOf(settings.flags);
  const files = operands.map((file) => ({ file, report: readReport(textOf(file, io.cwd), file) }));
  // NOTE: reports hold no path of a machine; the tree at hand gives code for frames and lines of Cargo.lock.
  const { exitCode } = await tellReport(mergeReports(files, settings.start), settings, io);
  return exitCode;
}

function textOf(file: string, cwd: string): string {
  try {
    const bytes = readFileSync(path.resolve(cwd, file));
    if (bytes.length > MAX_BYTES) throw new InputError("the report is too large", { place: file });
    return bytes.toString("utf8");
  } catch (cause) {
    if (cause instanceof InputError) throw cause;
    throw new InputError("cannot read the report", { place: file, cause });
  }
}
