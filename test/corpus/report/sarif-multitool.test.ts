import { execFile } from "node:child_process";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { createFixture } from "fs-fixture";
import type { Log } from "sarif";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { render } from "../../../src/report/index.ts";
import { runCli } from "../../cli/support.ts";
import { bigReport } from "../../report/generated.ts";
import { RULES, TAXONOMY } from "../../report/known.ts";
import { reportCases } from "../../report/load.ts";
import { missing } from "../missing.ts";

const run = promisify(execFile);

/** Microsoft's validator: about 104 MB, so it is brought for this test only and kept nowhere. */
const PACKAGE = "@microsoft/sarif-multitool@5.7.0";
const PLATFORM: Readonly<Record<string, string>> = {
  linux: "linux",
  darwin: "darwin",
  win32: "win32",
};

const folder = await createFixture({ "package.json": '{ "private": true }' });
afterAll(() => folder.rm());

// NOTE: the package's own starter hands its arguments through a shell, where the `;` of the rule kinds ends the
// command, and its script that makes the program executable does not run under newer npm: so we start the program.
function binary(): string {
  const name = process.platform === "win32" ? "Sarif.Multitool.exe" : "Sarif.Multitool";
  const owner = `sarif-multitool-${PLATFORM[process.platform] ?? "linux"}`;
  return path.join(folder.path, "node_modules/@microsoft", owner, name);
}

async function isInstalled(): Promise<boolean> {
  try {
    const flags = ["install", "--ignore-scripts", "--no-audit", "--no-fund", PACKAGE];
    await run("npm", flags, { cwd: folder.path, shell: process.platform === "win32" });
    await chmod(binary(), 0o755);
    return true;
  } catch (error) {
    process.stderr.write(
      `skipped: ${PACKAGE} could not be installed: ${String(error).split("\n")[0]}\n`,
    );
    return false;
  }
}

const installed = await isInstalled();
const MINUTE = 60_000;

/** Trees with much to say: their SARIF has every kind of place. */
const REAL = [["ripgrep@15.2.0"], ["xh@0.26.3", "--no-default-features"], ["xh@0.26.3"]] as const;

/** What the validator says, one line each; its exit code is 0 whatever it found. */
async function findings(name: string, sarif: string): Promise<string[]> {
  const input = path.join(folder.path, "in", `${name}.sarif`);
  const output = path.join(folder.path, "in", `${name}.result.sarif`);
  await writeFile(input, sarif);
  const flags = ["validate", input, "--rule-kind", "Sarif;Ghas", "--output", output];
  await run(binary(), [...flags, "--log", "ForceOverwrite"], { maxBuffer: 100_000_000 });
  const log = JSON.parse(await readFile(output, "utf8")) as Log;
  return log.runs.flatMap((one) => [
    ...(one.results ?? []).map((result) => `${result.level ?? "warning"} ${result.ruleId}`),
    ...(one.invocations ?? [])
      .filter((invocation) => !invocation.executionSuccessful)
      .map(() => "error: the validator could not do its work"),
  ]);
}

describe.skipIf(!installed)("Microsoft's SARIF validator with GitHub's rules", () => {
  const options = {
    rules: RULES,
    taxonomy: TAXONOMY,
    homepage: "https://example.org/ape-lint",
    exitCode: 1,
  };

  beforeAll(() => mkdir(path.join(folder.path, "in")));

  it.each(reportCases())(
    "has nothing to say about $name",
    async ({ name, report, options: files }) => {
      expect(await findings(name, render("sarif", report, { ...files, ...options }))).toEqual([]);
    },
  );

  it.each([1, 5001])("has nothing to say about %i results", async (count) => {
    const source = (): string => "    libc::X;\n".repeat(2500);
    const text = render("sarif", bigReport(count), { ...options, source });
    expect(await findings(`big-${count}`, text)).toEqual([]);
  });

  it.skipIf(missing("cargo") !== undefined)(
    "finds no error in the reports on real crates",
    { timeout: 20 * MINUTE },
    async () => {
      for (const [name, ...flags] of REAL) {
        const { code, stdout } = await runCli(["check", name, ...flags, "--format", "sarif"]);
        expect(code).toBe(1);
        const said = await findings(name, stdout);
        expect(said.filter((line) => line.startsWith("error"))).toEqual([]);
        expect((JSON.parse(stdout) as Log).runs[0]?.results?.length).toBeGreaterThan(10);
      }
    },
  );

  it("does say something about a broken file", async () => {
    const [first] = reportCases();
    const broken = render("sarif", first!.report, options).replace('"2.1.0"', '"2.1"');
    expect(await findings("broken", broken)).not.toEqual([]);
  });
});
