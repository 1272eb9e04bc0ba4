import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { schemaFiles } from "../../tools/build-schemas/files.ts";

test.each(schemaFiles())("schemas/%s is what the code checks with", async (name, text) => {
  const written = await readFile(path.join(import.meta.dirname, "../../schemas", name), "utf8");
  expect(written, "run `npm run schemas`").toBe(text);
});
