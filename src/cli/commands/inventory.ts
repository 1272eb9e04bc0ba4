import { inventory } from "../../api.ts";
import { rowsAsJsonl } from "../../report/index.ts";
import { formsOf } from "../forms.ts";
import type { Invocation } from "../invocation.ts";
import { deliver, outputsOf } from "../output.ts";
import { withProgress } from "../progress.ts";
import { settingsOf } from "../settings.ts";

/** Lists every resolved use of the libc crate, harmful or not, one JSON object per line. */
export async function run(invocation: Invocation): Promise<number> {
  const { io } = invocation;
  const { flags, run: options } = await settingsOf(invocation);
  const format = flags.format.length === 0 ? [{ format: "jsonl" as const }] : flags.format;
  const outputs = formsOf(outputsOf({ ...flags, format }), ["jsonl"], "the inventory is not");
  const rows = await withProgress(io, flags, (onProgress) => inventory({ ...options, onProgress }));
  for (const { request } of outputs) await deliver(request, rowsAsJsonl(rows), io);
  return 0;
}
