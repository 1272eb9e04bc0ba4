import { readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

import { describe, expect, test } from "vitest";

import { loadWorkspace, type CargoOptions } from "../../src/cargo/index.ts";
import { copiedFixture, describeWorkspace, FIXTURES, temporaryFolder } from "./support.ts";

const PATH_ONLY = path.join(FIXTURES, "path-only");

async function load(dir: string, options: CargoOptions = {}): Promise<string> {
  const env = { CARGO_HOME: temporaryFolder() };
  return describeWorkspace(
    await loadWorkspace({ kind: "path", path: dir }, { cargo: "never", env, ...options }),
    path.dirname(dir),
  );
}

const golden = (name: string): string => path.join(FIXTURES, "expected", `${name}.txt`);

describe("a workspace of path dependencies, on a machine with only Node", () => {
  const cases: readonly (readonly [string, CargoOptions])[] = [
    ["default", {}],
    ["no-default-features", { noDefaultFeatures: true }],
    ["all-features", { allFeatures: true }],
    ["weak-feature-stays-off", { features: ["deep"] }],
    ["strong-feature-turns-on", { features: ["strong"] }],
    ["one-architecture", { triples: { x86_64: "x86_64-pc-windows-msvc" } }],
    ["all-members", { workspace: true, exclude: ["win"] }],
    ["one-member", { packages: ["macros"] }],
  ];
  test.each(cases)("%s", async (name, options) => {
    await expect(await load(PATH_ONLY, options)).toMatchFileSnapshot(golden(`path-only.${name}`));
  });

  test("resolver 1 joins what build, host and development ask for", async () => {
    const dir = copiedFixture("path-only");
    const manifest = path.join(dir, "Cargo.toml");
    writeFileSync(
      manifest,
      readFileSync(manifest, "utf8").replace('resolver = "2"', 'resolver = "1"'),
    );
    await expect(await load(dir)).toMatchFileSnapshot(golden("path-only.resolver-1"));
  });

  test("a member's own manifest stands for that member", async () => {
    const text = await load(path.join(PATH_ONLY, "crates", "opt", "Cargo.toml"));
    expect(text).toContain("asked for opt@1.2.3\n");
    expect(text).not.toContain("\napp@0.3.0");
  });
});

describe("a vendor folder", () => {
  test("the lockfile decides which version an entry means", async () => {
    await expect(await load(path.join(FIXTURES, "vendored"))).toMatchFileSnapshot(
      golden("vendored"),
    );
  });

  test("without a lockfile the newest fitting version is taken", async () => {
    const dir = copiedFixture("vendored");
    rmSync(path.join(dir, "Cargo.lock"));
    const text = await load(dir);
    expect(text).toContain("normal leaf -> leaf@2.0.1");
    expect(text).toContain("normal old_leaf -> leaf@1.4.0");
    expect(text).toContain("without a Cargo.lock");
  });

  test("a package that is not there is counted, not dropped in silence", async () => {
    const dir = copiedFixture("vendored");
    rmSync(path.join(dir, "third-party", "leaf"), { recursive: true });
    const text = await load(dir);
    expect(text).toContain(
      "package: the sources of leaf (needed by vendored) are not on this machine",
    );
    expect(text).not.toContain("leaf@2.0.1");
  });
});

describe("what the user has to change", () => {
  const failing = (dir: string, options: CargoOptions = {}) =>
    load(dir, options).then(
      () => "no error",
      (error: unknown) => error,
    );

  test("no such folder", async () => {
    expect(await failing(path.join(FIXTURES, "nowhere"))).toMatchObject({
      name: "InputError",
      message: "there is no such file or folder",
    });
  });

  test("a folder without a manifest", async () => {
    expect(await failing(path.join(PATH_ONLY, "crates"))).toMatchObject({
      name: "InputError",
      message: "there is no Cargo.toml here",
      hint: expect.stringContaining("NAME@VERSION"),
    });
  });

  test("broken TOML has its place", async () => {
    const dir = temporaryFolder();
    writeFileSync(path.join(dir, "Cargo.toml"), '[package]\nname = "x\n');
    expect(await failing(dir)).toMatchObject({
      name: "InputError",
      place: expect.stringMatching(/Cargo\.toml:2:\d+$/),
    });
  });

  test("a manifest that is neither package nor workspace", async () => {
    const dir = temporaryFolder();
    writeFileSync(path.join(dir, "Cargo.toml"), "[dependencies]\n");
    expect(await failing(dir)).toMatchObject({
      name: "InputError",
      message: "this manifest has neither [package] nor [workspace]",
    });
  });

  test("an unknown feature", async () => {
    expect(await failing(PATH_ONLY, { features: ["fasst"] })).toMatchObject({
      name: "InputError",
      message: expect.stringContaining("`fasst`"),
    });
  });

  test("an unknown package", async () => {
    expect(await failing(PATH_ONLY, { packages: ["ap"] })).toMatchObject({
      name: "InputError",
      hint: expect.stringContaining("app"),
    });
  });

  test("--locked without a lockfile", async () => {
    expect(await failing(PATH_ONLY, { locked: true })).toMatchObject({
      name: "InputError",
      message: "Cargo.lock is missing",
    });
  });

  test.each([
    ["../evil", undefined],
    ["a b", undefined],
    ["ripgrep", "15"],
    ["ripgrep", '1.0.0", path = "/'],
  ])("a published crate called %s, version %s", async (name, version) => {
    const asked = loadWorkspace(
      { kind: "crate", name, ...(version && { version }) },
      { cargo: "never", cacheDir: temporaryFolder() },
    );
    await expect(asked).rejects.toMatchObject({ name: "InputError" });
  });

  test("a published crate, and no cargo", async () => {
    const options: CargoOptions = {
      cargo: "never",
      cacheDir: temporaryFolder(),
      env: { CARGO_HOME: temporaryFolder() },
    };
    await expect(
      loadWorkspace({ kind: "crate", name: "ripgrep", version: "15.2.0" }, options),
    ).rejects.toMatchObject({ name: "InputError", hint: expect.stringContaining("install Rust") });
  });
});
