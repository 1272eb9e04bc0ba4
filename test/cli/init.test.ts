import { statSync } from "node:fs";
import path from "node:path";
import { createFixture } from "fs-fixture";
import { describe, expect, test } from "vitest";
import { parseToml } from "../../src/cargo/toml.ts";
import { runCli } from "./support.ts";

const CARGO = '[package]\nname = "hello"\nversion = "0.1.0"\nedition = "2021"\n';
const FILES = {
  "Cargo.toml": CARGO,
  "src/main.rs": "fn main() {}\n",
};

describe.each(["none", "ape-rs"])("init --profile %s", (profile) => {
  test("writes files that doctor has nothing to say of, and tells each", async () => {
    await using fixture = await createFixture(FILES);
    const { code, stdout } = await runCli([
      "init",
      fixture.path,
      "--profile",
      profile,
      "--no-cargo",
    ]);
    expect(code).toBe(0);
    for (const file of [
      "targets/x86_64-unknown-linux-cosmo.json",
      ".cargo/config.toml",
      "rust-toolchain.toml",
    ]) {
      expect(stdout).toContain(`wrote ${file}\n`);
      expect(await fixture.exists(file)).toBe(true);
    }
    const looked = await runCli(["doctor", fixture.path, "--profile", profile, "--no-cargo"]);
    expect(looked.code).toBe(0);
    expect(looked.stdout).not.toMatch(/^(?:error|warning|note)\[/mu);
  });

  test("its linker can be started", async () => {
    await using fixture = await createFixture(FILES);
    await runCli(["init", fixture.path, "--profile", profile, "--no-cargo"]);
    const { mode } = statSync(path.join(fixture.path, "targets/aarch64-linker"));
    expect(mode & 0o111).toBe(0o111);
  });
});

test("the tables of Cargo.toml are the profile's, and the old file is kept", async () => {
  await using fixture = await createFixture(FILES);
  await runCli(["init", fixture.path, "--profile", "ape-rs", "--no-cargo"]);
  const raw = parseToml(await fixture.readFile("Cargo.toml", "utf8"), "Cargo.toml");
  expect(raw).toMatchObject({
    patch: { "crates-io": { libc: { git: "https://github.com/crisidev/libc" } } },
    lints: { rust: { unexpected_cfgs: { "check-cfg": ["cfg(cosmo)"] } } },
  });
  expect(await fixture.readFile("Cargo.toml.bak", "utf8")).toBe(CARGO);
});

test("a table that is there is left to the user, who is told what belongs into it", async () => {
  const own = `${CARGO}\n[patch.crates-io]\nfoo = { path = "foo" }\n`;
  await using fixture = await createFixture({ ...FILES, "Cargo.toml": own });
  const { stdout } = await runCli(["init", fixture.path, "--profile", "ape-rs", "--no-cargo"]);
  expect(stdout).toContain("add under [patch.crates-io]:\nlibc = ");
  expect(await fixture.readFile("Cargo.toml", "utf8")).toContain(own);
});

test.each(["[lints]\nworkspace = true\n", "[lints.rust]\nunused = 'warn'\n"])(
  "lints of any kind are the user's to extend: %j",
  async (lints) => {
    await using fixture = await createFixture({ ...FILES, "Cargo.toml": `${CARGO}${lints}` });
    const { stdout } = await runCli(["init", fixture.path, "--profile", "rust-ape", "--no-cargo"]);
    expect(stdout).toContain("add under [lints.rust]");
    expect(await fixture.readFile("Cargo.toml", "utf8")).not.toContain("unexpected_cfgs");
  },
);

test("nothing is written when something would be written over", async () => {
  await using fixture = await createFixture({ ...FILES, ".cargo/config.toml": "# mine\n" });
  const { code, stderr } = await runCli(["init", fixture.path, "--no-cargo"]);
  expect(code).toBe(2);
  expect(stderr).toContain(".cargo/config.toml would be overwritten; nothing was written");
  expect(await fixture.exists("targets")).toBe(false);
});

test("an SDK that drives cargo brings its own targets", async () => {
  await using fixture = await createFixture(FILES);
  const { code, stdout } = await runCli([
    "init",
    fixture.path,
    "--profile",
    "rust-ape",
    "--no-cargo",
  ]);
  expect(code).toBe(0);
  expect(await fixture.exists("targets")).toBe(false);
  expect(stdout).toContain("cargo xtask setup");
});
