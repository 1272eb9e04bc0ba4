import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { runCli } from "../cli/support.ts";
import { missing } from "./missing.ts";

/** Some 350 packages that end up in one program. */
const CRATE = "coreutils@0.12.0";
const PARTS = 8;

interface Json {
  readonly packages: readonly { readonly name: string; readonly version: string }[];
  readonly results: readonly object[];
  readonly matrix: readonly object[];
  readonly notAnalysed: readonly object[];
}

const why = missing("cargo");
if (why !== undefined) process.stderr.write(`parts of ${CRATE} (SKIPPED: ${why})\n`);
const dir = mkdtempSync(path.join(tmpdir(), "ape-lint-parts-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

async function json(args: readonly string[]): Promise<Json> {
  const everything = ["--all", "--pedantic", "--fail-on", "never", "--quiet", "--format", "json"];
  const { code, stdout, stderr } = await runCli([...args, ...everything], { cwd: dir });
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout) as Json;
}

test.skipIf(why !== undefined)(`${PARTS} parts of ${CRATE} joined are the whole`, async () => {
  const whole = await json(["check", CRATE]);
  expect(whole.packages.length).toBeGreaterThan(200);
  expect(whole.results.length).toBeGreaterThan(200);
  const files: string[] = [];
  let told = 0;
  for (let index = 1; index <= PARTS; index++) {
    const part = await json(["check", CRATE, "--shard", `${index}/${PARTS}`]);
    expect(part.results.length).toBeLessThan(whole.results.length);
    told += part.results.length;
    const file = path.join(dir, `${index}.json`);
    writeFileSync(file, JSON.stringify(part));
    files.push(file);
  }
  expect(told).toBe(whole.results.length);
  const merged = await json(["merge", ...files]);
  expect(merged.results).toEqual(whole.results);
  expect(merged.packages).toEqual(whole.packages);
  expect(merged.matrix).toEqual(whole.matrix);
  const lines = (all: readonly object[]): string[] =>
    all.map((one) => JSON.stringify(one)).toSorted();
  expect(lines(merged.notAnalysed)).toEqual(lines(whole.notAnalysed));
});
