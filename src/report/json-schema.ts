import { z } from "zod";
import { FIX_KINDS, FIX_NAMES } from "../model/fix.ts";
import { HOSTS } from "../model/host.ts";
import { NOT_ANALYSED_CAUSES } from "../model/place.ts";
import { HOST_VERDICTS, PACKAGE_VERDICTS } from "../model/result.ts";
import { CONFIDENCES, HARMS, LEVELS } from "../model/rule.ts";
import { CONTEXTS } from "../model/site.ts";
import { NOTICE_KINDS, SUPPRESSION_KINDS } from "../model/suppression.ts";
import { EDITIONS, PACKAGE_SOURCES } from "../model/workspace.ts";

const host = z.enum(HOSTS).meta({ id: "host", description: "A system that the binary runs on." });

const position = z
  .object({
    line: z.int().min(1),
    column: z.int().min(1).describe("In UTF-16 units."),
  })
  .meta({ id: "position", description: "Line and column, counted from 1." });

const because = z.object({
  by: z.string().describe("A profile, or a fact about a known crate."),
  how: z.string(),
});

const fix = z
  .object({
    apply: z.enum(FIX_NAMES),
    title: z.string(),
    kind: z.enum(FIX_KINDS).describe("safe: means the same; unsafe: a person has to look at it."),
    symbol: z.string(),
    file: z.string().describe("Relative to the package's folder, `/`-separated."),
    start: position,
    end: position,
    text: z.string().optional().describe("The new text, where the fix is one."),
  })
  .meta({ id: "fix" });

const result = z
  .object({
    rule: z.string(),
    taxa: z.array(z.string()).describe("F ids of the field notes."),
    level: z.enum(LEVELS),
    confidence: z.enum(CONFIDENCES),
    harm: z.enum(HARMS).describe("How the harm shows."),
    message: z.string(),
    help: z.string().optional(),
    hosts: z.array(host),
    package: z.object({ name: z.string(), version: z.string() }),
    file: z.string().describe("Relative to the package's folder, `/`-separated."),
    start: position,
    end: position.describe("The place after the last character."),
    symbol: z.string(),
    construct: z.enum(CONTEXTS).describe("Where in the code the name stands."),
    active: z.enum(["yes", "unknown"]).describe("unknown: only a build script knows the cfg."),
    reachable: z.enum(["yes", "no", "unknown"]).describe("Whether the program's roots lead here."),
    via: z.array(z.string()).optional().describe("Items from a root to this place."),
    fingerprint: z.string().describe("Does not move with line numbers."),
    places: z
      .int()
      .optional()
      .describe("How many places it stands for, where a rule tells a hazard once."),
    uses: z.int().optional().describe("How many places use the constant that is defined here."),
    entries: z.array(z.string()).optional().describe("Names of a table's entries, told as one."),
    fixes: z
      .array(fix)
      .optional()
      .describe("What `ape-lint fix` can do about it, where the code around allows it."),
    closed: because.optional().describe("The profile repairs this."),
    demoted: because.optional().describe("Why this weighs less than the rule says."),
    suppressed: z.object({ kind: z.enum(SUPPRESSION_KINDS), reason: z.string() }).optional(),
  })
  .meta({ id: "result" });

const hostVerdict = z.enum(HOST_VERDICTS);

const packageReport = z
  .object({
    name: z.string(),
    version: z.string(),
    source: z.enum(PACKAGE_SOURCES),
    edition: z.enum(EDITIONS),
    path: z.array(z.string()).describe("One shortest way from a root package to this one."),
    features: z.array(z.string()),
    verdict: z.enum(PACKAGE_VERDICTS),
    counts: z.object({ error: z.int(), warning: z.int(), note: z.int() }),
    own: z.boolean().describe("Part of the user's tree, or what the run was asked about."),
    folder: z.string().optional().describe("Inside the user's tree: where, `/`-separated."),
    dependencies: z
      .array(z.string())
      .optional()
      .describe("What it asks for itself and what is compiled for the target."),
    cells: z.partialRecord(host, hostVerdict).optional().describe("Its own verdict per host."),
  })
  .meta({ id: "package" });

const notAnalysed = z
  .object({
    cause: z.enum(NOT_ANALYSED_CAUSES),
    message: z.string(),
    package: z.string().optional(),
    file: z.string().optional(),
    start: position.optional(),
    end: position.optional(),
  })
  .meta({ id: "notAnalysed" });

/** Version 1 of the JSON output. Fields may be added; none is renamed, retyped or taken away. */
export const reportV1 = z
  .object({
    $schema: z.string().optional(),
    schemaVersion: z.literal(1),
    tool: z.object({ name: z.string(), version: z.string() }),
    release: z.string().describe("Release of cosmocc whose facts were used."),
    profile: z.string().describe("What the porter's SDK is taken to repair."),
    target: z.string(),
    hosts: z.array(host),
    packages: z.array(packageReport),
    results: z.array(result),
    matrix: z.array(
      z.object({
        host,
        verdict: hostVerdict,
        because: z
          .array(z.string())
          .describe("Fingerprints of results or sentences, the deciding one first."),
        notes: z.array(z.string()).optional().describe("What holds there whatever the code says."),
      }),
    ),
    notAnalysed: z.array(notAnalysed),
    notices: z
      .array(z.object({ kind: z.enum(NOTICE_KINDS), place: z.string(), message: z.string() }))
      .optional()
      .describe("What is to be said of suppressions, ignores and the baseline; it fails no run."),
    stats: z.object({
      packages: z.int(),
      files: z.int(),
      bytes: z.int(),
      milliseconds: z.record(z.string(), z.number()),
    }),
  })
  .meta({
    title: "ape-lint JSON output, version 1",
    description: "What `ape-lint check --format json` writes.",
  });

export type ReportV1 = z.infer<typeof reportV1>;

/** The same contract as a JSON schema, for users; `schemas/report.v1.schema.json` is made from it. */
export function reportV1JsonSchema(): unknown {
  // NOTE "input" forbids no further field: readers of version 1 have to live with fields that come later.
  return z.toJSONSchema(reportV1, { target: "draft-2020-12", io: "input" });
}
