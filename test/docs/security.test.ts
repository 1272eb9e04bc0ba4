import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { readPage, ROOT } from "./pages.ts";

const { text } = readPage("docs/security.md");
const rows = text
  .split("\n")
  .filter((line) => line.startsWith("| ") && !/^\| (?:---|threat )/.test(line))
  .map((line) => line.split(/(?<!\\) \| /));

test("every threat has a test that is there", () => {
  expect(rows.length).toBeGreaterThan(25);
  const missing = rows.flatMap(([threat = "", , told = ""]) => {
    const [, file = "", title = ""] = /^`(test\/[^`]+)`: "(.+)" \|$/.exec(told.trim()) ?? [];
    const full = path.join(ROOT, file);
    if (file === "" || !existsSync(full)) return [`${threat}: no file in ${told}`];
    return readFileSync(full, "utf8").includes(title) ? [] : [`${threat}: no test "${title}"`];
  });
  expect(missing).toEqual([]);
});
