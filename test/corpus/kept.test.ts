import { appendFileSync, copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { run } from "../../src/api.ts";
import { render } from "../../src/report/index.ts";
import { project } from "../../tools/bench/setup.ts";
import { missing } from "./missing.ts";

const PROGRAMS = [
  ["fd-find", "10.5.0"],
  ["xh", "0.26.3"],
] as const;

const work = mkdtempSync(join(tmpdir(), "ape-lint-kept-"));
afterAll(() => rmSync(work, { recursive: true, force: true }));

const why = missing("cargo");
if (why !== undefined) process.stderr.write(`what is kept of real trees (SKIPPED: ${why})\n`);

/** All that is found, also in code that nothing leads to. */
async function found(dir: string, cacheDir: string | false): Promise<string> {
  const report = await run({ input: { kind: "path", path: dir }, cacheDir });
  // times differ from run to run, and one more line is a few bytes more
  return render("json", { ...report, stats: { ...report.stats, milliseconds: {}, bytes: 0 } });
}

describe.skipIf(why !== undefined)("a tree with a kept foundation is like one without", () => {
  it.each(PROGRAMS)("%s@%s", { timeout: 600_000 }, async (name, version) => {
    const { dir } = await project(name, version, work);
    const cache = join(work, `${name}-cache`);
    const main = join(dir, "src/main.rs");
    copyFileSync(main, join(work, "main.rs"));
    writeFileSync(main, "fn main() {}\n");
    const empty = await found(dir, cache);
    expect(empty).toBe(await found(dir, false));
    copyFileSync(join(work, "main.rs"), main);
    const whole = await found(dir, false);
    expect(whole).not.toBe(empty);
    expect(await found(dir, cache)).toBe(whole);
    appendFileSync(main, "// one more line\n");
    rmSync(join(cache, "facts"), { recursive: true });
    expect(await found(dir, cache)).toBe(whole);
  });
});
