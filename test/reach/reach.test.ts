import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { reachOfFixture } from "./support.ts";

const FIXTURES = join(import.meta.dirname, "../../fixtures/reach");

describe("what the program's roots lead to", () => {
  for (const leaf of readdirSync(FIXTURES)) {
    it(`is told with a way there: ${leaf}`, async () => {
      const dir = join(FIXTURES, leaf);
      await expect(reachOfFixture(dir)).toMatchFileSnapshot(join(dir, "reach.txt"));
    });
  }
});
