import { randomUUID } from "node:crypto";
import { appendFileSync } from "node:fs";
import { commandData } from "../../report/plain.ts";
import type { OutputName } from "./inputs.ts";

type Env = Readonly<Record<string, string | undefined>>;

/** GitHub refuses a step's summary above 1 MiB; we stop before it. */
const MAX_SUMMARY = 900_000;

/** Sets outputs, and names for later steps; a text with line ends cannot set another one. */
export function setOutputs(
  values: Readonly<Partial<Record<OutputName | InnerName, string>>>,
  env: Env,
): void {
  const lines = Object.entries(values).map(([name, value]) => {
    const mark = `ape-lint-${randomUUID()}`;
    return `${name}<<${mark}\n${value}\n${mark}\n`;
  });
  append(env["GITHUB_OUTPUT"], lines.join(""));
}

/** What the steps of the action tell each other, besides its outputs. */
export type InnerName = "upload" | "annotations-file";

/** Adds to the job's summary. */
export function addSummary(text: string, env: Env): void {
  const bytes = Buffer.from(text);
  if (bytes.length <= MAX_SUMMARY) return append(env["GITHUB_STEP_SUMMARY"], `${text}\n`);
  const cut = bytes
    .subarray(0, MAX_SUMMARY)
    .toString("utf8")
    .replace(/\n[^\n]*$/u, "");
  append(
    env["GITHUB_STEP_SUMMARY"],
    `${cut}\n\n**Cut off here: the summary has no room for more.**\n`,
  );
}

/** A line that the runner shows as a notice. */
export function notice(text: string): string {
  return `::notice title=ape-lint::${commandData(text)}\n`;
}

function append(file: string | undefined, text: string): void {
  if (file !== undefined && file !== "") appendFileSync(file, text);
}
