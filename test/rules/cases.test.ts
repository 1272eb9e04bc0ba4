import path from "node:path";
import { describe, expect, test } from "vitest";
import { loadCrates } from "../../src/kb/crates.ts";
import { loadProfile } from "../../src/kb/profiles.ts";
import { loadRules } from "../../src/rules/index.ts";
import { lintCase } from "./lint-case.ts";
import type { CaseGround } from "./lint-case.ts";
import { folderOf, readCases, readPage, RULE_IDS } from "./rule-cases.ts";
import { showCase } from "./squiggles.ts";

const HEADINGS = ["What it sees", "Why it breaks", "Fix", "When not to care", "Known gaps"];
const rules = await loadRules();
const ground: CaseGround = { rules, profileOf: loadProfile, crates: loadCrates() };

describe.each(RULE_IDS)("%s", (id) => {
  const cases = readCases(id);
  const page = readPage(id);

  test.each(cases.map((each) => [`${each.kind} ${each.name}`, each] as const))(
    "%s",
    async (_, each) => {
      const { results } = await lintCase(each, ground);
      const own = results.filter((result) => result.rule === id && result.closed === undefined);
      expect(own.map((result) => result.symbol).toSorted()).toEqual([...each.expect].toSorted());
    },
  );

  test("the cases look as they did", async () => {
    const shown: string[] = [];
    for (const each of cases) shown.push(showCase(each, id, await lintCase(each, ground)));
    await expect(shown.join("\n")).toMatchFileSnapshot(path.join(folderOf(id), "cases.snap.txt"));
  });

  test("the page has its parts, under the rule's own title", () => {
    const title = rules.find((rule) => rule.id === id)?.title ?? "";
    expect(page.title).toBe(id);
    expect(page.text).toContain(`\n${title}.\n`);
    expect(page.headings).toEqual(HEADINGS);
  });

  test.each(
    page.blocks.map((block, index) => [`${block.kind} block ${index + 1}`, block] as const),
  )("the page's %s is what it says", async (_, block) => {
    const { results } = await lintCase({ code: block.code }, ground);
    const own = results.filter((result) => result.rule === id).map((result) => result.symbol);
    expect(["bad", "ok"]).toContain(block.kind);
    if (block.kind === "bad") expect(own).not.toEqual([]);
    else expect(own).toEqual([]);
  });
});
