import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { loadWorkspace, type CargoOptions, type WorkspaceInput } from "../../../src/cargo/index.ts";
import type { Workspace } from "../../../src/model/workspace.ts";
import {
  copiedFixture,
  describeWorkspace,
  FIXTURES,
  snapshotTree,
  temporaryFolder,
} from "../../cargo/support.ts";
import { missing } from "../missing.ts";
import { makeHostile } from "./hostile.ts";

const hasCargo = missing("cargo") === undefined;
if (!hasCargo)
  process.stderr.write("SKIPPED: there is no cargo here, so nothing is compared with it\n");

/** NOTE: shared by all tests of this file, so that a crate is downloaded once. */
let cacheDir = "";
beforeAll(() => {
  cacheDir = path.join(process.cwd(), "node_modules", ".cache", "ape-lint-corpus");
  mkdirSync(cacheDir, { recursive: true });
  rmSync(path.join(cacheDir, "workspaces"), { recursive: true, force: true });
});
afterAll(() => rmSync(path.join(cacheDir, "workspaces"), { recursive: true, force: true }));

/** What both ways must agree on: everything but the marks of approximation. */
function facts(workspace: Workspace): string {
  return describeWorkspace({ ...workspace, approximate: false, notAnalysed: [] }, workspace.root);
}

async function bothWays(dir: string, options: CargoOptions): Promise<readonly [string, string]> {
  const input: WorkspaceInput = { kind: "path", path: dir };
  const exact = await loadWorkspace(input, { ...options, cacheDir });
  const own = await loadWorkspace(input, { ...options, cacheDir, cargo: "never" });
  expect(exact.approximate).toBe(false);
  expect(own.approximate).toBe(true);
  return [facts(exact), facts(own)];
}

const SWITCHES: readonly CargoOptions[] = [{}, { noDefaultFeatures: true }, { allFeatures: true }];

describe.skipIf(!hasCargo)("our own resolver against cargo's", () => {
  test.each([
    ...SWITCHES,
    { features: ["deep"] },
    { features: ["strong"] },
    { workspace: true },
    { workspace: true, exclude: ["win"] },
    { packages: ["macros"] },
  ])("a workspace of path dependencies with %o", async (options) => {
    const [exact, own] = await bothWays(path.join(FIXTURES, "path-only"), {
      ...options,
      offline: true,
    });
    expect(own).toBe(exact);
  });

  test.each(["1", "2", "3"])("resolver %s", async (version) => {
    const dir = copiedFixture("path-only");
    const manifest = path.join(dir, "Cargo.toml");
    writeFileSync(
      manifest,
      readFileSync(manifest, "utf8").replace('resolver = "2"', `resolver = "${version}"`),
    );
    const [exact, own] = await bothWays(dir, { offline: true });
    expect(own).toBe(exact);
  });

  test("a vendor folder, which cargo hears of although it does not run in the project", async () => {
    const [exact, own] = await bothWays(path.join(FIXTURES, "vendored"), { offline: true });
    expect(own).toBe(exact);
    expect(exact).toContain("vendored/third-party".slice("vendored/".length));
  });

  const crates = [
    "ripgrep@15.2.0",
    "xh@0.26.3",
    "fd-find@10.3.0",
    "tokio@1.47.1",
    "nix@0.30.1",
    "rustix@1.0.8",
    "hickory-resolver@0.25.2",
    "crossterm@0.29.0",
    "notify@8.2.0",
  ];
  test.each(crates.flatMap((crate) => SWITCHES.map((options) => [crate, options] as const)))(
    "%s with %o",
    async (crate, options) => {
      const [name = "", version = ""] = crate.split("@");
      const { root } = await loadWorkspace(
        { kind: "crate", name, version },
        { cacheDir, ...options },
      );
      const [exact, own] = await bothWays(root, options);
      expect(own).toBe(exact);
    },
  );
});

describe.skipIf(!hasCargo)("the user's tree", () => {
  test("is not written to when there is no lockfile", async () => {
    const dir = copiedFixture("path-only");
    const before = snapshotTree(path.dirname(dir));
    const workspace = await loadWorkspace({ kind: "path", path: dir }, { cacheDir, offline: true });
    expect(workspace.lockfile).toBeUndefined();
    expect(workspace.packages.get("app@0.3.0")?.dir).toBe(path.join(dir, "crates", "app"));
    expect(snapshotTree(path.dirname(dir))).toEqual(before);
  });

  test("is not written to when the lockfile does not fit", async () => {
    const dir = copiedFixture("vendored");
    const lockfile = path.join(dir, "Cargo.lock");
    writeFileSync(lockfile, readFileSync(lockfile, "utf8").replace(' "leaf 1.4.0",\n', ""));
    const before = snapshotTree(path.dirname(dir));
    const workspace = await loadWorkspace({ kind: "path", path: dir }, { cacheDir, offline: true });
    expect(workspace.packages.has("leaf@1.4.0")).toBe(true);
    expect(snapshotTree(path.dirname(dir))).toEqual(before);
    await expect(
      loadWorkspace({ kind: "path", path: dir }, { cacheDir, offline: true, locked: true }),
    ).rejects.toMatchObject({ name: "InputError", message: expect.stringContaining("Cargo.lock") });
  });

  test("is not written to even where a target folder is at hand", async () => {
    const dir = copiedFixture("vendored");
    mkdirSync(path.join(dir, "target"));
    const before = snapshotTree(path.dirname(dir));
    await loadWorkspace({ kind: "path", path: dir }, { cacheDir, offline: true });
    expect(snapshotTree(path.dirname(dir))).toEqual(before);
  });

  test("a target root outside of the package makes no file outside of the copy", async () => {
    const dir = copiedFixture("path-only");
    const victim = path.join(path.dirname(dir), "victim.rs");
    writeFileSync(victim, "untouched");
    const manifest = path.join(dir, "crates", "app", "Cargo.toml");
    writeFileSync(
      manifest,
      `${readFileSync(manifest, "utf8")}\n[[example]]\nname = "x"\npath = "../../../victim.rs"\n`,
    );
    await loadWorkspace({ kind: "path", path: dir }, { cacheDir, offline: true }).catch(
      () => undefined,
    );
    expect(readFileSync(victim, "utf8")).toBe("untouched");
  });
});

