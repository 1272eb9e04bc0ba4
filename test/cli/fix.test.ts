import {
  chmodSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { createFixture } from "fs-fixture";
import { expect, test } from "vitest";
import { writeChanges } from "../../src/cli/fix/write.ts";
import { run } from "../../src/util/process.ts";
import { runCli, type Ran } from "./support.ts";

const LIBC =
  "pub type c_int = i32;\npub const SOL_SOCKET: c_int = 1;\npub const O_NONBLOCK: c_int = 2048;\n";
const READ = "pub fn level() -> i32 {\n    libc::SOL_SOCKET\n}\n";
const OWN = `mod flags;

pub fn name(level: i32) -> &'static str {
    match level {
        libc::SOL_SOCKET => "socket",
        _ => "other",
    }
}

${READ}`;

function manifest(name: string, dependencies = ""): string {
  return `[package]\nname = "${name}"\nversion = "0.2.0"\nedition = "2021"\n\n[dependencies]\n${dependencies}`;
}

const TREE = {
  "Cargo.toml": '[workspace]\nmembers = ["own", "helper", "libc"]\nresolver = "2"\n',
  "own/Cargo.toml": manifest(
    "own",
    'libc = { path = "../libc" }\nhelper = { path = "../helper" }\n',
  ),
  "own/src/lib.rs": OWN,
  "own/src/flags.rs": "pub const fn flags() -> i32 { libc::O_NONBLOCK }\n",
  "helper/Cargo.toml": manifest("helper", 'libc = { path = "../libc" }\n'),
  "helper/src/lib.rs": READ,
  "libc/Cargo.toml": manifest("libc"),
  "libc/src/lib.rs": LIBC,
};

async function project(files: Record<string, string> = TREE): Promise<{
  dir: string;
  read: (file: string) => string;
  fix: (...args: string[]) => Promise<Ran>;
  git: (...args: string[]) => Promise<void>;
  [Symbol.asyncDispose]: () => Promise<void>;
}> {
  const fixture = await createFixture(files);
  const env = { PATH: process.env["PATH"] ?? "" };
  const who = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"];
  return {
    dir: fixture.path,
    read: (file) => readFileSync(path.join(fixture.path, file), "utf8"),
    fix: (...args) =>
      runCli(["fix", "own", "--no-cargo", "--profile", "ape-rs", ...args], {
        cwd: fixture.path,
        env,
      }),
    git: async (...args) => {
      const done = await run("git", [...who, ...args], { cwd: fixture.path, env: process.env });
      expect(done.code, done.stderr).toBe(0);
    },
    [Symbol.asyncDispose]: () => fixture[Symbol.asyncDispose](),
  };
}

test("safe repairs only, in the package that was asked about only, and nothing to do afterwards", async () => {
  await using tree = await project();
  const first = await tree.fix("--allow-no-vcs");
  expect(first.stdout).toBe("fixed own/src/lib.rs\n");
  expect(first.stderr).toBe(
    "1 fix made in 1 file\n2 places more can be repaired, and you should look at how: --unsafe --diff\n",
  );
  expect(first.code, "there are results left").toBe(1);
  expect(tree.read("own/src/lib.rs")).toBe(
    OWN.replace(READ, READ.replace("libc::SOL_SOCKET", "unsafe { libc::SOL_SOCKET }")),
  );
  expect(tree.read("helper/src/lib.rs")).toBe(READ);
  const again = await tree.fix("--allow-no-vcs");
  expect([again.stdout, again.stderr.split("\n")[0]]).toEqual(["", "0 fixes made in 0 files"]);
  expect(readdirSync(path.join(tree.dir, "own/src")).toSorted()).toEqual(["flags.rs", "lib.rs"]);
});

test("what --diff prints is what is written, and git takes it", async () => {
  await using tree = await project();
  await tree.git("init", "-q");
  await tree.git("add", ".");
  await tree.git("commit", "-qm", "all");
  const { stdout, stderr, code } = await tree.fix("--unsafe", "--diff");
  expect(code).toBe(1);
  expect(stderr).toMatch(/could be made in 2 files\nwithout --diff it looks again/u);
  expect(tree.read("own/src/lib.rs")).toBe(OWN);
  writeFileSync(path.join(tree.dir, ".git/fix.patch"), stdout);
  await tree.git("apply", ".git/fix.patch");
  const patched = ["own/src/lib.rs", "own/src/flags.rs"].map(tree.read);
  await tree.git("checkout", "-q", ".");
  await tree.fix("--unsafe");
  expect(["own/src/lib.rs", "own/src/flags.rs"].map(tree.read)).toEqual(patched);
  expect(patched[0]).toContain("value if value == unsafe { libc::SOL_SOCKET } =>");
  expect(patched[1]).toBe("pub fn flags() -> i32 { unsafe { libc::O_NONBLOCK } }\n");
});

test("nothing is written outside of a repository, or over what is not committed, unless it is allowed", async () => {
  await using tree = await project();
  expect(await tree.fix()).toMatchObject({ code: 2, stdout: "" });
  await tree.git("init", "-q");
  const dirty = await tree.fix();
  expect(dirty).toMatchObject({ code: 2, stdout: "" });
  expect(dirty.stderr).toMatch(/not committed.*\n.*--allow-dirty/u);
  expect(tree.read("own/src/lib.rs")).toBe(OWN);
  expect((await tree.fix("--allow-dirty")).stdout).toBe("fixed own/src/lib.rs\n");
});

test("a published crate is not ours to change", async () => {
  const { code, stderr } = await runCli(["fix", "mio@1.0.0"]);
  expect(code).toBe(2);
  expect(stderr).toContain("nothing here that could be written to");
});

test("a file that has changed since is left alone, with all others of the same run", async () => {
  await using tree = await project();
  const [a, b] = ["own/src/lib.rs", "own/src/flags.rs"].map((file) =>
    path.join(tree.dir, file),
  ) as [string, string];
  const change = (file: string, before: string): Parameters<typeof writeChanges>[0][number] => ({
    path: file,
    shown: path.basename(file),
    before,
    after: `${before}// new\n`,
    edits: [],
  });
  const changes = [change(a, readFileSync(a, "utf8")), change(b, "another text")];
  expect(() => writeChanges(changes, Date.now() + 1000)).toThrow(/changed since/u);
  expect(readFileSync(a, "utf8")).toBe(OWN);
  expect(() => writeChanges(changes.slice(0, 1), 0), "newer than the look").toThrow(
    /changed since/u,
  );
  expect(readdirSync(path.dirname(a)).toSorted()).toEqual(["flags.rs", "lib.rs"]);
});

test("a file keeps its mode, and a link stays a link", async () => {
  await using tree = await project();
  const real = path.join(tree.dir, "own/src/flags.rs");
  chmodSync(real, 0o640);
  const link = path.join(tree.dir, "own/src/link.rs");
  symlinkSync("flags.rs", link);
  const before = readFileSync(real, "utf8");
  writeChanges(
    [{ path: link, shown: "link.rs", before, after: "new", edits: [] }],
    Date.now() + 1000,
  );
  expect(readFileSync(real, "utf8")).toBe("new");
  expect(statSync(real).mode & 0o777).toBe(0o640);
});

test("the code of a folder outside is not followed", async () => {
  const outside = await createFixture({ "secret.rs": READ });
  await using tree = await project({ ...TREE, "own/src/lib.rs": "mod secret;\n" });
  symlinkSync(path.join(outside.path, "secret.rs"), path.join(tree.dir, "own/src/secret.rs"));
  expect((await tree.fix("--allow-no-vcs")).stdout).toBe("");
  expect(readFileSync(path.join(outside.path, "secret.rs"), "utf8")).toBe(READ);
  await outside.rm();
});

test("a feature that is known to help is turned on in the manifest that was asked about, and only with --unsafe", async () => {
  const own = manifest("own", 'zstd-sys = { version = "2", path = "../zstd" } # packed\n');
  await using tree = await project({
    ...TREE,
    "own/Cargo.toml": own,
    "own/src/lib.rs": "pub fn a() { zstd_sys::a() }\n",
    "own/src/flags.rs": "",
    "zstd/Cargo.toml": `${manifest("zstd-sys").replace("0.2.0", "2.0.16")}[features]\nno_asm = []\n`,
    "zstd/src/lib.rs": "pub fn a() {}\n",
  });
  const held = await tree.fix("--diff");
  expect([held.stdout, held.stderr]).toEqual([
    "",
    expect.stringContaining("1 place more can be repaired"),
  ]);
  expect((await tree.fix("--unsafe", "--allow-no-vcs")).stdout).toBe("fixed own/Cargo.toml\n");
  expect(tree.read("own/Cargo.toml")).toBe(
    own.replace('"../zstd"', '"../zstd", features = ["no_asm"]'),
  );
  expect((await tree.fix("--unsafe", "--allow-no-vcs")).stdout).toBe("");
});

test.each([
  ["its root", { "own/src/lib.rs": `#![forbid(unsafe_code)]\n${OWN}` }],
  [
    "its manifest",
    { "own/Cargo.toml": `${TREE["own/Cargo.toml"]}\n[lints.rust]\nunsafe_code = "forbid"\n` },
  ],
  [
    "its workspace's manifest",
    {
      "Cargo.toml":
        '[workspace]\nmembers = ["own"]\n[workspace.lints.rust]\nunsafe_code = "forbid"\n',
      "own/Cargo.toml": `${TREE["own/Cargo.toml"]}\n[lints]\nworkspace = true\n`,
    },
  ],
])("where the crate forbids unsafe in %s, no repair that needs it is safe", async (_, files) => {
  await using tree = await project({ ...TREE, ...files });
  const { stdout, stderr } = await tree.fix("--diff");
  expect([stdout, stderr]).toEqual(["", expect.stringContaining("3 places more can be repaired")]);
});
