import { why } from "../../api.ts";
import type { Why } from "../../model/verdict.ts";
import type { TextStyle } from "../../report/options.ts";
import { renderWhy, WHY_FORMATS, type WhyFormat } from "../../report/why.ts";
import { formsOf } from "../forms.ts";
import type { Invocation } from "../invocation.ts";
import { deliver, outputsOf, sinkOf } from "../output.ts";
import { withProgress } from "../progress.ts";
import { settingsOf } from "../settings.ts";
import { textStyle } from "../terminal.ts";

/** Shows every way in which a crate comes into the tree, and what it brings with it. */
export async function run(invocation: Invocation): Promise<number> {
  const { io } = invocation;
  const [name = "", ...operands] = invocation.operands;
  const { flags, run: options } = await settingsOf({ ...invocation, operands });
  const outputs = formsOf(outputsOf(flags), WHY_FORMATS, "the ways are not");
  const found = await withProgress(io, flags, (onProgress) =>
    why({ ...options, onProgress }, name),
  );
  for (const { form, request } of outputs) {
    await deliver(request, written(form, found, textStyle(io, sinkOf(request, io), flags)), io);
  }
  return 0;
}

/** Several versions of a crate may be in one tree. */
function written(form: WhyFormat, versions: readonly Why[], style: TextStyle): string {
  const parts = versions.map((each) => renderWhy(form, each, style));
  if (form !== "json") return parts.join("\n");
  return `[${parts.map((part) => part.trimEnd()).join(",\n")}]\n`;
}
