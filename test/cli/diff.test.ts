import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createFixture } from "fs-fixture";
import { expect, test } from "vitest";
import { run } from "../../src/util/process.ts";
import { runCli, type Ran } from "./support.ts";

const DEMO = path.join(import.meta.dirname, "../../fixtures/demo");

interface Json {
  readonly packages: readonly {
    readonly name: string;
    readonly before: readonly string[];
    readonly after: readonly string[];
    readonly added: readonly { readonly symbol: string }[];
    readonly removed: readonly { readonly symbol: string }[];
  }[];
}

interface Project {
  readonly dir: string;
  readonly diff: (...args: string[]) => Promise<Ran>;
  [Symbol.asyncDispose]: () => Promise<void>;
}

/** The demo with two versions of plainsock in its vendor folder, and a lockfile for each. */
async function project(): Promise<Project> {
  const fixture = await createFixture({});
  const dir = path.join(fixture.path, "app");
  cpSync(DEMO, dir, { recursive: true });
  const vendor = path.join(dir, "vendor");
  renameSync(path.join(vendor, "plainsock"), path.join(vendor, "plainsock-0.1.4"));
  cpSync(path.join(vendor, "plainsock-0.1.4"), path.join(vendor, "plainsock-0.1.5"), {
    recursive: true,
  });
  const bumped = path.join(vendor, "plainsock-0.1.5");
  edit(path.join(bumped, "Cargo.toml"), (text) => text.replace('"0.1.4"', '"0.1.5"'));
  edit(path.join(bumped, "src/lib.rs"), (text) => text.replaceAll("SO_REUSEADDR", "MSG_NOSIGNAL"));
  const lock = readFileSync(path.join(dir, "Cargo.lock"), "utf8");
  writeFileSync(path.join(dir, "new.lock"), lock.replace('"0.1.4"', '"0.1.5"'));
  const options = { cwd: dir, env: { PATH: process.env["PATH"] ?? "" } };
  return {
    dir,
    diff: (...args) => runCli(["diff", ...args, "--no-cargo"], options),
    [Symbol.asyncDispose]: () => fixture[Symbol.asyncDispose](),
  };
}

function edit(file: string, change: (text: string) => string): void {
  writeFileSync(file, change(readFileSync(file, "utf8")));
}

function changes({ stdout, stderr }: Ran): unknown[] {
  expect(stdout, stderr).not.toBe("");
  const { packages } = JSON.parse(stdout) as Json;
  return packages.map(({ name, before, after, added, removed }) => ({
    name,
    versions: [...before, ...after],
    added: [...new Set(added.map(({ symbol }) => symbol))],
    removed: [...new Set(removed.map(({ symbol }) => symbol))],
  }));
}

const BUMP = {
  name: "plainsock",
  versions: ["0.1.4", "0.1.5"],
  added: ["MSG_NOSIGNAL"],
  removed: ["SO_REUSEADDR"],
};

function leftovers(): string[] {
  return readdirSync(tmpdir()).filter((name) => /^ape-lint-[A-Za-z0-9]{6}$/u.test(name));
}

test("two lockfiles: what the bump brings fails, what it takes away does not", async () => {
  await using it = await project();
  const before = leftovers();
  const there = await it.diff("Cargo.lock", "new.lock", "--format", "json");
  expect(changes(there)).toEqual([BUMP]);
  expect(there.code).toBe(1);
  const none = await it.diff("Cargo.lock", "Cargo.lock", "--format", "json");
  expect(changes(none)).toEqual([]);
  expect(none.code).toBe(0);
  const quiet = await it.diff("Cargo.lock", "new.lock", "--fail-on", "never");
  expect(quiet.code).toBe(0);
  expect(quiet.stdout).toContain("plainsock 0.1.4 → 0.1.5");
  expect(quiet.stdout).toMatch(/^ {2}\+ .*MSG_NOSIGNAL/mu);
  expect(quiet.stdout).toMatch(/^ {2}- .*SO_REUSEADDR/mu);
  expect(leftovers()).toEqual(before);
});

test("a lockfile above the workspace is not the project's", async () => {
  await using it = await project();
  renameSync(path.join(it.dir, "Cargo.lock"), path.join(it.dir, "old.lock"));
  writeFileSync(path.join(it.dir, "../Cargo.lock"), "no lockfile");
  const there = await it.diff("old.lock", "new.lock", "--format", "json");
  expect(changes(there)).toEqual([BUMP]);
});

test("what is not to be seen is no difference", async () => {
  await using it = await project();
  const hide = [
    "--warn",
    "valid-but-different",
    "--warn",
    "runtime-constant",
    "--min-severity",
    "error",
  ];
  const there = await it.diff("Cargo.lock", "new.lock", "--format", "json", ...hide);
  expect(changes(there)).toEqual([{ ...BUMP, added: [], removed: [] }]);
  expect(there.code).toBe(0);
  const strict = await it.diff("Cargo.lock", "new.lock", "--strict");
  expect(strict.code).toBe(3);
});

test("markdown for a comment", async () => {
  await using it = await project();
  const { stdout } = await it.diff("Cargo.lock", "new.lock", "--format", "markdown");
  expect(stdout).toMatch(/^\| ➕ \| plainsock 0\.1\.4 → 0\.1\.5 \| `runtime-constant` \|/mu);
});

test("two revisions: read from the database, nothing of the tree is touched", async () => {
  await using it = await project();
  const git = async (...args: string[]): Promise<void> => {
    const who = [
      "-c",
      "user.name=t",
      "-c",
      "user.email=t@example.org",
      "-c",
      "commit.gpgsign=false",
    ];
    const { code, stderr } = await run("git", [...who, ...args], { cwd: it.dir, env: process.env });
    expect(code, stderr).toBe(0);
  };
  const hook = path.join(it.dir, ".git/hooks/post-checkout");
  await git("init", "-q");
  await git("add", ".");
  await git("commit", "-q", "-m", "old");
  rmSync(path.join(it.dir, "Cargo.lock"));
  renameSync(path.join(it.dir, "new.lock"), path.join(it.dir, "Cargo.lock"));
  await git("add", ".");
  await git("commit", "-q", "-m", "new");
  mkdirSync(path.dirname(hook), { recursive: true });
  writeFileSync(hook, `#!/bin/sh\ntouch "${it.dir}/hook-ran"\n`, { mode: 0o755 });
  writeFileSync(path.join(it.dir, "crates/echo-server/src/main.rs"), "not Rust at all {");
  const index = readFileSync(path.join(it.dir, ".git/index"));

  const there = await it.diff("HEAD~1", "HEAD", "--format", "json");
  expect(changes(there)).toEqual([BUMP]);
  expect(existsSync(path.join(it.dir, "hook-ran"))).toBe(false);
  expect(readFileSync(path.join(it.dir, ".git/index")).equals(index)).toBe(true);
  const wrong = await it.diff("HEAD", "--output=x");
  expect(wrong.code).toBe(2);
  const unknown = await it.diff("HEAD", "no-such-branch");
  expect(unknown.code).toBe(2);
  expect(unknown.stderr).toContain("no-such-branch is neither a Cargo.lock nor a git revision");
});

test("without a repository a revision is refused with what to do", async () => {
  await using it = await project();
  const { code, stderr } = await it.diff("v1", "v2");
  expect(code).toBe(2);
  expect(stderr).toContain("name two Cargo.lock files, two folders or two git revisions");
});
