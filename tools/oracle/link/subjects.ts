import { readFile } from "node:fs/promises";
import { z } from "zod";
import { readYaml } from "../../../src/util/yaml.ts";
import type { Subject } from "../model.ts";
import { SUBJECT_FIELDS, subjectOf } from "../subjects.ts";

/** A program or a library that is linked with the real C library. */
export interface LinkSubject extends Subject {
  readonly as: "program" | "library";
  /** Crates of the tree that another one stands in for: name to a folder of `fixtures/oracle-programs`. */
  readonly patch: Readonly<Record<string, string>>;
}

const Entry = z.strictObject({
  ...SUBJECT_FIELDS,
  as: z.enum(["program", "library"]).default("program"),
  patch: z.record(z.string(), z.string()).default({}),
  why: z.string().min(4),
});
const File = z.strictObject({ subjects: z.array(Entry) });

/** Reads `fixtures/link.yml`, in its order. */
export async function readLinkSubjects(file: string): Promise<LinkSubject[]> {
  const text = await readFile(file, "utf8");
  return readYaml({ text, file, schema: File }).subjects.map(subjectOf);
}
