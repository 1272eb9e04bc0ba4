import { spawn } from "node:child_process";
import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { afterAll, expect, test } from "vitest";
import { answerOf, DEMO, ROOT } from "./support.ts";

const TSX = createRequire(import.meta.url).resolve("tsx");
const dir = mkdtempSync(path.join(tmpdir(), "ape-lint-kill-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** How often a run is killed: 20 times, `FUZZ` times as often in `npm run fuzz`. */
const KILLS = 20 * Number(process.env["FUZZ"] ?? 1);

interface Ended {
  readonly stdout: string;
  readonly code: number | null;
  readonly milliseconds: number;
}

/** One run in a process of its own, killed after a time. */
function runProcess(cache: string, killAfter?: number): Promise<Ended> {
  const args = ["check", DEMO, "--no-cargo", "--format", "json", "--fail-on", "never"];
  const main = path.join(ROOT, "src/cli/main.ts");
  const started = performance.now();
  const child = spawn(process.execPath, ["--import", `file://${TSX}`, main, ...args], {
    env: { ...process.env, APE_LINT_CACHE: cache },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const timer =
    killAfter === undefined ? undefined : setTimeout(() => child.kill("SIGKILL"), killAfter);
  const chunks: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      clearTimeout(timer);
      const stdout = Buffer.concat(chunks).toString("utf8");
      resolve({ stdout, code, milliseconds: performance.now() - started });
    });
  });
}

/** Adds what came of it to a file, for `npm run soak -- --write-docs`; only where one is named. */
function note(figures: Readonly<Record<string, number>>): void {
  const file = process.env["APE_LINT_KILLS"];
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(figures)}\n`);
}

/** So many runs share a cache and are killed at different moments. */
const AT_ONCE = 4;

test("killed at any moment, the next run tells the same", { timeout: 3_600_000 }, async () => {
  const cache = path.join(dir, "cache");
  const first = await runProcess(path.join(dir, "other"));
  expect(first.code).toBe(0);
  const right = answerOf(first.stdout);
  let killed = 0;
  let wrong = 0;
  let looks = 0;
  for (let count = 0; count < KILLS; count += AT_ONCE) {
    // NOTE: the first part of the time is the start of the program, where nothing of ours happens yet.
    const moments = Array.from(
      { length: AT_ONCE },
      (_, at) => first.milliseconds * (0.5 + 2 * (((count + at) * 0.618) % 1)),
    );
    for (const { code, stdout } of await Promise.all(
      moments.map((one) => runProcess(cache, one)),
    )) {
      if (code === null) killed++;
      else if (!isDeepStrictEqual(answerOf(stdout), right)) wrong++;
    }
    if (count % 8 !== 0) continue;
    const next = await runProcess(cache);
    looks++;
    expect(next.code).toBe(0);
    if (!isDeepStrictEqual(answerOf(next.stdout), right)) wrong++;
    rmSync(cache, { recursive: true, force: true });
  }
  note({ begun: KILLS, killed, looks, wrong });
  expect(wrong).toBe(0);
  expect(killed).toBeGreaterThan(KILLS / 4);
});
