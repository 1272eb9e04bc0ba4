import path from "node:path";
import { createFixture } from "fs-fixture";
import { describe, expect, test } from "vitest";
import { checkSarif } from "../report/sarif-schema.ts";
import { runCli, type Ran } from "./support.ts";

const ROOT = path.join(import.meta.dirname, "../..");
const DEMO = ["check", "fixtures/demo", "--no-cargo", "--all", "--pedantic", "--quiet"];

interface Json {
  readonly packages: readonly { readonly name: string }[];
  readonly results: readonly object[];
  readonly notAnalysed: readonly object[];
  readonly matrix: readonly object[];
  readonly stats: object;
}

function json({ stdout, stderr }: Ran): Json {
  expect(stdout, stderr).not.toBe("");
  return JSON.parse(stdout) as Json;
}

const check = (args: readonly string[]): Promise<Ran> =>
  runCli([...DEMO, "--format", "json", ...args], { cwd: ROOT });

test.each([1, 2, 3, 50])("%i parts joined are the whole", async (count) => {
  const whole = await check([]);
  const parts = [];
  for (let index = 1; index <= count; index++)
    parts.push(await check(["--shard", `${index}/${count}`]));
  const names = parts.flatMap((part) => json(part).packages.map(({ name }) => name));
  expect(new Set(names).size).toBe(names.length);
  expect(json(parts[0]!).results.length).toBeLessThanOrEqual(json(whole).results.length);

  const files = Object.fromEntries(parts.map(({ stdout }, at) => [`${at}.json`, stdout]));
  await using fixture = await createFixture(files);
  const operands = Object.keys(files).map((file) => path.join(fixture.path, file));
  const manifest = [
    "--manifest-path",
    "fixtures/demo/Cargo.toml",
    "--all",
    "--pedantic",
    "--quiet",
  ];
  const merged = await runCli(["merge", ...operands, ...manifest, "--format", "json"], {
    cwd: ROOT,
  });
  expect(merged.code).toBe(whole.code);
  expect(json(merged).results).toEqual(json(whole).results);
  expect(json(merged).packages).toEqual(json(whole).packages);
  expect(json(merged).matrix).toEqual(json(whole).matrix);
  const lines = (all: readonly object[]): string[] =>
    all.map((one) => JSON.stringify(one)).toSorted();
  expect(lines(json(merged).notAnalysed)).toEqual(lines(json(whole).notAnalysed));
});

test("joined parts make the same SARIF as the whole", async () => {
  const sarif = [...DEMO, "--format", "sarif"];
  const whole = await runCli(sarif, { cwd: ROOT });
  const parts = [await check(["--shard", "1/2"]), await check(["--shard", "2/2"])];
  await using fixture = await createFixture({
    "1.json": parts[0]!.stdout,
    "2.json": parts[1]!.stdout,
  });
  const operands = ["1.json", "2.json"].map((file) => path.join(fixture.path, file));
  const merged = await runCli(
    [
      "merge",
      ...operands,
      "--manifest-path",
      "fixtures/demo/Cargo.toml",
      "--all",
      "--pedantic",
      "--quiet",
      "--format",
      "sarif",
    ],
    { cwd: ROOT },
  );
  const results = ({ stdout }: Ran): unknown =>
    (JSON.parse(stdout) as { runs: { results: unknown }[] }).runs[0]?.results;
  expect(results(merged)).toEqual(results(whole));
});

test("runs that were asked different questions are not joined", async () => {
  const parts = [await check([]), await check(["--profile", "ape-rs"])];
  await using fixture = await createFixture({
    "1.json": parts[0]!.stdout,
    "2.json": parts[1]!.stdout,
  });
  const { code, stderr } = await runCli(["merge", "1.json", "2.json"], { cwd: fixture.path });
  expect(code).toBe(2);
  expect(stderr).toContain("2.json: profile is ape-rs here and none in 1.json");
});

test("a report that tells nothing of a host is refused", async () => {
  const { matrix, ...rest } = json(await check([]));
  const broken = JSON.stringify({ ...rest, matrix: matrix.slice(1) });
  await using fixture = await createFixture({ "1.json": broken });
  const { code, stderr } = await runCli(["merge", "1.json"], { cwd: fixture.path });
  expect(code).toBe(2);
  expect(stderr).toContain("1.json: the matrix has no row for linux-x64");
});

test.each(["matrix", "plan", "inventory", "fix"])("`%s` speaks of the whole tree", async (name) => {
  const { code, stderr } = await runCli([name, "--shard", "1/2", "--no-cargo"], { cwd: ROOT });
  expect(code).toBe(2);
  expect(stderr).toContain(`\`${name}\` does not know --shard`);
});

test.each(["0/2", "3/2", "1", "1/0", "a/b"])("--shard %s is refused", async (shard) => {
  const { code, stderr } = await check(["--shard", shard]);
  expect(code).toBe(2);
  expect(stderr).toContain("2/8");
});

describe("SARIF files", () => {
  const sarif = (args: readonly string[]): Promise<Ran> =>
    runCli([...DEMO, "--format", "sarif", ...args], { cwd: ROOT });
  const runOf = (
    text: string,
  ): { results: unknown; invocations: { toolExecutionNotifications: object[] }[] } =>
    (JSON.parse(text) as { runs: [ReturnType<typeof runOf>] }).runs[0];

  test.each([2, 3])("of %i parts joined are the one of the whole", async (count) => {
    const whole = await sarif([]);
    const files: Record<string, string> = {};
    for (let index = 1; index <= count; index++)
      files[`${index}.sarif`] = (await sarif(["--shard", `${index}/${count}`])).stdout;
    await using fixture = await createFixture(files);
    const args = ["merge", ...Object.keys(files), "--format", "sarif"];
    const merged = await runCli(args, { cwd: fixture.path });
    expect(merged).toMatchObject({ code: 0, stderr: "" });
    checkSarif(merged.stdout);
    expect(runOf(merged.stdout).results).toEqual(runOf(whole.stdout).results);
    const twice = await runCli([...args, "1.sarif"], { cwd: fixture.path });
    expect(runOf(twice.stdout).results).toEqual(runOf(whole.stdout).results);
    const few = await runCli([...args, "--sarif-max-results", "2"], { cwd: fixture.path });
    expect(runOf(few.stdout).results).toHaveLength(2);
    const [told] = runOf(few.stdout).invocations[0]!.toolExecutionNotifications;
    expect(JSON.stringify(told)).toMatch(/\d+ results left out of this file/u);
  });

  test("are refused where they cannot be joined", async () => {
    const one = (await sarif([])).stdout;
    const other = (await sarif(["--profile", "ape-rs"])).stdout;
    await using fixture = await createFixture({ "1.sarif": one, "2.sarif": other, "3.json": "{}" });
    const merge = (...args: string[]): Promise<Ran> =>
      runCli(["merge", ...args], { cwd: fixture.path });
    const text = await merge("1.sarif", "1.sarif");
    expect(text).toMatchObject({ code: 2 });
    expect(text.stderr).toContain("SARIF cannot be told as text");
    const asked = await merge("1.sarif", "2.sarif", "--format", "sarif");
    expect(asked.stderr).toContain("2.sarif: other rules, version or profile than in 1.sarif");
    const mixed = await merge("1.sarif", "3.json", "--format", "sarif");
    expect(mixed.stderr).toContain("3.json: this is no SARIF of ape-lint");
  });
});
