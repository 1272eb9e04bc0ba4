import { readFile } from "node:fs/promises";
import { z } from "zod";
import { readYaml } from "../../src/util/yaml.ts";
import type { Subject } from "./model.ts";
import { SUBJECT_FIELDS, subjectOf } from "./subjects.ts";

const Entry = z.strictObject({
  ...SUBJECT_FIELDS,
  exclude: z.record(z.string(), z.string()).optional(),
  effort: z.boolean().optional(),
  holdout: z.boolean().optional(),
  why: z.string().min(8),
});
const Program = z.strictObject({ name: z.string(), version: z.string(), why: z.string().min(7) });
const Corpus = z.strictObject({ crates: z.array(Entry), soak: z.array(Program) });

/** A large program whose whole tree is looked at. */
export type SoakProgram = z.infer<typeof Program>;

/** Reads `fixtures/corpus.yml`, in its order. */
export async function readCorpus(file: string): Promise<Subject[]> {
  return (await read(file)).crates.map(subjectOf);
}

/** The programs of `fixtures/corpus.yml` that the soak is about. */
export async function readSoak(file: string): Promise<readonly SoakProgram[]> {
  return (await read(file)).soak;
}

async function read(file: string): Promise<z.infer<typeof Corpus>> {
  return readYaml({ text: await readFile(file, "utf8"), file, schema: Corpus });
}
