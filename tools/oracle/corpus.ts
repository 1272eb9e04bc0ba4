import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { z } from "zod";
import { InputError } from "../../src/util/errors.ts";
import type { Subject } from "./model.ts";

const Entry = z.strictObject({
  name: z.string(),
  version: z.string(),
  variant: z.string().optional(),
  features: z.array(z.string()).default([]),
  "all-features": z.boolean().default(false),
  "default-features": z.boolean().default(true),
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
  const { crates } = await read(file);
  return crates.map((entry) => ({
    name: entry.name,
    version: entry.version,
    variant: entry.variant,
    features: entry.features,
    allFeatures: entry["all-features"],
    defaultFeatures: entry["default-features"],
    exclude: entry.exclude,
    effort: entry.effort,
    holdout: entry.holdout,
    why: entry.why,
  }));
}

/** The programs of `fixtures/corpus.yml` that the soak is about. */
export async function readSoak(file: string): Promise<readonly SoakProgram[]> {
  return (await read(file)).soak;
}

async function read(file: string): Promise<z.infer<typeof Corpus>> {
  const parsed = Corpus.safeParse(parse(await readFile(file, "utf8")));
  if (!parsed.success) throw new InputError(z.prettifyError(parsed.error), { place: file });
  return parsed.data;
}
