import { z } from "zod";
import { HOSTS } from "../../model/host.ts";
import { WORK_KINDS } from "../../model/plan.ts";
import { HOST_VERDICTS } from "../../model/result.ts";

const verdict = z.enum(HOST_VERDICTS);
const host = z.enum(HOSTS).meta({ id: "host", description: "A system that the binary runs on." });
const hosts = z.array(host);
const count = z.int().min(0);
const crate = { name: z.string(), version: z.string() };

const site = z
  .object({
    file: z.string().describe("Relative to the package's folder, `/`-separated."),
    start: z.object({ line: z.int().min(1), column: z.int().min(1).describe("In UTF-16 units.") }),
    symbol: z.string(),
    rule: z.string(),
    work: z.enum(WORK_KINDS).describe("What the construct at this place needs."),
    how: z.string(),
    entries: z.array(z.string()).optional().describe("All constants of a table to be changed."),
    stops: z
      .literal(true)
      .optional()
      .describe("The compiler refuses it; others compile as they are."),
    hosts,
  })
  .meta({ id: "site" });

const publishedFork = z.object({
  name: z.string(),
  versions: z.string(),
  git: z.string().optional(),
  branch: z.string().optional(),
  path: z.string().optional().describe("Inside the SDK."),
  brought: z.enum(["sdk", "tree"]),
  source: z.string(),
});

const fork = z.object({
  ...crate,
  from: z.enum(["sdk", "published", "own"]).describe("own: nobody has published one."),
  fork: publishedFork.optional(),
  with: z.array(z.string()).optional().describe("Features that a switch turns on in it."),
  path: z.array(z.string()),
  work: z.partialRecord(z.enum(WORK_KINDS), count),
  sites: z.array(site),
  places: count,
  files: count,
});

const edit = z.object({
  package: z.string(),
  place: z.object({ file: z.string(), line: z.int().min(1) }).optional(),
  from: z.string().optional(),
  to: z.string(),
});

const switchSchema = z.object({
  crate: z.string(),
  version: z.string(),
  path: z.array(z.string()),
  because: z.array(z.string()),
  kind: z.enum(["feature", "cfg", "instead", "without", "unknown"]),
  idle: hosts.optional().describe("All hosts that it is for, where they stay lost anyway."),
  summary: z.string(),
  cost: z.string().optional(),
  edits: z.array(edit),
  featuresOff: z.array(z.string()).optional().describe("Tried with cargo, not guessed."),
  flags: z.array(z.string()).optional(),
  places: z.array(z.object({ file: z.string(), line: z.int().min(1) })),
  sources: z.array(z.string()),
});

const profile = z.object({
  id: z.string(),
  title: z.string(),
  chosen: z.boolean(),
  tried: hosts.describe("Hosts that its SDK was tried on; empty: not said."),
  hosts: z.partialRecord(host, verdict).describe("Once the plan under this profile is done."),
  forks: z.object({ sdk: count, published: count, own: count }),
  switches: count,
  places: count.describe("In forks that nobody has published."),
  ownPlaces: count,
  limits: z.array(z.string()),
});

const fallback = z.object({
  lost: z.array(z.object({ host, because: z.array(z.string()) })),
  targets: z.array(
    z.object({
      triple: z.string(),
      hosts,
      runner: z.string(),
      linker: z.string().optional(),
      env: z.record(z.string(), z.string()),
      packages: z.array(z.object({ name: z.string(), why: z.string() })),
      crates: z.array(z.string()),
      tool: z.enum(["cargo", "cross", "vm"]),
      notes: z.array(z.string()),
      sources: z.array(z.string()),
    }),
  ),
  without: hosts,
  cargoConfig: z.string(),
  workflow: z.string(),
});

/** Version 1 of `ape-lint plan --format json`. Fields may be added; none is renamed, retyped or taken away. */
export const planV1 = z
  .object({
    schemaVersion: z.literal(1),
    release: z.string(),
    profile: z.object({ id: z.string(), title: z.string(), limits: z.array(z.string()) }),
    program: z.object(crate),
    hosts: z.array(
      z.object({
        host,
        now: verdict,
        afterwards: verdict,
        because: z.array(z.string()),
        notes: z.array(z.string()),
      }),
    ),
    profiles: z.array(profile),
    recommended: z
      .string()
      .describe("The profile under which most hosts work, with the least to do."),
    setup: z.array(z.object({ text: z.string(), run: z.string().optional(), source: z.string() })),
    cfgs: z.array(z.string()),
    rustflags: z.array(z.string()),
    switches: z.array(switchSchema),
    forks: z.array(fork),
    patch: z
      .string()
      .describe("The `[patch.crates-io]` table; empty when there is nothing to patch."),
    statics: z.array(z.object({ name: z.string(), places: count, hosts })),
    own: z.array(z.object({ package: z.string(), sites: z.array(site) })),
    native: z.array(
      z.object({ crate: z.string(), version: z.string(), messages: z.array(z.string()) }),
    ),
    shims: z.array(
      z.object({
        name: z.string(),
        brought: z.enum(["sdk", "program", "nobody"]),
        needed: z.enum(["std", "use"]),
        how: z.string(),
        entries: z.array(z.string()).optional().describe("All constants of a table to be changed."),
        stops: z
          .literal(true)
          .optional()
          .describe("The compiler refuses it; others compile as they are."),
        source: z.string(),
        hosts,
      }),
    ),
    fallback: fallback.optional(),
    counts: z.object({
      crates: count,
      switches: count,
      places: count,
      files: count,
      ownPlaces: count,
    }),
    open: z.array(z.string()),
  })
  .meta({
    title: "ape-lint plan, version 1",
    description:
      "What `ape-lint plan --format json` writes. Effort is counted in places, files and crates.",
  });

/** The same contract as a JSON schema, for users; `schemas/plan.v1.schema.json` is made from it. */
export function planV1JsonSchema(): unknown {
  return z.toJSONSchema(planV1, { target: "draft-2020-12", io: "input" });
}
