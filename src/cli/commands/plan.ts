import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { plan } from "../../api.ts";
import { PLAN_FORMATS, renderPlan } from "../../report/plan/index.ts";
import type { Plan } from "../../model/plan.ts";
import { InputError } from "../../util/errors.ts";
import { formsOf } from "../forms.ts";
import type { Invocation } from "../invocation.ts";
import type { Io } from "../io.ts";
import { deliver, outputsOf, sinkOf } from "../output.ts";
import { withProgress } from "../progress.ts";
import { settingsOf } from "../settings.ts";
import { textStyle } from "../terminal.ts";

/** Files of `--write`: name and text; what is empty is left out. */
function planFiles(found: Plan): [name: string, text: string][] {
  const { patch, fallback } = found;
  const files: [string, string][] = [
    ["plan.md", renderPlan("markdown", found, { all: true })],
    ["plan.json", renderPlan("json", found)],
    ["patch.toml", patch],
    ["cargo-config.toml", fallback?.cargoConfig ?? ""],
    ["programs.yml", fallback?.workflow ?? ""],
  ];
  return files.filter(([, text]) => text !== "");
}

async function writePlan(folder: string, found: Plan, io: Io): Promise<void> {
  const place = path.resolve(io.cwd, folder);
  for (const [name, text] of planFiles(found)) {
    try {
      await mkdir(place, { recursive: true });
      await writeFile(path.join(place, name), text, { flag: "wx" });
    } catch (cause) {
      const hint = "name a folder without a plan in it";
      throw new InputError("cannot be written", { place: `${folder}/${name}`, hint, cause });
    }
  }
}

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
  const folder = invocation.options["write"];
  if (typeof folder === "string") await writePlan(folder, found, io);
  return 0;
}
