import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { HOSTS } from "../model/host.ts";
import { CONFIDENCES, HARMS, LEVELS } from "../model/rule.ts";
import { SUPPRESSION_KINDS } from "../model/suppression.ts";
import { NOT_ANALYSED_CAUSES } from "../model/place.ts";
import { HOST_VERDICTS, PACKAGE_VERDICTS } from "../model/result.ts";
import type { Folding } from "../model/verdict.ts";
import { PACKAGE_SOURCES } from "../model/workspace.ts";
import { readOwnYaml } from "../util/checked.ts";
import { once } from "../util/once.ts";
import { DATA_DIR } from "./data-dir.ts";

const sentence = once(() => z.string().min(1));
const some = <T extends z.ZodType>(inner: T) => {
  const list = z.union([inner, z.array(inner).min(1)]);
  return z.union([list, z.strictObject({ not: list })]).optional();
};

const filterSchema = once(() =>
  z.strictObject({
    rule: some(z.string()),
    harm: some(z.enum(HARMS)),
    level: some(z.enum(LEVELS)),
    confidence: some(z.enum(CONFIDENCES)),
    active: some(z.enum(["yes", "unknown"])),
    reachable: some(z.enum(["yes", "no", "unknown"])),
    source: some(z.enum(PACKAGE_SOURCES)),
    suppressed: some(z.enum(["no", ...SUPPRESSION_KINDS])),
    own: z.boolean().optional(),
    taxa: z.boolean().optional(),
    closed: z.boolean().optional(),
    demoted: z.boolean().optional(),
  }),
);

const step = <V extends readonly [string, ...string[]]>(verdicts: V) =>
  z.strictObject({
    verdict: z.enum(verdicts),
    why: sentence(),
    results: filterSchema().optional(),
    notAnalysed: z.array(z.enum(NOT_ANALYSED_CAUSES)).min(1).optional(),
    ownSources: z.boolean().optional(),
    untried: z.boolean().optional(),
  });

/** `data/verdict.yml`. */
const foldingSchema = once(() =>
  z.strictObject({
    leaveOut: z.array(z.strictObject({ results: filterSchema(), why: sentence() })),
    hosts: z.array(step(HOST_VERDICTS)).min(1),
    packages: z.array(step(PACKAGE_VERDICTS)).min(1),
    notes: z.array(
      z.strictObject({
        hosts: z.array(z.enum(HOSTS)).min(1),
        taxon: z.string().optional(),
        text: sentence(),
      }),
    ),
  }),
);

let own: Folding | undefined;

/** How results become verdicts; read once. */
export function loadFolding(): Folding {
  if (own !== undefined) return own;
  const file = path.join(DATA_DIR, "verdict.yml");
  const text = readFileSync(file, "utf8");
  const form = { form: "verdict", name: "verdict", schema: foldingSchema };
  own = readOwnYaml({ ...form, text, file }).value as Folding;
  return own;
}
