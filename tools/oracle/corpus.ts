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
const Corpus = z.strictObject({ crates: z.array(Entry) });

/** Reads `fixtures/corpus.yml`, in its order. */
export async function readCorpus(file: string): Promise<Subject[]> {
  const parsed = Corpus.safeParse(parse(await readFile(file, "utf8")));
  if (!parsed.success) throw new InputError(z.prettifyError(parsed.error), { place: file });
  return parsed.data.crates.map((entry) => ({
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
