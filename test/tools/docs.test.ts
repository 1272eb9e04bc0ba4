import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { docFiles } from "../../tools/build-docs/files.ts";

test.each(docFiles())("%s is what the command line is", async (file, text) => {
  const written = await readFile(path.join(import.meta.dirname, "../..", file), "utf8");
  expect(written, "run `npm run docs`").toBe(text);
});
