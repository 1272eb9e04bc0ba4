import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { z } from "zod";
import { InputError } from "../../../src/util/errors.ts";
import type { Subject } from "../model.ts";

/** A program or a library that is linked with the real C library. */
export interface LinkSubject extends Subject {
  readonly as: "program" | "library";
  /** Crates of the tree that another one stands in for: name to a folder of `fixtures/oracle-programs`. */
  readonly patch: Readonly<Record<string, string>>;
}

const Entry = z.strictObject({
  name: z.string(),
  version: z.string(),
  variant: z.string().optional(),
  features: z.array(z.string()).default([]),
  "all-features": z.boolean().default(false),
  "default-features": z.boolean().default(true),
  as: z.enum(["program", "library"]).default("program"),
  patch: z.record(z.string(), z.string()).default({}),
  why: z.string().min(4),
});
const File = z.strictObject({ subjects: z.array(Entry) });

/** Reads `fixtures/link.yml`, in its order. */
export async function readLinkSubjects(file: string): Promise<LinkSubject[]> {
  const parsed = File.safeParse(parse(await readFile(file, "utf8")));
  if (!parsed.success) throw new InputError(z.prettifyError(parsed.error), { place: file });
  return parsed.data.subjects.map((entry) => ({
    name: entry.name,
    version: entry.version,
    variant: entry.variant,
    features: entry.features,
    allFeatures: entry["all-features"],
    defaultFeatures: entry["default-features"],
    as: entry.as,
    patch: entry.patch,
    why: entry.why,
  }));
}
