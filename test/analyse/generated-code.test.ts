import { writeFile } from "node:fs/promises";
import path from "node:path";
import { createFixture } from "fs-fixture";
import { expect, it, vi } from "vitest";
import { run } from "../../src/api.ts";

const DIR = path.join(import.meta.dirname, "../../fixtures/analyse/generated-code");

async function told(dir = DIR, cacheDir: string | false = false): Promise<string> {
  const { notAnalysed, results } = await run({
    input: { kind: "path", path: dir },
    noCargo: true,
    cacheDir,
  });
  const gaps = notAnalysed
    .filter(({ cause }) => cause !== "approximate")
    .map(({ package: id, file, cause, message }) => `${id} ${file}: ${cause}: ${message}`);
  const uses = results.map(
    ({ package: owner, file, span, symbol, rule, reachable }) =>
      `${owner.name} ${file}:${span.start.line}: ${symbol}, ${rule}, reachable: ${reachable}`,
  );
  return ["Not analysed:", ...gaps.toSorted(), "", "Found:", ...uses.toSorted(), ""].join("\n");
}

it("generated code is a gap where what it is made of may differ between hosts, or can't be told", async () => {
  await expect(await told()).toMatchFileSnapshot(`${DIR}/gaps.txt`);
});

it("code that a variable names is one where the variable is set", async () => {
  const text = "elsewhere@1.0.0 src/lib.rs: generated-code";
  expect(await told()).not.toContain(text);
  vi.stubEnv("OWN_TABLES", "/tables");
  expect(await told()).toContain(text);
  vi.unstubAllEnvs();
});

it("what was kept counts only while the data is the same that code is made of", async () => {
  await using cache = await createFixture({});
  await using project = await createFixture(DIR);
  const grammar = path.join(project.path, "grammar/src/grammar.txt");
  expect(await told(project.path, cache.path)).toContain("libc:: in src/grammar.txt");
  await writeFile(grammar, "text.len() as i32");
  expect(await told(project.path, cache.path)).not.toContain("grammar@1.0.0");
});
