import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import type { CrateTask } from "../../src/analyse/crates.ts";
import { readAll } from "../../src/analyse/pool.ts";

const dir = mkdtempSync(path.join(tmpdir(), "ape-lint-workers-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const DYING = { code: new URL("workers/dying.mjs", import.meta.url), megabytes: 48 };

function taskOf(name: string): CrateTask {
  const id = `${name}@1.0.0`;
  const plain = { version: "1.0.0", source: "path", edition: "2021" } as const;
  const pkg = { id, name, ...plain, dir, targets: [], builds: [], dependencies: [] };
  return { kind: "target", package: pkg, roots: [], tools: [], cfgs: [] };
}

/** What became of each package: `read`, or why not. */
async function outcomes(names: readonly string[], worker = DYING): Promise<Record<string, string>> {
  const told: Record<string, string> = {};
  await readAll(names.map(taskOf), { jobs: 2, worker }, ({ package: { name } }, outcome) => {
    told[name] = "error" in outcome ? outcome.error : "read";
  });
  return told;
}

const GOOD = Array.from({ length: 20 }, (_, at) => `good-${at}`);
const ALL_GOOD = Object.fromEntries(GOOD.map((name) => [name, "read"]));

test("a worker that dies is replaced, and only the package to blame is told as not read", async () => {
  const told = await outcomes([...GOOD.slice(0, 9), "exits", ...GOOD.slice(9)]);
  expect(told).toEqual({ ...ALL_GOOD, exits: expect.stringContaining("exited with code: 7") });
});

test("a worker without memory left ends nothing else", { timeout: 60_000 }, async () => {
  const told = await outcomes(["needs-memory", ...GOOD]);
  expect(told).toEqual({ ...ALL_GOOD, "needs-memory": expect.stringContaining("memory") });
});

test("a package is read again when the worker that had it died once", async () => {
  expect(await outcomes([...GOOD, "once-1", "once-2"])).toEqual({
    ...ALL_GOOD,
    "once-1": "read",
    "once-2": "read",
  });
});

test("every worker dies", async () => {
  const names = Array.from({ length: 12 }, (_, at) => `exits-${at}`);
  const told = await outcomes(names);
  expect(Object.keys(told)).toEqual(names);
  for (const reason of Object.values(told)) expect(reason).toContain("exited with code: 7");
});

test("an error of the reader's own is told as it is", async () => {
  expect(await outcomes([...GOOD, "throws"])).toEqual({ ...ALL_GOOD, throws: "no such folder" });
});

test("a worker whose code is not there is told, and waited for by nobody", async () => {
  const code = new URL("workers/absent.mjs", import.meta.url);
  const told = await outcomes(GOOD, { ...DYING, code });
  expect(Object.keys(told)).toEqual(GOOD);
  for (const reason of Object.values(told)) expect(reason).not.toBe("read");
});
