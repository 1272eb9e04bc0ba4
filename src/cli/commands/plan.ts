import { plan } from "../../api.ts";
import { PLAN_FORMATS, renderPlan } from "../../report/plan/index.ts";
import { formsOf } from "../forms.ts";
import type { Invocation } from "../invocation.ts";
import { deliver, outputsOf, sinkOf } from "../output.ts";
import { withProgress } from "../progress.ts";
import { settingsOf } from "../settings.ts";
import { textStyle } from "../terminal.ts";

/** Says what to do: which profile, which features, which forks, which places, and what stays lost. */
export async function run(invocation: Invocation): Promise<number> {
  const { io } = invocation;
  const { flags, run: options } = await settingsOf(invocation);
  const outputs = formsOf(outputsOf(flags), PLAN_FORMATS, "the plan is not");
  const found = await withProgress(io, flags, (onProgress) => plan({ ...options, onProgress }));
  for (const { form, request } of outputs) {
    const style = textStyle(io, sinkOf(request, io), flags);
    await deliver(request, renderPlan(form, found, style), io);
  }
  return 0;
}
