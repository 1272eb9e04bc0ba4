import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { serialize } from "node:v8";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { Cache, CACHE_KINDS } from "../../src/extract/cache.ts";
import { runCli } from "../cli/support.ts";
import { answerOf, DEMO } from "./support.ts";

const dir = mkdtempSync(path.join(tmpdir(), "ape-lint-faults-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
afterEach(() => vi.unstubAllEnvs());

async function answer(
  cache: string,
  ...more: string[]
): Promise<{ answer: unknown; stderr: string }> {
  vi.stubEnv("APE_LINT_CACHE", cache);
  const args = ["check", DEMO, "--no-cargo", "--format", "json", "--fail-on", "never"];
  const { code, stdout, stderr } = await runCli([...args, ...more]);
  expect(code, stderr).toBe(0);
  return { answer: answerOf(stdout), stderr };
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => path.join(folder, name))
    .filter((file) => statSync(file).isFile());
}

/** What may have become of a cache's folder since the last run. */
const FAULTS: Readonly<Record<string, (cache: string) => void>> = {
  "every file is cut in half": (cache) =>
    filesIn(cache).forEach((file) => truncateSync(file, Math.floor(statSync(file).size / 2))),
  "every file is empty": (cache) => filesIn(cache).forEach((file) => truncateSync(file, 0)),
  "every file is garbage": (cache) =>
    filesIn(cache).forEach((file) => writeFileSync(file, Buffer.alloc(5000, 0xa5))),
  "one byte of every file is wrong": (cache) => {
    for (const file of filesIn(cache)) {
      const bytes = readFileSync(file);
      bytes[bytes.length - 3]! ^= 1;
      writeFileSync(file, bytes);
    }
  },
  "every value is whole, and of another form": (cache) => {
    for (const kind of CACHE_KINDS) {
      const kept = new Cache({ dir: cache });
      if (!readdirSync(cache).includes(kind)) continue;
      for (const key of readdirSync(path.join(cache, kind)))
        kept.putBytes(
          kind,
          key,
          serialize({
            state: "",
            answer: {
              kind: "target",
              sources: [{ bytes: 1, files: new Map([["a", {}]]), notAnalysed: [] }],
            },
          }),
        );
    }
  },
  "every file is a folder": (cache) => {
    for (const file of filesIn(cache)) {
      rmSync(file);
      mkdirSync(path.join(file, "x"), { recursive: true });
    }
  },
  "every file leads to itself": (cache) => {
    for (const file of filesIn(cache)) {
      rmSync(file);
      symlinkSync(path.basename(file), file);
    }
  },
  "it is a file": (cache) => {
    rmSync(cache, { recursive: true });
    writeFileSync(cache, "");
  },
  "it is gone": (cache) => rmSync(cache, { recursive: true }),
  "nobody may write there": (cache) =>
    filesIn(cache).forEach((file) => chmodSync(path.dirname(file), 0o500)),
};

describe("the same report, whatever the cache's folder is", () => {
  test.each(Object.entries(FAULTS))("%s", async (name, harm) => {
    const cache = path.join(dir, name.replaceAll(" ", "-"));
    const { answer: right } = await answer(cache, "--no-cache");
    expect((await answer(cache)).answer).toEqual(right);
    expect(filesIn(cache).length).toBeGreaterThan(0);
    harm(cache);
    const { answer: after, stderr } = await answer(cache);
    expect(after).toEqual(right);
    expect(stderr).not.toContain("mistake of ours");
    if (statSync(cache).isFile()) expect(stderr).toContain("this run goes on without");
    expect((await answer(cache)).answer).toEqual(right);
  });

  test("two runs at once", async () => {
    const cache = path.join(dir, "two");
    const { answer: right } = await answer(cache, "--no-cache");
    const both = await Promise.all([answer(cache), answer(cache)]);
    for (const { answer: one } of both) expect(one).toEqual(right);
    expect((await answer(cache)).answer).toEqual(right);
  });
});
