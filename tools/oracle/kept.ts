import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ARCHS, type Arch } from "../../src/model/host.ts";
import type { Measured } from "./docs.ts";
import type { MeasuredEffort } from "./effort/section.ts";
import type { Agreement, Answer } from "./effort/agree.ts";
import { subjectId, type Subject } from "./model.ts";

/** What runs have measured, kept in the cache folder: the page is written from all of it. */
export interface Kept {
  readonly measured: readonly Measured[];
  readonly efforts: readonly MeasuredEffort[];
}

const pathOf = (what: string, subject: Subject, arch: Arch, cache: string): string =>
  join(cache, `${what}-${subjectId(subject)}.${arch}.json`);

/** Keeps a comparison; rustc's own list has a file of its own. */
export async function keepMeasured(measured: Measured, cache: string): Promise<void> {
  const { subject, arch, run, comparison } = measured;
  const text = JSON.stringify({ run: { ...run, rows: [] }, comparison });
  await writeFile(pathOf("measured", subject, arch, cache), text);
}

/** Keeps how contexts agree with rustc's errors. */
export async function keepEffort(effort: MeasuredEffort, arch: Arch, cache: string): Promise<void> {
  const { subject, agreement } = effort;
  const matrix = [...agreement.matrix].map(([context, line]) => [context, [...line]]);
  const text = JSON.stringify({ ...agreement, matrix });
  await writeFile(pathOf("agreement", subject, arch, cache), text);
}

/** All that was kept about some subjects, in their order. */
export async function readKept(subjects: readonly Subject[], cache: string): Promise<Kept> {
  const measured: Measured[] = [];
  const efforts: MeasuredEffort[] = [];
  for (const subject of subjects) {
    for (const arch of ARCHS) {
      const one = await read(pathOf("measured", subject, arch, cache));
      if (one !== undefined)
        measured.push({ ...(one as Pick<Measured, "run" | "comparison">), subject, arch });
    }
    const agreement = await read(pathOf("agreement", subject, "x86_64", cache));
    if (agreement !== undefined) efforts.push({ subject, agreement: revive(agreement) });
  }
  return { measured, efforts };
}

async function read(path: string): Promise<unknown> {
  const text = await readFile(path, "utf8").catch(() => undefined);
  return text === undefined ? undefined : JSON.parse(text);
}

type Lines = readonly (readonly [string, readonly (readonly [Answer, number])[]])[];

function revive(kept: unknown): Agreement {
  const agreement = kept as Omit<Agreement, "matrix"> & { readonly matrix: Lines };
  const matrix = new Map(agreement.matrix.map(([context, line]) => [context, new Map(line)]));
  return { ...agreement, matrix };
}
