import { cpSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createFixture } from "fs-fixture";
import { expect, test } from "vitest";
import { runCli, type Ran } from "./support.ts";

const DEMO = path.join(import.meta.dirname, "../../fixtures/demo");
const FILE = "ape-lint-baseline.json";

async function demo(): Promise<{
  dir: string;
  run: (...args: string[]) => Promise<Ran>;
  [Symbol.asyncDispose]: () => Promise<void>;
}> {
  const fixture = await createFixture({});
  cpSync(DEMO, fixture.path, { recursive: true });
  return {
    dir: fixture.path,
    run: (...args) => runCli([...args, "--no-cargo"], { cwd: fixture.path }),
    [Symbol.asyncDispose]: () => fixture[Symbol.asyncDispose](),
  };
}

test("adopted: what is known fails no run, what is new does", async () => {
  await using project = await demo();
  expect((await project.run("check")).code).toBe(1);
  const written = await project.run("baseline", "write");
  expect(written).toMatchObject({ code: 0, stderr: "" });
  expect(written.stdout).toMatch(/^ape-lint-baseline\.json: \d+ known results in \d+ entries\n/u);
  expect((await project.run("check")).code, "nobody named it").toBe(1);
  expect((await project.run("check", "--baseline", FILE)).code).toBe(0);

  writeFileSync(path.join(project.dir, "ape-lint.toml"), `baseline = "${FILE}"\n`);
  expect((await project.run("check")).code).toBe(0);
  expect((await project.run("check", "--no-baseline")).code).toBe(1);
  expect((await project.run("check", "--no-ignores")).code).toBe(1);

  const main = path.join(project.dir, "crates/echo-server/src/main.rs");
  const code = readFileSync(main, "utf8");
  writeFileSync(main, `\n\n\n${code}`);
  expect((await project.run("check")).code, "lines moved").toBe(0);
  writeFileSync(main, `${code.replace(/fn main\(\)[^{]*\{/u, "$& let _ = libc::SO_REUSEADDR;")}`);
  const fresh = await project.run("check");
  expect(fresh.code).toBe(1);
  expect(fresh.stdout).toContain("`SO_REUSEADDR` is compiled in");
});

test.each([
  [["-p", "fast-mix"], "all packages"],
  [["--host", "linux"], "--host linux-x64,"],
  [["--profile", "rust-ape"], "--profile none"],
])("a run with %j prunes nothing that it did not look at", async (less, hint) => {
  await using project = await demo();
  await project.run("baseline", "write");
  const before = readFileSync(path.join(project.dir, FILE), "utf8");
  const { code, stderr } = await project.run("baseline", "prune", ...less);
  expect(code).toBe(2);
  expect(stderr).toContain(hint);
  expect(readFileSync(path.join(project.dir, FILE), "utf8")).toBe(before);
});

test("what is gone is told, and pruned", async () => {
  await using project = await demo();
  const main = path.join(project.dir, "crates/echo-server/src/main.rs");
  const code = readFileSync(main, "utf8");
  writeFileSync(main, code.replace(/fn main\(\)[^{]*\{/u, "$& let _ = libc::SO_REUSEADDR;"));
  await project.run("baseline", "write");
  writeFileSync(main, code);
  const { stderr, code: exit } = await project.run("check", "--baseline", FILE);
  expect(exit).toBe(0);
  expect(stderr).toMatch(/warning: .*SO_REUSEADDR of the baseline is gone/u);
  expect((await project.run("baseline", "show")).stdout).toMatch(/main\.rs +SO_REUSEADDR/u);
  expect((await project.run("baseline", "prune")).stdout).toMatch(/: 1 gone, \d+ left\n/u);
  expect((await project.run("baseline", "show")).stdout).not.toMatch(/main\.rs +SO_REUSEADDR/u);
  expect((await project.run("check", "--baseline", FILE)).stderr).not.toContain("baseline");
});

test("mistakes are told with what to do", async () => {
  await using project = await demo();
  const slip = await project.run("baseline", "wirte");
  expect(slip).toMatchObject({ code: 2 });
  expect(slip.stderr).toContain("did you mean write?");
  const none = await project.run("check", "--baseline", "none.json");
  expect(none).toMatchObject({ code: 2 });
  expect(none.stderr).toContain(
    "none.json: cannot read the baseline (no such file or folder, ENOENT)",
  );
});

test("a suppression beside the code is heard, and told when it is of no use", async () => {
  await using project = await demo();
  const main = path.join(project.dir, "crates/echo-server/src/main.rs");
  const code = readFileSync(main, "utf8");
  const use = "let _ = libc::SO_REUSEADDR; // ape-lint: allow(valid-but-different) only printed";
  writeFileSync(main, code.replace(/fn main\(\)[^{]*\{/u, `$& ${use}\n`));
  const rows = async (...args: string[]): Promise<unknown[]> => {
    const { stdout } = await project.run("check", "--format", "json", ...args);
    const { results } = JSON.parse(stdout) as {
      results: { symbol: string; file: string; suppressed?: unknown }[];
    };
    return results
      .filter(({ symbol, file }) => symbol === "SO_REUSEADDR" && file === "src/main.rs")
      .map((each) => each.suppressed);
  };
  expect(await rows()).toEqual([{ kind: "inSource", reason: "only printed" }]);
  expect(await rows("--no-ignores")).toEqual([undefined]);
  writeFileSync(main, `// ape-lint: allow(raw-syscall) no more\n${code}`);
  expect((await project.run("check")).stderr).toContain(
    "src/main.rs:1:1: nothing of raw-syscall is here any more",
  );
});
