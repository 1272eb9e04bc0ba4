import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { KNOWLEDGE_PAGE, knowledgePage } from "../../../tools/build-data/docs.ts";

it("docs/knowledge.md tells the data as it is", () => {
  expect(readFileSync(KNOWLEDGE_PAGE, "utf8")).toBe(knowledgePage());
});
