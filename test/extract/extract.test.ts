import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { extractFile } from "../../src/extract/extract.ts";
import { CONTEXTS } from "../../src/model/site.ts";
import { printFacts } from "./print-facts.ts";

const FIXTURES = join(import.meta.dirname, "../../fixtures/extract");

describe("extractFile", () => {
  for (const file of readdirSync(FIXTURES).filter((name) => name.endsWith(".rs"))) {
    it(`reads ${file}`, async () => {
      const source = readFileSync(join(FIXTURES, file), "utf8");
      const golden = join(FIXTURES, file.replace(/\.rs$/, ".facts.txt"));
      await expect(printFacts(source, extractFile(source))).toMatchFileSnapshot(golden);
    });
  }

  it("has a fixture for every context that a file by itself can show", () => {
    const golden = readFileSync(join(FIXTURES, "contexts.facts.txt"), "utf8");
    // imports are items, and arguments of unknown macros are read when names are resolved
    const elsewhere = new Set(["import", "macro-argument"]);
    expect(
      CONTEXTS.filter((name) => !elsewhere.has(name) && !golden.includes(` ${name} `)),
    ).toEqual([]);
  });
});
