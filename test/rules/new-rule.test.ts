import { createFixture } from "fs-fixture";
import { expect, test } from "vitest";
import { loadRules } from "../../src/rules/index.ts";
import { newRuleFiles, problemOfId } from "../../tools/new-rule/files.ts";
import { casesSchema } from "./rule-cases.ts";
import { readYaml } from "../../src/util/yaml.ts";

test("a new folder is well formed before anything is filled in", async () => {
  const files = newRuleFiles({ id: "new-thing", title: 'A "new" thing: it breaks' });
  const fixture = await createFixture({ "new-thing": { ...files } });
  expect(await loadRules({ dirs: [fixture.path] })).toMatchObject([
    { id: "new-thing", title: 'A "new" thing: it breaks' },
  ]);
  await fixture.rm();
  const text = files["cases.yml"] ?? "";
  expect(readYaml({ text, file: "cases.yml", schema: casesSchema })).toMatchObject({
    bad: [{ name: "call" }],
  });
});

test.each([
  ["NewThing", "is not kebab-case"],
  ["../out", "is not kebab-case"],
  ["taken", "already"],
])("the id %s is refused", (id, why) => {
  expect(problemOfId(id, ["taken"])).toContain(why);
});

test("a good id is not", () => {
  expect(problemOfId("new-thing", ["taken"])).toBeUndefined();
});