describe.skipIf(!hasCargo || process.platform === "win32")("a hostile project", () => {
  const kinds = [
    "build.rustc-wrapper",
    "build.rustc",
    "build.rustc-workspace-wrapper",
    "rust-toolchain",
  ] as const;
  test.each(kinds)("%s: cargo in its folder runs its program, we do not", async (kind) => {
    const { dir, ran } = makeHostile(copiedFixture("vendored"), kind);
    const analysed = await loadWorkspace(
      { kind: "path", path: dir },
      { cacheDir: temporaryFolder(), offline: true },
    );
    expect(ran()).toBe(false);
    expect(analysed.packages.has("leaf@1.4.0")).toBe(true);
    // NOTE: the control: without our care the same project does get its program run.
    spawnSync("cargo", ["check", "--offline"], { cwd: dir });
    expect(ran()).toBe(true);
  });
});

describe.skipIf(!hasCargo)("a published crate", () => {
  test("no version means the newest, and the copy is ours", async () => {
    const workspace = await loadWorkspace({ kind: "crate", name: "cfg-if" }, { cacheDir });
    const root = workspace.packages.get(workspace.roots[0] ?? "");
    expect(root).toMatchObject({
      name: "cfg-if",
      source: "registry",
      dir: expect.stringContaining(path.join(cacheDir, "crates", "cfg-if-1.")),
    });
  });

  test("a crate's own lockfile is used", async () => {
    const workspace = await loadWorkspace(
      { kind: "crate", name: "ripgrep", version: "15.2.0" },
      { cacheDir },
    );
    const lock = readFileSync(workspace.lockfile ?? "", "utf8");
    for (const one of workspace.packages.values())
      expect(lock).toContain(`name = "${one.name}"\nversion = "${one.version}"`);
    expect([...workspace.packages.values()].some(({ name }) => name === "memmap2")).toBe(true);
    expect([...workspace.packages.values()].some(({ name }) => name === "windows-sys")).toBe(false);
  });

  const failing = (name: string, version: string | undefined, options: CargoOptions) =>
    loadWorkspace(
      { kind: "crate", name, ...(version && { version }) },
      { cacheDir: temporaryFolder(), ...options },
    ).then(
      () => "no error",
      (error: unknown) => error,
    );

  test("an unknown crate", async () => {
    expect(await failing("no-such-crate-as-this-one", undefined, {})).toMatchObject({
      name: "InputError",
      hint: "check the spelling of the name",
    });
  });

  test("an unknown version", async () => {
    expect(await failing("cfg-if", "99.0.0", {})).toMatchObject({
      name: "InputError",
      hint: "check which versions of that package the registry has: one may be yanked, or a mirror behind",
    });
  });

  test("no network", async () => {
    const env = {
      ...process.env,
      CARGO_HOME: temporaryFolder(),
      CARGO_HTTP_PROXY: "http://127.0.0.1:9",
      CARGO_NET_RETRY: "0",
    };
    expect(await failing("cfg-if", undefined, { env })).toMatchObject({
      name: "InputError",
      hint: expect.stringContaining("network"),
    });
  });

  test("--offline, and nothing on this machine", async () => {
    const env = { ...process.env, CARGO_HOME: temporaryFolder() };
    expect(await failing("cfg-if", undefined, { env, offline: true })).toMatchObject({
      name: "InputError",
      hint: expect.stringContaining("--offline"),
    });
  });
});

describe.skipIf(!hasCargo)("a second run", () => {
  test("asks cargo nothing, until a manifest changes", async () => {
    const dir = copiedFixture("vendored");
    const own = temporaryFolder();
    const first = await loadWorkspace(
      { kind: "path", path: dir },
      { cacheDir: own, offline: true },
    );
    const asked = path.join(own, "cargo-target");
    rmSync(asked, { recursive: true });
    const second = await loadWorkspace(
      { kind: "path", path: dir },
      { cacheDir: own, offline: true },
    );
    expect(existsSync(asked)).toBe(false);
    expect(facts(second)).toBe(facts(first));
    cpSync(path.join(dir, "src", "main.rs"), path.join(dir, "src", "lib.rs"));
    const third = await loadWorkspace(
      { kind: "path", path: dir },
      { cacheDir: own, offline: true },
    );
    expect(third.packages.get("vendored@0.1.0")?.targets.map(({ kind }) => kind)).toEqual([
      "lib",
      "bin",
    ]);
  });
});
