import { readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { createFixture } from "fs-fixture";
import { describe, expect, test } from "vitest";
import { checkSpec } from "../../src/doctor/target-spec.ts";
import { applyEdits, checkToolchainOf } from "../../src/doctor/index.ts";
import { loadProfile } from "../../src/kb/profiles.ts";
import { loadSpecFormat, loadSpecNeeds } from "../../src/kb/target-spec.ts";
import type { DoctorFinding } from "../../src/model/doctor.ts";
import { runCli } from "../cli/support.ts";

const DRIFT = path.join(import.meta.dirname, "../../fixtures/doctor/drift");
const SPEC = "x86_64-unknown-linux-cosmo.json";
const ground = { format: loadSpecFormat(), needs: loadSpecNeeds() };

function told(findings: readonly DoctorFinding[]): string {
  return findings
    .map(
      ({ level, check, file, start, message, fix }) =>
        `${level}[${check}] ${file}:${start.line}:${start.column}\n  ${message}\n  fix: ${fix}\n`,
    )
    .join("");
}

/** As often as `--fix` does it. */
function corrected(text: string): string {
  let now = text;
  for (let round = 0; round < 8; round += 1) {
    const edits = checkSpec(SPEC, now, ground).flatMap((each) => each.edits ?? []);
    if (edits.length === 0) return now;
    now = applyEdits(now, edits);
  }
  return now;
}

describe("a specification of 2023", () => {
  test("is told what the compiler refuses and what cosmocc needs, with places", async () => {
    const { findings } = checkToolchainOf(DRIFT, loadProfile("ape-rs"));
    await expect(told(findings)).toMatchFileSnapshot("goldens/drift.txt");
  });

  test("corrected, keeps everything else as it is written", async () => {
    const text = readFileSync(path.join(DRIFT, SPEC), "utf8");
    const after = corrected(text);
    expect(checkSpec(SPEC, after, ground)).toEqual([]);
    await expect(after).toMatchFileSnapshot("goldens/drift.fixed.json");
  });
});

const DRIFTS: Readonly<Record<string, unknown>> = {
  "target-pointer-width": "64",
  "target-c-int-width": "32",
  "is-builtin": true,
  "late-link-args": { gcc: [], "gnu-cc": ["-static"] },
  "pre-link-args": { gcc: [] },
  "crt-static-respected": false,
  "data-layout": "e-m:e",
  "has-thread-local": true,
};

test("any mixture of drifts, written in any way, is corrected to what a compiler takes", () => {
  const base: unknown = JSON.parse(corrected(readFileSync(path.join(DRIFT, SPEC), "utf8")));
  fc.assert(
    fc.property(
      fc.subarray(Object.keys(DRIFTS)),
      fc.constantFrom(undefined, 2, "\t"),
      fc.infiniteStream(fc.nat()),
      (names, indent, order) => {
        const drifted = {
          ...(base as object),
          ...Object.fromEntries(names.map((name) => [name, DRIFTS[name]])),
        };
        const members = Object.entries(drifted)
          .map((entry) => ({ entry, at: order.next().value ?? 0 }))
          .toSorted((a, b) => a.at - b.at)
          .map(({ entry }) => entry);
        const after = corrected(JSON.stringify(Object.fromEntries(members), null, indent));
        expect(checkSpec(SPEC, after, ground)).toEqual([]);
        expect(JSON.parse(after)).toMatchObject({ "linker-flavor": "gcc", os: "linux" });
      },
    ),
    { numRuns: 200 },
  );
});

test("a field that is missing is told and written once", () => {
  const whole = corrected(readFileSync(path.join(DRIFT, SPEC), "utf8"));
  const { "crt-static-respected": _, ...rest } = JSON.parse(whole) as Record<string, unknown>;
  const text = JSON.stringify(rest, null, 2);
  expect(checkSpec(SPEC, text, ground).map(({ check }) => check)).toEqual(["crt-static-respected"]);
  expect(corrected(text).match(/crt-static-respected/gu)).toHaveLength(1);
});

test.each([
  ["{", 1, 2],
  ['{\n  "llvm-target": "x",\n  oops\n}', 3, 3],
  ["[]", 1, 1],
])("%j is told with its place", (text, line, column) => {
  const [first] = checkSpec(SPEC, text, ground);
  expect(first).toMatchObject({ check: "syntax", level: "error", start: { line, column } });
});

const CARGO = '[package]\nname = "hello"\nversion = "0.1.0"\n';

describe("the other files", () => {
  test.each([
    ["stable", 'toolchain.channel = "stable"\n', ["toolchain", "rust-src"]],
    ["nightly", '[toolchain]\nchannel = "nightly"\ncomponents = ["rust-src"]\n', []],
  ])("a toolchain of %s", async (_, text, checks) => {
    await using fixture = await createFixture({
      "Cargo.toml": CARGO,
      [SPEC]: readFileSync(path.join(DRIFT, SPEC), "utf8"),
      "rust-toolchain.toml": text,
    });
    const { findings } = checkToolchainOf(fixture.path, loadProfile("none"));
    expect(
      findings.filter(({ file }) => file === "rust-toolchain.toml").map(({ check }) => check),
    ).toEqual(checks);
  });

  test("a project without a custom target has nothing to correct", async () => {
    await using fixture = await createFixture({ "Cargo.toml": CARGO });
    expect(checkToolchainOf(fixture.path, loadProfile("none")).findings).toEqual([]);
  });

  test("an SDK that drives cargo needs no switches in the configuration", async () => {
    await using fixture = await createFixture({
      "Cargo.toml": CARGO,
      [SPEC]: corrected(readFileSync(path.join(DRIFT, SPEC), "utf8")),
    });
    const checks = (profile: string): string[] =>
      checkToolchainOf(fixture.path, loadProfile(profile)).findings.map(({ check }) => check);
    expect(checks("ape-rs")).toContain("json-target-spec");
    expect(checks("rust-ape")).not.toContain("json-target-spec");
  });
});

describe("doctor --fix", () => {
  test("writes the corrected files and keeps the old ones", async () => {
    const spec = readFileSync(path.join(DRIFT, SPEC), "utf8");
    await using fixture = await createFixture({ "Cargo.toml": CARGO, [SPEC]: spec });
    const before = await runCli(["doctor", fixture.path, "--no-cargo"]);
    expect(before.code).toBe(1);
    expect(before.stdout).toContain(`error[field-type] ${SPEC}:3:27`);
    const after = await runCli(["doctor", fixture.path, "--no-cargo", "--fix"]);
    expect(after).toMatchObject({ code: 0, stderr: "" });
    expect(await fixture.readFile(`${SPEC}.bak`, "utf8")).toBe(spec);
    expect(await fixture.readFile(".cargo/config.toml", "utf8")).toBe(
      'unstable.json-target-spec = true\nunstable.build-std = ["std", "panic_abort"]\n',
    );
  });

  test("a second run finds nothing and writes nothing", async () => {
    await using fixture = await createFixture({
      "Cargo.toml": CARGO,
      [SPEC]: readFileSync(path.join(DRIFT, SPEC), "utf8"),
    });
    await runCli(["doctor", fixture.path, "--no-cargo", "--fix"]);
    const second = await runCli(["doctor", fixture.path, "--no-cargo", "--fix"]);
    expect(second.stdout).not.toContain("fixed ");
    expect(await fixture.exists(`${SPEC}.bak1`)).toBe(false);
  });
});

describe("cargo's configuration is never made worse", () => {
  test.each([
    [
      "another value",
      "[unstable]\njson-target-spec = false # why\n",
      /^json-target-spec = true # why$/m,
    ],
    ["a dotted key", "unstable.json-target-spec = false\n", /^unstable\.json-target-spec = true$/m],
    [
      "a table in one line",
      "unstable = { json-target-spec = false }\n",
      /^unstable = \{ json-target-spec = false \}$/m,
    ],
    ["what is no TOML", "this is [not toml\n", /^this is \[not toml$/m],
  ])("%s", async (_, text, after) => {
    await using fixture = await createFixture({
      "Cargo.toml": '[package]\nname = "app"\nversion = "1.0.0"\n',
      "src/main.rs": "fn main() {}",
      [SPEC]: readFileSync(path.join(DRIFT, SPEC), "utf8"),
      ".cargo/config.toml": text,
    });
    await runCli(["doctor", "--fix", "."], { cwd: fixture.path });
    const now = readFileSync(path.join(fixture.path, ".cargo/config.toml"), "utf8");
    expect(now).toMatch(after);
    expect(now.split("json-target-spec").length).toBeLessThanOrEqual(2);
  });
});
