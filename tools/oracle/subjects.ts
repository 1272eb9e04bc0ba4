import { z } from "zod";
import type { Subject } from "./model.ts";

/** What every list of subjects says of one: which crate, and with which features. */
export const SUBJECT_FIELDS = {
  name: z.string(),
  version: z.string(),
  variant: z.string().optional(),
  features: z.array(z.string()).default([]),
  "all-features": z.boolean().default(false),
  "default-features": z.boolean().default(true),
};

type Written = z.output<z.ZodObject<typeof SUBJECT_FIELDS>> & Pick<Subject, "why">;

/** An entry as the oracles take it; what only its list says of it stays as it is. */
export function subjectOf<E extends Written>({
  "all-features": allFeatures,
  "default-features": defaultFeatures,
  ...entry
}: E): Omit<E, "all-features" | "default-features"> & Subject {
  return { ...entry, allFeatures, defaultFeatures };
}
