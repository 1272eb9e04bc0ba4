import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { runCommandLine } from "../../src/cli/run.ts";
import { runCli } from "../cli/support.ts";
import { DEMO } from "./support.ts";

const dir = mkdtempSync(path.join(tmpdir(), "ape-lint-cargo-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
afterEach(() => vi.unstubAllEnvs());

/** Puts a program called cargo in front of PATH, and gives every run a cache of its own. */
function cargoThat(name: string, script: string): void {
  const bin = path.join(dir, name, "bin");
  mkdirSync(bin, { recursive: true });
  writeFileSync(path.join(bin, "cargo"), `#!/bin/sh\n${script}\n`);
  chmodSync(path.join(bin, "cargo"), 0o755);
  vi.stubEnv("PATH", `${bin}${path.delimiter}/usr/bin${path.delimiter}/bin`);
  vi.stubEnv("APE_LINT_CACHE", path.join(dir, name, "cache"));
}

const VERSION =
  'case "$1" in -V|--version|-vV) echo "cargo 1.90.0 (840b83a10 2025-07-30)"; exit 0;; esac';

const SCRIPTS: Readonly<Record<string, string>> = {
  "prints garbage": "printf '\\033[2J\\0\\377 not json {{{'; exit 0",
  "prints garbage and fails": "printf '\\033[2J\\0\\377 not json' >&2; exit 101",
  "says nothing": "exit 0",
  "says nothing and fails": "exit 101",
  "answers with other JSON": `${VERSION}\necho '{"version":1,"packages":[null],"units":[],"roots":[7]}'`,
  "answers with nothing to build": `${VERSION}\necho '{"version":1,"units":[],"roots":[]}'`,
  "answers with half of its JSON": `${VERSION}\nprintf '{"version":1,"units":[{"pkg_id":"a'`,
  "is killed": "kill -9 $$",
  "is no program": "\u0000\u0001",
};

describe.skipIf(process.platform === "win32")("a cargo that", () => {
  test.each(Object.entries(SCRIPTS))("%s", async (name, script) => {
    cargoThat(name, script);
    const { code, stdout, stderr } = await runCli(["check", DEMO, "--format", "json"]);
    expect(stderr).not.toMatch(/mistake of ours|\n +at /u);
    // NOTE: an error of cargo's is told with what it wrote, but nothing of that steers a terminal.
    expect(stderr).not.toMatch(/[^\P{Cc}\n]/u);
    expect([2, 3], stderr).toContain(code);
    expect(stdout).toBe("");
    expect(stderr).toMatch(/^error: .*(?:cargo|nothing to compile)/mu);
  });

  test("hangs is ended when the user has enough", async () => {
    cargoThat("hangs", `echo $$ > "${dir}/pid"; exec sleep 600`);
    const stop = new AbortController();
    let stderr = "";
    const sink = { isTTY: false, columns: 80, write: (text: string) => void (stderr += text) };
    const io = {
      stdout: sink,
      stderr: sink,
      env: {},
      cwd: dir,
      command: "ape-lint",
      readStdin: () => Promise.resolve(""),
      signal: stop.signal,
    };
    const code = runCommandLine(["check", DEMO], io);
    const pid = await vi.waitFor(
      () => Number(readFileSync(path.join(dir, "pid"), "utf8").trim() || NaN),
      10_000,
    );
    expect(pid).toBeGreaterThan(1);
    stop.abort();
    expect(await code).toBe(130);
    expect(stderr).toContain("interrupted");
    await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow(), 5000);
  });

  test("prints garbage is no matter where it is not asked", async () => {
    cargoThat("not-asked", "exit 101");
    const { code, stderr } = await runCli(["check", DEMO, "--no-cargo"]);
    expect(code, stderr).toBe(1);
  });
});
