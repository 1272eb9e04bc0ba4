import path from "node:path";
import { createFixture } from "fs-fixture";
import { expect, test } from "vitest";
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

test.each(["0/2", "3/2", "1", "1/0", "a/b"])("--shard %s is refused", async (shard) => {
  const { code, stderr } = await check(["--shard", shard]);
  expect(code).toBe(2);
  expect(stderr).toContain("2/8");
});
