import path from "node:path";
import { describe, expect, test } from "vitest";
import { run } from "../../src/api.ts";
import type { Report } from "../../src/model/result.ts";
import { everywhere, scoreboardRow, SIX } from "./scoreboard.ts";

const PROBE = path.join(import.meta.dirname, "../../fixtures/verdict/probe");
const TRIED = new Set(["linux-x64", "windows-x64", "macos-arm64"]);

function probe(profile: string): Promise<Report> {
  return run({
    input: { kind: "path", path: PROBE },
    profile,
    noCargo: true,
    cacheDir: false,
  });
}

describe("a program of std alone (the scoreboard's first row)", () => {
  test("works on all six hosts under ape-rs, and the two that nobody tried are unknown", async () => {
    const report = await probe("ape-rs");
    expect(scoreboardRow(report)).toEqual(everywhere("works"));
    const others = report.matrix.filter(({ host }) => !(SIX as readonly string[]).includes(host));
    expect(others.map(({ host, verdict }) => [host, verdict])).toEqual([
      ["macos-x64", "unknown"],
      ["netbsd-x64", "unknown"],
    ]);
  });

  test("does not link without a profile: std calls waitid", async () => {
    const { matrix } = await probe("none");
    expect(new Set(matrix.map(({ verdict }) => verdict))).toEqual(new Set(["does not build"]));
  });

  test("works where the SDK was tried under rust-ape", async () => {
    const { matrix } = await probe("rust-ape");
    const tried = matrix.filter(({ host }) => TRIED.has(host)).map(({ verdict }) => verdict);
    expect(tried).toEqual(["works", "works", "works"]);
  });
});
