import { cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createFixture } from "fs-fixture";
import { expect, test } from "vitest";
import { rangesOf } from "../../src/cli/git-changes.ts";
import { run } from "../../src/util/process.ts";
import { runCli } from "./support.ts";

const DEMO = path.join(import.meta.dirname, "../../fixtures/demo");

interface Sarif {
  readonly runs: readonly {
    readonly results: readonly {
      readonly locations: readonly {
        readonly physicalLocation: {
          readonly artifactLocation: { readonly uri: string };
          readonly region: { readonly startLine: number };
        };
      }[];
    }[];
  }[];
}

function places(text: string): string[] {
  const { runs } = JSON.parse(text) as Sarif;
  return (runs[0]?.results ?? []).map(({ locations }) => {
    const { artifactLocation, region } = locations[0]!.physicalLocation;
    return `${artifactLocation.uri}:${region.startLine}`;
  });
}

test("tracked files and changed lines are git's word", async () => {
  await using fixture = await createFixture({});
  const project = path.join(fixture.path, "sub");
  cpSync(DEMO, project, { recursive: true });
  const git = async (...args: string[]): Promise<void> => {
    const who = [
      "-c",
      "user.name=t",
      "-c",
      "user.email=t@example.org",
      "-c",
      "commit.gpgsign=false",
    ];
    const done = await run("git", [...who, ...args], { cwd: fixture.path, env: process.env });
    expect(done.code, done.stderr).toBe(0);
  };
  const check = async (...args: string[]): Promise<string> => {
    const options = { cwd: project, env: { PATH: process.env["PATH"] ?? "" } };
    const { stdout, stderr } = await runCli(
      ["check", "--no-cargo", "--format", "sarif", ...args],
      options,
    );
    expect(stdout, stderr).not.toBe("");
    return stdout;
  };
  await git("init", "-q");
  await git("add", "--", ":!sub/Cargo.lock");
  await git("commit", "-q", "-m", "without a lockfile");
  expect(places(await check()).filter((place) => place.includes("Cargo.lock"))).toEqual([]);
  await git("add", ".");
  await git("commit", "-q", "-m", "with it");
  const all = places(await check());
  expect(all.filter((place) => place.startsWith("sub/Cargo.lock:"))).not.toEqual([]);

  // whoever writes a repository's configuration is not trusted with programs to run
  const evil = path.join(fixture.path, "evil");
  await git("config", "filter.evil.clean", `touch ${evil}`);
  await git("config", "filter.evil.required", "true");
  writeFileSync(path.join(fixture.path, ".git/info/attributes"), "*.rs filter=evil\n");

  const main = path.join(project, "crates/echo-server/src/main.rs");
  const lines = readFileSync(main, "utf8").split("\n");
  const at = lines.findIndex((line) => line.includes("libc::EAGAIN"));
  lines[at] += " // touched";
  writeFileSync(main, lines.join("\n"));
  const only = ["--changed-since", "HEAD", "--only-changed"];
  const touched = [`sub/crates/echo-server/src/main.rs:${at + 1}`];
  expect([...new Set(places(await check(...only)))]).toEqual(touched);
  expect(existsSync(evil)).toBe(false);

  const fresh = path.join(project, "crates/echo-server/src/fresh.rs");
  writeFileSync(fresh, "pub fn again() -> i32 { libc::EAGAIN }\n");
  writeFileSync(main, `${readFileSync(main, "utf8")}\npub mod fresh;\n`);
  expect(places(await check("--all", ...only))).toContain("sub/crates/echo-server/src/fresh.rs:1");

  const lock = path.join(project, "Cargo.lock");
  writeFileSync(
    lock,
    readFileSync(lock, "utf8").replace('version = "0.1.4"', 'version = "0.1.4" #'),
  );
  const bumped = places(await check(...only));
  expect(bumped.some((place) => place.startsWith("sub/Cargo.lock:"))).toBe(true);
  expect(bumped.length).toBeLessThan(all.length);
});

test.each([
  [["--only-changed"], "--only-changed needs --changed-since"],
  [["--changed-since", "HEAD"], "git cannot say what changed since HEAD"],
])("%j is refused with what to do", async (args, message) => {
  await using fixture = await createFixture({});
  cpSync(DEMO, fixture.path, { recursive: true });
  const { code, stderr } = await runCli(["check", "--no-cargo", ...args], { cwd: fixture.path });
  expect(code).toBe(2);
  expect(stderr).toContain(message);
});

test("pieces of a diff: a line that looks like a header is none", () => {
  const diff = [
    "diff --git a/x.rs b/x.rs",
    "--- a/x.rs",
    "+++ b/x.rs",
    "@@ -1,2 +1,3 @@ fn",
    "-old",
    "-old",
    "+new",
    "+++ b/evil.rs",
    "+new",
    "\\ No newline at end of file",
    "@@ -9 +10,0 @@",
    "-gone",
    "@@ -20,0 +20 @@",
    "+one",
    "--- a/y z.rs",
    "+++ b/y z.rs\t",
    "@@ -0,0 +1,2 @@",
    "+a",
    "+b",
  ].join("\n");
  expect([...rangesOf(diff)]).toEqual([
    [
      "x.rs",
      [
        [1, 3],
        [20, 20],
      ],
    ],
    ["y z.rs", [[1, 2]]],
  ]);
});
