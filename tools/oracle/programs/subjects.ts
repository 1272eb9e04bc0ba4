import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { readYaml } from "../../../src/util/yaml.ts";
import type { LinkSubject } from "../link/subjects.ts";
import { SUBJECT_FIELDS, subjectOf } from "../subjects.ts";

const FILE = join(import.meta.dirname, "../../../fixtures/programs.yml");

/** A real program, and what it is started with. */
export interface ProgramSubject extends LinkSubject {
  readonly binary?: string | undefined;
  readonly profiles: readonly string[];
  /** Hosts of which a run here shows nothing, with the reason. */
  readonly notShown: Readonly<Record<string, string>>;
  /** Arguments by the workload's name. */
  readonly workloads: Readonly<Record<string, readonly string[]>>;
}

const Entry = z.strictObject({
  ...SUBJECT_FIELDS,
  binary: z.string().optional(),
  patch: z.record(z.string(), z.string()).default({}),
  profiles: z.array(z.string()).min(1),
  "not-shown": z.record(z.string(), z.string()).default({}),
  workloads: z.record(z.string(), z.array(z.string())),
  why: z.string().min(4),
});
const File = z.strictObject({ programs: z.array(Entry) });

/** Reads `fixtures/programs.yml`, in its order. */
export async function readPrograms(): Promise<ProgramSubject[]> {
  const { programs } = readYaml({ text: await readFile(FILE, "utf8"), file: FILE, schema: File });
  return programs.map(({ "not-shown": notShown, ...entry }) => ({
    ...subjectOf(entry),
    notShown,
    as: "program" as const,
  }));
}
