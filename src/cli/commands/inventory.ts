import { inventory } from "../../api.ts";
import { rowsAsJsonl } from "../../report/index.ts";
import { InputError } from "../../util/errors.ts";
import type { Invocation } from "../invocation.ts";
import { deliver, outputsOf } from "../output.ts";
import { progressLine } from "../progress.ts";
import { settingsOf } from "../settings.ts";

/** Lists every resolved use of the libc crate, harmful or not, one JSON object per line. */
export async function run(invocation: Invocation): Promise<number> {
  const { io } = invocation;
  const { flags, run: options } = await settingsOf(invocation);
  const asked = flags.format.length === 0 ? [{ format: "jsonl" as const }] : flags.format;
  const outputs = outputsOf({ ...flags, format: asked });
  const other = outputs.find(({ format }) => format !== "jsonl");
  if (other !== undefined) {
    throw new InputError(`the inventory is not told as ${other.format}`, { hint: "take jsonl" });
  }
  const progress = progressLine(io, flags.progress && !flags.quiet);
  try {
    const rows = await inventory({ ...options, onProgress: progress.onProgress });
    for (const request of outputs) await deliver(request, rowsAsJsonl(rows), io);
  } finally {
    progress.stop();
  }
  return 0;
}
