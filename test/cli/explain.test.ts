import path from "node:path";
import { describe, expect, test } from "vitest";
import { runCli } from "./support.ts";

const ROOT = path.join(import.meta.dirname, "../..");

describe("explain", () => {
  test.each([
    ["a name of the libc crate", "libc::EAGAIN", ["windows-x64", "10035"]],
    ["the same, bare", "EAGAIN", ["windows-x64", "10035"]],
    ["a finding of the field notes", "F-016", ["linux-only-call", "published"]],
    ["the same, in small letters", "f-016", ["linux-only-call"]],
    ["a rule", "errno-literal", ["## What it sees"]],
    ["a crate", "mio", ["Known from:"]],
  ])("%s", async (_, word, parts) => {
    const { code, stdout } = await runCli(["explain", word], { cwd: ROOT });
    expect(code).toBe(0);
    for (const part of parts) expect(stdout).toContain(part);
    const { stdout: json } = await runCli(["explain", word, "--format", "json"], { cwd: ROOT });
    expect(JSON.parse(json)).toMatchObject({ schemaVersion: 1 });
  });

  test("with an input it says who uses the name", async () => {
    const args = ["explain", "SO_REUSEADDR", "fixtures/demo", "--no-cargo"];
    expect((await runCli(args, { cwd: ROOT })).stdout).toContain("plainsock 0.1.4: 1 use");
  });

  test.each([
    ["EAGAIM", "did you mean EAGAIN?"],
    ["errno-literl", "did you mean errno-literal?"],
    ["F-099", "F-001 to F-016"],
  ])("%s is nothing", async (word, hint) => {
    const { code, stdout, stderr } = await runCli(["explain", word], { cwd: ROOT });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(hint);
  });
});

describe("kb", () => {
  test("rows of a release", async () => {
    const { stdout } = await runCli(["kb", "show", "EAGAIN", "--format", "json"], { cwd: ROOT });
    expect(JSON.parse(stdout)).toMatchObject({
      constants: { EAGAIN: { hosts: { "windows-x64": 10035 } } },
    });
  });

  test("the releases that there are", async () => {
    expect((await runCli(["kb", "releases"], { cwd: ROOT })).stdout).toMatch(/^4\.0\.2$/mu);
  });

  test("what an upgrade changes for one tree", async () => {
    const args = ["kb", "diff", "4.0.2", "master", "fixtures/demo", "--no-cargo"];
    const { code, stdout } = await runCli(args, { cwd: ROOT });
    expect(code).toBe(0);
    expect(stdout).toMatch(/EAGAIN \(\d+ uses?\)/);
  });

  test.each([
    [["kb", "diff", "4.0.2"], "needs two releases"],
    [["kb", "diff", "4.0.2", "master", "fixtures/demo", "x"], "needs two releases"],
    [["kb", "shwo"], "did you mean show?"],
    [["kb", "show", "--release", "0.1"], "0.1"],
  ])("%j is a mistake", async (args, message) => {
    const { code, stderr } = await runCli(args, { cwd: ROOT });
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});
