import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { readFiles } from "../files.ts";
import { printSites } from "./print-sites.ts";
import { resolveCrates, type TestCrate } from "./support.ts";

const FIXTURES = join(import.meta.dirname, "../../fixtures/resolve");

/** `crates.yml` of a fixture says how its folders are built; each folder is a crate. */
function readFixture(leaf: string): TestCrate[] {
  const dir = join(FIXTURES, leaf);
  const crates = parse(readFileSync(join(dir, "crates.yml"), "utf8")) as Record<
    string,
    Omit<TestCrate, "name" | "files">
  >;
  return Object.entries(crates).map(([name, options]) => ({
    ...options,
    name,
    files: readFiles(join(dir, name)),
  }));
}

describe("names of the libc crate", () => {
  for (const leaf of readdirSync(FIXTURES)) {
    it(`are found: ${leaf}`, async () => {
      const crates = readFixture(leaf);
      const text = printSites(resolveCrates(crates), crates);
      await expect(text).toMatchFileSnapshot(join(FIXTURES, leaf, "sites.txt"));
    });
  }
});
