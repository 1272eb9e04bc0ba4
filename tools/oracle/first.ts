import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Measured } from "./docs.ts";
import { type Counts, total } from "./figures.ts";
import { subjectId } from "./model.ts";

const FIRST = join(import.meta.dirname, "first-runs.json");

/** What came out when a crate was compared for the first time: never changed afterwards. */
export interface FirstRun extends Counts {
  readonly subject: string;
  readonly arch: string;
}

/** Keeps the figures of a first comparison; says nothing to later ones. */
export async function keepFirst({ subject, arch, comparison }: Measured): Promise<void> {
  const known = await readFirst();
  const id = subjectId(subject);
  if (known.some((one) => one.subject === id && one.arch === arch)) return;
  const all = [...known, { subject: id, arch, ...total([comparison]) }];
  await writeFile(FIRST, `${JSON.stringify(all, null, 2)}\n`);
}

export async function readFirst(): Promise<FirstRun[]> {
  return JSON.parse(await readFile(FIRST, "utf8").catch(() => "[]")) as FirstRun[];
}
