import { z } from "zod";
import { HOSTS } from "../model/host.ts";
import { FAIL_ON } from "../model/options.ts";
import { CONFIDENCES, LEVELS } from "../model/rule.ts";
import { FORMATS } from "../report/options.ts";
import { PERSONAS } from "./options.ts";

const texts = z.array(z.string()).default([]);
const hosts = z.array(z.enum(HOSTS)).default([]);
const flag = z.boolean().default(false);

/** The shared switches as commander read them, by commander's names. */
const flagsSchema = z.object({
  manifestPath: z.string().optional(),
  package: texts,
  workspace: flag,
  exclude: texts,
  features: texts,
  allFeatures: flag,
  defaultFeatures: z.boolean().default(true),
  target: z.string().optional(),
  cfg: z.array(z.object({ name: z.string(), value: z.string().exactOptional() })).default([]),
  locked: flag,
  offline: flag,
  frozen: flag,
  cargo: z.boolean().default(true),
  host: hosts,
  hosts,
  profile: z.string().optional(),
  release: z.string().optional(),
  cosmo: z.string().optional(),
  rules: texts,
  deny: texts,
  warn: texts,
  allow: texts,
  minSeverity: z.enum(LEVELS).default("note"),
  minConfidence: z.enum(CONFIDENCES).optional(),
  pedantic: flag,
  persona: z.enum(PERSONAS).optional(),
  changedSince: z.string().optional(),
  onlyChanged: flag,
  failOn: z.enum(FAIL_ON).optional(),
  strict: flag,
  format: z
    .array(z.object({ format: z.enum(FORMATS), file: z.string().exactOptional() }))
    .default([]),
  output: z.string().optional(),
  all: flag,
  maxFindings: z.number().optional(),
  timings: flag,
  trace: z.string().optional(),
  cache: z.boolean().default(true),
  jobs: z.number().optional(),
  color: z.enum(["auto", "always", "never"]).default("auto"),
  progress: z.boolean().default(true),
  quiet: flag,
  verbose: flag,
  config: z.union([z.string(), z.boolean()]).default(true),
  ignores: z.boolean().default(true),
  baseline: z.union([z.string(), z.boolean()]).default(true),
  shard: z.object({ index: z.number(), count: z.number() }).optional(),
  sarifMaxResults: z.number().optional(),
  sarifIncludeSuppressed: flag,
});

export type Flags = z.output<typeof flagsSchema>;

/** Narrows what commander read. */
export function readFlags(options: Readonly<Record<string, unknown>>): Flags {
  const flags = flagsSchema.parse(options);
  if (flags.persona === "pedantic") return { ...flags, pedantic: true };
  if (flags.persona !== "auditor") return flags;
  return { ...flags, pedantic: true, all: true, ignores: false };
}
