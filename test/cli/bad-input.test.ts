import path from "node:path";
import { createFixture } from "fs-fixture";
import { describe, expect, test } from "vitest";
import { runCli } from "./support.ts";

const MANIFEST = '[package]\nname = "app"\nversion = "0.1.0"\nedition = "2021"\n';

/** What the main job says of a folder, without cargo. */
async function check(files: Record<string, string | Buffer>, ...args: string[]) {
  await using fixture = await createFixture(files);
  const ran = await runCli(["check", "app", "--no-cargo", "--no-cache", ...args], {
    cwd: fixture.path,
  });
  return { ...ran, stderr: ran.stderr.replaceAll(fixture.path, "") };
}

describe("what can't be read of one's own code is named with its place, and the answer is unknown", () => {
  test.each([
    ["broken Rust", { "main.rs": "fn main( { let x = ; }}}\n" }, "src/main.rs:1:23: "],
    [
      "a module without a file",
      { "main.rs": "mod gone;\nfn main() {}\n" },
      "src/main.rs: mod gone: neither src/gone.rs nor src/gone/mod.rs is there",
    ],
    [
      "a file that is not UTF-8",
      { "main.rs": "mod bad;\nfn main() {}\n", "bad.rs": Buffer.from([0xff, 0xfe, 0x41]) },
      "src/bad.rs is not UTF-8, as Rust demands",
    ],
    [
      "a module elsewhere on the disk",
      { "main.rs": '#[path = "../../other.rs"]\nmod b;\nfn main() {}\n' },
      "is outside of the package's folder and was not read",
    ],
    [
      "a file of the manifest that is not there",
      { "lib.rs": "", "../Cargo.toml": `${MANIFEST}[lib]\npath = "src/no.rs"\n` },
      "src/no.rs is not there, and the crate begins with it",
    ],
  ])("%s", async (_, sources: Record<string, string | Buffer>, told) => {
    const files: Record<string, string | Buffer> = { "app/Cargo.toml": MANIFEST };
    for (const [name, text] of Object.entries(sources))
      files[path.posix.join("app/src", name)] = text;
    const { stdout, stderr, code } = await check(files);
    expect(stdout).toContain(told);
    expect(stdout).toMatch(/every host +unknown +A file of your own could not be read/u);
    expect(stdout).not.toContain("Nothing was found that breaks");
    expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
    expect((await check(files, "--strict")).code).toBe(3);
  });
});

describe("what is no project at all is one line, and the exit code is 2", () => {
  test.each([
    [
      "no manifest",
      { "app/a.txt": "" },
      "app: there is no Cargo.toml here\n  hint: give the folder",
    ],
    [
      "broken TOML",
      { "app/Cargo.toml": '[package]\nname = = "app"\n' },
      "app/Cargo.toml:2:8: this is not valid TOML",
    ],
    [
      "nothing to compile",
      { "app/Cargo.toml": MANIFEST },
      "app/Cargo.toml: the package app has nothing to compile\n  hint: there is neither",
    ],
    [
      "broken configuration",
      { "app/Cargo.toml": MANIFEST, "app/src/lib.rs": "", "app/ape-lint.toml": "\nfail-on = 3\n" },
      "ape-lint.toml:2:11: `fail-on` has a value that it cannot take\n  hint: one of: error",
    ],
    [
      "a rule that there is not",
      {
        "app/Cargo.toml": MANIFEST,
        "app/src/lib.rs": "",
        "app/ape-lint.toml": '[levels]\nruntime-constnt = "off"\n',
      },
      "ape-lint.toml:2:1: there is no rule runtime-constnt\n  hint: did you mean runtime-constant?",
    ],
    [
      "a rule that there is not, where nothing could be analysed either",
      {
        "app/Cargo.toml": MANIFEST,
        "app/ape-lint.toml": '[levels]\nruntime-constnt = "off"\n',
      },
      "ape-lint.toml:2:1: there is no rule runtime-constnt\n  hint: did you mean runtime-constant?",
    ],
  ])("%s", async (_, files, told) => {
    const { stdout, stderr, code } = await check(files);
    expect({ stdout, code }).toEqual({ stdout: "", code: 2 });
    expect(stderr.replaceAll(path.sep, "/")).toContain(told);
    expect(stderr).not.toMatch(/\n +at /u);
  });
});

test("a guess is said to be one, in whole words", async () => {
  const files = { "app/Cargo.toml": MANIFEST, "app/src/main.rs": "fn main() {}\n" };
  const { stdout } = await check(files);
  expect(stdout.replaceAll("\n", " ")).toContain(
    "cargo was not asked: packages and features were worked out from Cargo.toml alone, without a Cargo.lock",
  );
});

test("one file alone: no crate is made up, and code from stdin has its frame", async () => {
  const code = "pub fn f(e: &std::io::Error) -> bool { e.raw_os_error() == Some(libc::EAGAIN) }\n";
  const { stdout } = await runCli(["check", "-", "--no-cache"], { stdin: code });
  expect(stdout).toContain("stdin · ");
  expect(stdout).toContain("1 crate: 1 to patch (stdin)");
  expect(stdout).toContain("Some(libc::EAGAIN) }");
  expect(stdout).toContain("^^^^^^");
});

test("the next steps can be typed as they stand", async () => {
  const code =
    "fn main() {}\npub fn f(e: &std::io::Error) -> bool { e.raw_os_error() == Some(11) }\n";
  const files = { "app/Cargo.toml": MANIFEST, "app/src/lib.rs": code };
  expect((await check(files)).stdout).toContain("Next: ape-lint plan app · ");
});

test("a procedural macro alone is no program: that is said, and is no answer", async () => {
  const files = {
    "app/Cargo.toml": `${MANIFEST}[lib]\nproc-macro = true\n`,
    "app/src/lib.rs": "extern crate proc_macro;\n",
  };
  const { code, stderr } = await check(files);
  expect(code).toBe(3);
  expect(stderr).toContain("error: nothing was analysed: no crate here becomes part of a program");
});
