import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { v8FlagsFor } from "../../src/cli/v8-flags.ts";

test("this Node's V8 knows the flags that are set for it", () => {
  const known = execFileSync(process.execPath, ["--v8-options"], { encoding: "utf8" });
  for (const flag of v8FlagsFor(process.versions.node)) {
    expect(known).toMatch(new RegExp(`^ *${flag.split("=")[0]} `, "mu"));
  }
});

test("each version that is supported has flags, and a version that was never tried has none", () => {
  expect(
    ["20.19.0", "22.12.0", "24.0.0"].filter((version) => v8FlagsFor(version).length === 0),
  ).toEqual([]);
  expect(v8FlagsFor("26.0.0")).toEqual([]);
});
