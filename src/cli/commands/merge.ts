import path from "node:path";
import { mergeReports } from "../../api.ts";
import { isSarif, mergeSarif, type SarifFile } from "../../report/index.ts";
import { readReport } from "../../report/read.ts";
import { InputError } from "../../util/errors.ts";
import type { Invocation } from "../invocation.ts";
import { EXIT } from "../exit-codes.ts";
import type { Io } from "../io.ts";
import { deliver, outputsOf } from "../output.ts";
import type { FormatRequest } from "../parse.ts";
import { settingsOf, type Settings } from "../settings.ts";
import { tellReport } from "../tell.ts";
import { readRegularText } from "../../util/regular-file.ts";

/** No report of ours is longer. */
const MAX_BYTES = 512 * 1024 * 1024;

/** Joins the JSON reports, or the SARIF files, of several runs, and tells of them as one run would. */
export async function run(invocation: Invocation): Promise<number> {
  const { io, operands } = invocation;
  // NOTE: what is known was taken out by the runs themselves.
  const options = { ...invocation.options, baseline: false };
  const settings = await settingsOf({ ...invocation, operands: [], options });
  const outputs = outputsOf(settings.flags);
  const texts = operands.map((file) => ({ file, text: textOf(file, io.cwd) }));
  if (texts.some(({ text }) => isSarif(text))) return joinSarif(texts, outputs, settings, io);
  const files = texts.map(({ file, text }) => ({ file, report: readReport(text, file) }));
  // NOTE: reports hold no path of a machine; the tree at hand gives code for frames and lines of Cargo.lock.
  const { exitCode } = await tellReport(mergeReports(files, settings.start), settings, io);
  return exitCode;
}

/** SARIF has folded and cut; it can only become SARIF again. */
async function joinSarif(
  files: readonly SarifFile[],
  outputs: readonly FormatRequest[],
  { flags }: Settings,
  io: Io,
): Promise<number> {
  const other = outputs.find(({ format }) => format !== "sarif");
  if (other !== undefined) {
    throw new InputError(`SARIF cannot be told as ${other.format}`, {
      hint: "join it with `--format sarif`, or join JSON reports, which tell everything",
    });
  }
  const merged = mergeSarif(files, flags.sarifMaxResults);
  for (const request of outputs) await deliver(request, merged, io);
  return EXIT.clean;
}

function textOf(file: string, cwd: string): string {
  try {
    return readRegularText(path.resolve(cwd, file), MAX_BYTES);
  } catch (cause) {
    throw new InputError("cannot read the report", { place: file, cause });
  }
}
