import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { z } from "zod";
import type { SoakProgram } from "../oracle/corpus.ts";

const MAIN = resolve(import.meta.dirname, "../../dist/cli/main.js");

/** Seconds that cargo may take to bring a program, and that we may take to look at it. */
const BRING = 420;
const LOOK = 300;

const gap = z.object({
  cause: z.string(),
  message: z.string(),
  package: z.string().optional(),
  file: z.string().optional(),
});
const report = z.object({
  packages: z.array(z.unknown()),
  results: z.array(z.unknown()),
  notAnalysed: z.array(gap),
  stats: z.object({ packages: z.number(), files: z.number(), bytes: z.number() }),
});
export type Gap = z.infer<typeof gap>;

/** How a look at a program's whole tree went. */
export const soaked = z.object({
  name: z.string(),
  version: z.string(),
  why: z.string(),
  /** Absent: it ended as it should. */
  trouble: z.string().optional(),
  packages: z.number(),
  files: z.number(),
  megabytes: z.number(),
  results: z.number(),
  seconds: z.number(),
  /** Peak memory of the largest process, MB. */
  peak: z.number(),
  gaps: z.array(gap),
});
export type Soaked = z.infer<typeof soaked>;

/** Lets cargo bring a program, then looks at it without the network and without anything kept. */
export function soak({ name, version, why }: SoakProgram, isBrought: boolean): Soaked {
  const dir = mkdtempSync(join(tmpdir(), "ape-lint-soak-"));
  const json = join(dir, "report.json");
  const words = [
    "check",
    `${name}@${version}`,
    "--no-cache",
    "--no-config",
    "--fail-on",
    "never",
    "--format",
    `json=${json}`,
  ];
  try {
    const brought = isBrought ? NOTHING : ran([...words, "--quiet"], BRING, dir);
    const looked =
      brought.trouble === undefined ? ran([...words, "--offline"], LOOK, dir) : brought;
    const empty = { packages: 0, files: 0, megabytes: 0, results: 0, gaps: [] };
    const { trouble, seconds, peak } = looked;
    const about = { name, version, why, seconds, peak };
    if (trouble !== undefined) return { ...about, ...empty, trouble };
    const { stats, results, notAnalysed } = report.parse(JSON.parse(readFileSync(json, "utf8")));
    const { packages, files, bytes } = stats;
    return {
      ...about,
      packages,
      files,
      megabytes: bytes / 1e6,
      results: results.length,
      gaps: notAnalysed,
    };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

const NOTHING: Ran = { seconds: 0, peak: 0 };

interface Ran {
  readonly trouble?: string;
  readonly seconds: number;
  readonly peak: number;
}

function ran(words: readonly string[], limit: number, dir: string): Ran {
  const file = join(dir, "time");
  const line = [
    "-q",
    "-o",
    file,
    "-f",
    "%e %M",
    "--",
    "timeout",
    "-k",
    "5",
    `${limit}`,
    process.execPath,
    MAIN,
    ...words,
  ];
  const ended = spawnSync("/usr/bin/time", line, {
    stdio: ["ignore", "ignore", "pipe"],
    maxBuffer: 64 * 1024 * 1024,
  });
  const [seconds = 0, kilobytes = 0] = readFileSync(file, "utf8").trim().split(" ").map(Number);
  const taken = { seconds, peak: kilobytes / 1024 };
  if (ended.status === 0) return taken;
  const last = String(ended.stderr).trim().split("\n").at(-1) ?? "";
  return {
    ...taken,
    trouble: ended.status === 124 ? `no end within ${limit} s` : `exit ${ended.status}: ${last}`,
  };
}
