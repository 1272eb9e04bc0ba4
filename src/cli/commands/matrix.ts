import { matrix } from "../../api.ts";
import { MATRIX_FORMATS, renderMatrix } from "../../report/matrix.ts";
import { formsOf } from "../forms.ts";
import type { Invocation } from "../invocation.ts";
import { deliver, outputsOf, sinkOf } from "../output.ts";
import { withProgress } from "../progress.ts";
import { settingsOf } from "../settings.ts";
import { textStyle } from "../terminal.ts";

/** Shows hosts against crates, and what holds for the whole program. */
export async function run(invocation: Invocation): Promise<number> {
  const { io } = invocation;
  const { flags, run: options } = await settingsOf(invocation);
  const outputs = formsOf(outputsOf(flags), MATRIX_FORMATS, "the matrix is not");
  const found = await withProgress(io, flags, (onProgress) => matrix({ ...options, onProgress }));
  for (const { form, request } of outputs) {
    const style = textStyle(io, sinkOf(request, io), flags);
    await deliver(request, renderMatrix(form, found, style), io);
  }
  return 0;
}
