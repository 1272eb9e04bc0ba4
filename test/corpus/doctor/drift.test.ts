import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { createFixture, type FsFixture } from "fs-fixture";
import { describe, expect, test } from "vitest";
import { applyEdits, checkToolchainOf } from "../../../src/doctor/index.ts";
import { newSpec } from "../../../src/doctor/new-spec.ts";
import { loadProfile } from "../../../src/kb/profiles.ts";
import { loadSpecFormat, loadSpecNeeds } from "../../../src/kb/target-spec.ts";

const MINUTES = 60_000;
const SPEC = "x86_64-unknown-linux-cosmo.json";
const CONFIG = ".cargo/config.toml";
const SWITCHES = '[unstable]\nbuild-std = ["core"]\njson-target-spec = true\n';
const base: Record<string, unknown> = JSON.parse(
  newSpec("x86_64", loadSpecFormat(), loadSpecNeeds()),
);

/** The six errors of the field notes' table: what is in the files, what cargo says, where doctor sees it. */
const DRIFTS: readonly {
  readonly name: string;
  readonly change?: Readonly<Record<string, unknown>>;
  readonly config?: string;
  readonly says: RegExp;
  readonly check: string;
  readonly at: string;
  /** `cargo check` asks LLVM for nothing, so it never sees this one. */
  readonly onlyInBuild?: boolean;
}[] = [
  {
    name: "json target specs require -Zjson-target-spec",
    config: '[unstable]\nbuild-std = ["core"]\n',
    says: /json-target-spec/u,
    check: "json-target-spec",
    at: "build-std",
  },
  {
    name: "target-pointer-width as a text",
    change: { "target-pointer-width": "64" },
    says: /target-pointer-width: invalid type: string "64"/u,
    check: "field-type",
    at: '"target-pointer-width": ',
  },
  {
    name: "is-builtin",
    change: { "is-builtin": false },
    says: /is-builtin: unknown field/u,
    check: "field-unknown",
    at: '"is-builtin"',
  },
  {
    name: "empty link arguments",
    change: { "late-link-args": { gcc: [] } },
    says: /linker flavor args must not be empty/u,
    check: "link-args-empty",
    at: '"gcc": []',
  },
  {
    name: "crt-static-default alone",
    change: { "crt-static-respected": undefined },
    says: /crt_static_respected` is not set/u,
    check: "crt-static-respected",
    at: '"crt-static-default"',
  },
  {
    name: "an old data layout",
    change: {
      "data-layout": "e-m:e-p270:32:32-p271:32:32-p272:64:64-i64:64-f80:128-n8:16:32:64-S128",
    },
    says: /differs from LLVM target's/u,
    check: "data-layout",
    at: '"data-layout": ',
    onlyInBuild: true,
  },
];

const hasNightly = nightlySources();

describe.skipIf(!hasNightly)("drift of target specifications (needs nightly with rust-src)", () => {
  test.each(DRIFTS)(
    "$name: cargo refuses it, where doctor says so, and takes what --fix writes",
    { timeout: 8 * MINUTES },
    async (drift) => {
      await using fixture = await project(drift.change ?? {}, drift.config ?? SWITCHES);
      const command = drift.onlyInBuild === true ? "build" : "check";
      const refused = cargo(command, fixture.path);
      expect(refused.status, refused.stderr).not.toBe(0);
      expect(refused.stderr).toMatch(drift.says);

      const errors = checkToolchainOf(fixture.path, loadProfile("none")).findings.filter(
        ({ level, check: id }) => level === "error" && id !== "build-std",
      );
      expect(errors.map((each) => each.check)).toEqual([drift.check]);
      const [error] = errors;
      const text = await fixture.readFile(error?.file ?? "", "utf8");
      const line = text.split("\n")[(error?.start.line ?? 0) - 1] ?? "";
      expect(line).toContain(drift.at);
      const told = /at line (?<line>\d+)/u.exec(refused.stderr)?.groups?.["line"];
      if (told !== undefined) expect(error?.start.line).toBe(Number(told));

      await fixture.writeFile(error?.file ?? "", applyEdits(text, error?.edits ?? []));
      const taken = cargo(command, fixture.path);
      expect(taken.status, taken.stderr).toBe(0);
    },
  );

  test("the specifications of init are taken as they are", { timeout: 8 * MINUTES }, async () => {
    await using fixture = await project({}, SWITCHES);
    const taken = cargo("check", fixture.path);
    expect(taken.status, taken.stderr).toBe(0);
  });
});

function project(change: Readonly<Record<string, unknown>>, config: string): Promise<FsFixture> {
  return createFixture({
    "Cargo.toml": '[package]\nname = "drift"\nversion = "0.1.0"\nedition = "2021"\n',
    "src/lib.rs": "#![no_std]\n",
    [SPEC]: `${JSON.stringify({ ...base, ...change }, null, 2)}\n`,
    [CONFIG]: config,
  });
}

function cargo(command: string, cwd: string): { status: number | null; stderr: string } {
  const target = path.join(process.env["APE_LINT_TEST_TARGET"] ?? cwd, "target");
  const args = ["+nightly", command, "--target", SPEC, "--target-dir", target];
  return spawnSync("cargo", args, { cwd, encoding: "utf8" });
}

function nightlySources(): boolean {
  const { status, stdout } = spawnSync("rustc", ["+nightly", "--print", "sysroot"], {
    encoding: "utf8",
  });
  return status === 0 && existsSync(path.join(stdout.trim(), "lib/rustlib/src/rust/library"));
}
