import type * as Fs from "node:fs";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { runCli } from "../cli/support.ts";
import { answerOf, DEMO } from "./support.ts";

/** Bytes that may still be written below `cache`; the rest of a write is lost, as on a disk that has become full. */
const room = vi.hoisted(() => ({ cache: "", bytes: Infinity }));

vi.mock("node:fs", async (importOriginal) => {
  const fs = await importOriginal<typeof Fs>();
  const writeFileSync: typeof fs.writeFileSync = (file, data, options) => {
    const bytes = Buffer.from(data as Uint8Array);
    if (typeof file !== "string" || !file.startsWith(room.cache) || bytes.length <= room.bytes) {
      if (typeof file === "string" && file.startsWith(room.cache)) room.bytes -= bytes.length;
      return fs.writeFileSync(file, data, options);
    }
    fs.writeFileSync(file, bytes.subarray(0, room.bytes), options);
    room.bytes = 0;
    throw Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
  };
  return { ...fs, writeFileSync };
});

const dir = mkdtempSync(path.join(tmpdir(), "ape-lint-disk-"));
const small = path.join(dir, "small");
mkdirSync(small);
/** A real disk that is soon full, where we may make one. */
const mounted =
  process.platform === "linux" &&
  spawnSync("mount", ["-t", "tmpfs", "-o", "size=12k", "tmpfs", small]).status === 0;
afterAll(() => {
  if (mounted) spawnSync("umount", [small]);
  rmSync(dir, { recursive: true, force: true });
});
beforeEach(() => Object.assign(room, { cache: path.join(dir, "none"), bytes: Infinity }));
afterEach(() => vi.unstubAllEnvs());

async function check(cache: string, ...more: string[]): ReturnType<typeof runCli> {
  vi.stubEnv("APE_LINT_CACHE", cache);
  const args = ["check", DEMO, "--no-cargo", "--fail-on", "never"];
  return runCli([...args, ...(more.length === 0 ? ["--format", "json"] : more)]);
}

function namesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    statSync(path.join(folder, name)).isFile(),
  );
}

describe("a disk without room", () => {
  test.each([0, 100, 5000, 15_000])("for more than %i bytes of the cache", async (bytes) => {
    const cache = path.join(dir, `full-${bytes}`);
    const right = answerOf((await check(cache, "--no-cache", "--format", "json")).stdout);
    Object.assign(room, { cache, bytes });
    const { code, stdout, stderr } = await check(cache);
    expect(code, stderr).toBe(0);
    expect(answerOf(stdout)).toEqual(right);
    expect(stderr.match(/can't be written \(no space left on the device/gu)).toHaveLength(1);
    expect(namesIn(cache).filter((name) => name.endsWith(".tmp"))).toEqual([]);
    room.bytes = Infinity;
    for (let count = 0; count < 2; count++)
      expect(answerOf((await check(cache)).stdout)).toEqual(right);
  });

  test.skipIf(!mounted)("of the operating system's", async () => {
    const right = answerOf((await check(small, "--no-cache", "--format", "json")).stdout);
    for (let count = 0; count < 3; count++) {
      const { code, stdout, stderr } = await check(small);
      expect(code, stderr).toBe(0);
      expect(answerOf(stdout)).toEqual(right);
      expect(stderr).toContain("no space left on the device");
      expect(namesIn(small).filter((name) => name.endsWith(".tmp"))).toEqual([]);
    }
  });

  test.skipIf(process.platform !== "linux")("for the report", async () => {
    const { code, stderr } = await check(path.join(dir, "c"), "--format", "json=/dev/full");
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: .*\/dev\/full.*no space left on the device/mu);
    expect(stderr).not.toMatch(/mistake of ours|\n +at /u);
  });
});
