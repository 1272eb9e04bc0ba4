import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What one run of a program took, by the operating system's own accounting. */
export interface Run {
  readonly wall: number;
  readonly cpu: number;
  /** Peak memory of its largest process, MB. */
  readonly peak: number;
}

export interface Command {
  readonly words: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** How many processors it may use. */
  readonly cores?: number;
  /** Exit codes that are no mistake. */
  readonly fine?: readonly number[];
  /** Done in front of every run, outside of the measure. */
  readonly before?: () => void;
}

/** Run a program once under GNU time; its output is thrown away. */
export function measure({ words, cwd, env, cores, fine = [0], before }: Command): Run {
  before?.();
  const dir = mkdtempSync(join(tmpdir(), "bench-"));
  const file = join(dir, "time");
  const pinned = cores === undefined ? [] : ["taskset", "-c", `0-${cores - 1}`];
  const line = ["-q", "-o", file, "-f", "%U %S %M", "--", ...pinned, ...words];
  const start = process.hrtime.bigint();
  const ran = spawnSync("/usr/bin/time", line, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", "ignore", "pipe"],
    maxBuffer: 64 * 1024 * 1024,
  });
  const wall = Number(process.hrtime.bigint() - start) / 1e9;
  if (!fine.includes(ran.status ?? -1))
    throw new Error(
      `${words.slice(0, 4).join(" ")} ended with ${ran.status}: ${String(ran.stderr)}`,
    );
  const [user = 0, system = 0, peak = 0] = readFileSync(file, "utf8").trim().split(" ").map(Number);
  rmSync(dir, { recursive: true, force: true });
  return { wall, cpu: user + system, peak: peak / 1024 };
}

/** Runs of several commands, each round in turn: what slows the machine for a while slows all of them. */
export function inTurn<K extends string>(
  commands: Readonly<Record<K, Command>>,
  rounds: number,
): Record<K, Run[]> {
  const names = Object.keys(commands) as K[];
  const runs = Object.fromEntries(names.map((name) => [name, [] as Run[]])) as Record<K, Run[]>;
  for (let round = 0; round < rounds; round++)
    for (const name of names) runs[name].push(measure(commands[name]));
  return runs;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** The median of one command's figure over another's, pair by pair. */
export function ratio(a: readonly Run[], b: readonly Run[], of: keyof Run): number {
  return median(a.map((run, index) => run[of] / b[index]![of]));
}
