import { readdirSync, statSync, utimesSync } from "node:fs";
import path from "node:path";
import { createFixture } from "fs-fixture";
import { afterEach, expect, test, vi } from "vitest";
import { Cache } from "../../src/extract/cache.ts";
import { runCli } from "../cli/support.ts";
import { answerOf, DEMO } from "./support.ts";

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

const DAY = 24 * 60 * 60 * 1000;

/** From now on the clock says that; it goes on from there. */
function setClock(by: number): void {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + by });
}

async function answer(cache: string): Promise<unknown> {
  vi.stubEnv("APE_LINT_CACHE", cache);
  const args = ["check", DEMO, "--no-cargo", "--format", "json", "--fail-on", "never"];
  const { code, stdout, stderr } = await runCli(args);
  expect(code, stderr).toBe(0);
  expect(stderr).not.toMatch(/mistake of ours|-\d/u);
  return answerOf(stdout);
}

test.each([-10 * 365 * DAY, -DAY, DAY, 10 * 365 * DAY])(
  "the clock jumps by %i ms between two runs",
  async (by) => {
    await using cache = await createFixture({});
    const right = await answer(cache.path);
    setClock(by);
    expect(await answer(cache.path)).toEqual(right);
    vi.useRealTimers();
    expect(await answer(cache.path)).toEqual(right);
  },
);

test("what was used before the clock was set back makes room first", async () => {
  await using folder = await createFixture({});
  const cache = new Cache({ dir: folder.path, limit: 4000 });
  const value = "x".repeat(1000);
  cache.put("facts", "of-a-later-year", value);
  const later = new Date(Date.now() + 10 * 365 * DAY);
  utimesSync(path.join(folder.path, "facts/of-a-later-year"), later, later);
  for (const key of ["a", "b", "c"]) cache.put("facts", key, value);
  cache.prune();
  expect(readdirSync(path.join(folder.path, "facts")).toSorted()).toEqual(["a", "b", "c"]);
});

test("what is used again after that counts as used now", async () => {
  await using folder = await createFixture({});
  const cache = new Cache({ dir: folder.path });
  cache.put("facts", "a", 1);
  const file = path.join(folder.path, "facts/a");
  const later = new Date(Date.now() + 10 * 365 * DAY);
  utimesSync(file, later, later);
  expect(cache.get("facts", "a")).toBe(1);
  expect(statSync(file).mtimeMs).toBeLessThanOrEqual(Date.now() + 1000);
});
