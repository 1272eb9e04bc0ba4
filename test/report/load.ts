import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { HOSTS } from "../../src/model/host.ts";
import { NOT_ANALYSED_CAUSES } from "../../src/model/place.ts";
import { HOST_VERDICTS, PACKAGE_VERDICTS, type Report } from "../../src/model/result.ts";
import { CONFIDENCES, HARMS, LEVELS } from "../../src/model/rule.ts";
import { CONTEXTS } from "../../src/model/site.ts";
import { SUPPRESSION_KINDS } from "../../src/model/suppression.ts";
import { EDITIONS, PACKAGE_SOURCES } from "../../src/model/workspace.ts";
import type { RenderOptions } from "../../src/report/index.ts";
import { RULES, TAXONOMY } from "./known.ts";

const FIXTURES = path.join(import.meta.dirname, "../../fixtures/report");
const ROOT = "/w/project";

const host = z.enum(HOSTS);
const because = z.object({ by: z.string(), how: z.string() });
const span = z.object({
  start: z.object({ line: z.int(), column: z.int() }),
  end: z.object({ line: z.int(), column: z.int() }),
});

const packageShape = z
  .strictObject({
    name: z.string(),
    version: z.string(),
    source: z.enum(PACKAGE_SOURCES).default("registry"),
    edition: z.enum(EDITIONS).default("2021"),
    dir: z.string().optional(),
    path: z.array(z.string()),
    features: z.array(z.string()).default([]),
    verdict: z.enum(PACKAGE_VERDICTS),
    counts: z
      .strictObject({
        error: z.int().default(0),
        warning: z.int().default(0),
        note: z.int().default(0),
      })
      .prefault({}),
    own: z.boolean().default(false),
  })
  .transform(({ dir, ...one }) => ({
    ...one,
    dir:
      dir === undefined
        ? `/home/user/.cargo/registry/src/index/${one.name}-${one.version}`
        : path.posix.join(ROOT, dir),
  }));

/** `mio-1.0.4/src/lib.rs:3:7-12`, with `/line:column` behind it when the span ends on another line. */
const PLACE = /^(.+?)\/(.*):(\d+):(\d+)-(\d+)(?:\/(\d+):(\d+))?$/s;

const resultShape = z.strictObject({
  rule: z.string(),
  taxa: z.array(z.string()).default([]),
  level: z.enum(LEVELS).default("error"),
  confidence: z.enum(CONFIDENCES).default("high"),
  harm: z.enum(HARMS),
  message: z.string(),
  help: z.string().optional(),
  hosts: z.array(host).default([]),
  at: z.string().regex(PLACE),
  package: z.string().optional(),
  symbol: z.string(),
  construct: z.enum(CONTEXTS).default("unsafe-expr"),
  active: z.enum(["yes", "unknown"]).default("yes"),
  reachable: z.enum(["yes", "no", "unknown"]).default("unknown"),
  via: z.array(z.string()).optional(),
  fingerprint: z.string(),
  closed: because.optional(),
  demoted: because.optional(),
  suppressed: z.object({ kind: z.enum(SUPPRESSION_KINDS), reason: z.string() }).optional(),
});

const reportShape = z.strictObject({
  tool: z
    .object({ name: z.string(), version: z.string() })
    .default({ name: "ape-lint", version: "0.1.0" }),
  release: z.string().default("4.0.2"),
  profile: z.string().default("none"),
  target: z.string().default("x86_64-unknown-linux-musl"),
  hosts: z.array(host).default([...HOSTS]),
  packages: z.array(packageShape),
  results: z.array(resultShape).default([]),
  matrix: z.array(
    z.strictObject({
      host,
      verdict: z.enum(HOST_VERDICTS),
      because: z.array(z.string()).default([]),
    }),
  ),
  notAnalysed: z
    .array(
      z.strictObject({
        cause: z.enum(NOT_ANALYSED_CAUSES),
        message: z.string(),
        package: z.string().optional(),
        file: z.string().optional(),
        span: span.optional(),
      }),
    )
    .default([]),
  stats: z
    .object({
      packages: z.int(),
      files: z.int(),
      bytes: z.int(),
      milliseconds: z.record(z.string(), z.number()),
    })
    .default({ packages: 1, files: 1, bytes: 1, milliseconds: {} }),
});

type Shape = z.infer<typeof reportShape>;

function resultOf(
  shape: Shape,
  { at, package: given, ...rest }: Shape["results"][number],
): unknown {
  const [, folder = "", file = "", line, from, to, endLine, endColumn] = PLACE.exec(at) ?? [];
  const owner =
    given === undefined
      ? shape.packages.find((one) => `${one.name}-${one.version}` === folder)
      : shape.packages.find((one) => one.name.startsWith(given));
  if (owner === undefined) throw new Error(`no package for ${at}`);
  return {
    ...rest,
    package: { name: owner.name, version: owner.version },
    file: given === undefined ? file : `${folder}/${file}`,
    span: {
      start: { line: Number(line), column: Number(from) },
      end: { line: Number(endLine ?? line), column: Number(endColumn ?? to) },
    },
  };
}

/** A hand-made report with the files that belong to it. */
export interface ReportCase {
  readonly name: string;
  readonly folder: string;
  readonly report: Report;
  readonly options: RenderOptions;
}

function fileOf(folder: string, name: string): { path: string; text: string } | undefined {
  const file = path.join(folder, name);
  return existsSync(file) ? { path: name, text: readFileSync(file, "utf8") } : undefined;
}

/** Reads `fixtures/report/<name>`. */
export function reportCase(name: string): ReportCase {
  const folder = path.join(FIXTURES, name);
  const shape = reportShape.parse(parse(readFileSync(path.join(folder, "report.yml"), "utf8")));
  const results = shape.results.map((one) => resultOf(shape, one));
  const lockfile = fileOf(folder, "Cargo.lock");
  const manifest = fileOf(folder, "Cargo.toml");
  return {
    name,
    folder,
    report: { ...shape, root: ROOT, results } as Report,
    options: {
      rules: RULES,
      taxonomy: TAXONOMY,
      source: (owner, version, file) =>
        fileOf(path.join(folder, "sources", `${owner}-${version}`), file)?.text,
      ...(lockfile && { lockfile }),
      manifests: manifest ? [manifest] : [],
    },
  };
}

/** Every hand-made report. */
export function reportCases(): ReportCase[] {
  return readdirSync(FIXTURES).toSorted().map(reportCase);
}
