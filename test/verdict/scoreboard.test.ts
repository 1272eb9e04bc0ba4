import path from "node:path";
import { describe, expect, test } from "vitest";
import { run } from "../../src/api.ts";
import type { HostVerdict } from "../../src/model/result.ts";

const PROBE = path.join(import.meta.dirname, "../../fixtures/verdict/probe");
const SIX = [
  "linux-x64",
  "linux-arm64",
  "freebsd-x64",
  "openbsd-x64",
  "windows-x64",
  "macos-arm64",
] as const;

async function probe(profile: string): Promise<Record<string, HostVerdict>> {
  const report = await run({
    input: { kind: "path", path: PROBE },
    profile,
    noCargo: true,
    cacheDir: false,
  });
  return Object.fromEntries(report.matrix.map(({ host, verdict }) => [host, verdict]));
}

describe("a program of std alone (the scoreboard's first row)", () => {
  test("works on all six hosts under ape-rs, and the two that nobody tried are unknown", async () => {
    const row = await probe("ape-rs");
    expect(SIX.map((host) => row[host])).toEqual(SIX.map(() => "works"));
    expect([row["macos-x64"], row["netbsd-x64"]]).toEqual(["unknown", "unknown"]);
  });

  test("does not link without a profile: std calls waitid", async () => {
    const row = await probe("none");
    expect(new Set(Object.values(row))).toEqual(new Set(["does not build"]));
  });

  test("works where the SDK was tried under rust-ape", async () => {
    const row = await probe("rust-ape");
    expect([row["linux-x64"], row["windows-x64"], row["macos-arm64"]]).toEqual([
      "works",
      "works",
      "works",
    ]);
  });
});
