import semver from "semver";
import { z } from "zod";
import type { Matcher } from "./matcher.ts";

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const oneOrMore = z.union([z.string(), z.array(z.string()).min(1)]);

/** The forms of a matcher. */
export const matcherSchema: z.ZodType<Matcher> = z.union([
  scalar,
  z.array(scalar).min(1),
  z
    .strictObject({
      is: scalar.optional(),
      in: z.array(scalar).min(1).optional(),
      prefix: oneOrMore.optional(),
      suffix: oneOrMore.optional(),
      contains: oneOrMore.optional(),
      min: z.number().optional(),
      max: z.number().optional(),
      semver: z
        .string()
        .refine((range) => semver.validRange(range) !== null, "not a range of versions")
        .optional(),
      present: z.boolean().optional(),
      get not() {
        return z.lazy(() => matcherSchema).optional();
      },
    })
    .refine((given) => Object.keys(given).length > 0, "says nothing"),
]);
