import { createFixture } from "fs-fixture";
import { expect, test } from "vitest";
import { loadTaxonomy } from "../../src/kb/taxonomy.ts";
import { loadRules } from "../../src/rules/index.ts";
import { InputError } from "../../src/util/errors.ts";

const RULE = `id: my-rule
title: A title
description: A description.
harm: fails
level: error
confidence: high
query:
  kind: libc-use
  name: [read]
hosts: off-linux
message: "{symbol} is bad on {hosts}"
help: Do another thing.
`;

async function problem(text: string, folder = "my-rule"): Promise<string> {
  const fixture = await createFixture({ [folder]: { "rule.yml": text } });
  const error = await loadRules({ dirs: [fixture.path] }).catch((thrown: unknown) => thrown);
  await fixture.rm();
  if (!(error instanceof InputError)) return `no InputError: ${String(error)}`;
  const place = error.place?.replace(fixture.path, "").replace(/^\//u, "");
  return [`${place}: ${error.message}`, error.hint]
    .filter((part) => part !== undefined)
    .join(" | ")
    .replace(fixture.path, "");
}

test("a well-formed folder gives a rule", async () => {
  const fixture = await createFixture({ "my-rule": { "rule.yml": RULE } });
  const rules = await loadRules({ dirs: [fixture.path] });
  await fixture.rm();
  expect(rules).toMatchObject([
    { id: "my-rule", title: "A title", harm: "fails", tags: [], taxa: [] },
  ]);
});

test.each([
  [
    "an unknown key",
    RULE.replace("title:", "titel:"),
    "my-rule/rule.yml:2:1: unknown key `titel` | did you mean title?",
  ],
  [
    "an unknown key in the query",
    RULE.replace("  name:", "  nmae:"),
    "my-rule/rule.yml:9:3: unknown key `nmae` | did you mean name?",
  ],
  [
    "an unknown kind",
    RULE.replace("libc-use", "libc-usr"),
    "my-rule/rule.yml:8:9: `query.kind` cannot be `libc-usr` | did you mean libc-use?",
  ],
  [
    "an unknown harm",
    RULE.replace("harm: fails", "harm: fail"),
    "my-rule/rule.yml:4:7: `harm` cannot be `fail` | did you mean fails?",
  ],
  [
    "a missing key",
    RULE.replace("help: Do another thing.\n", ""),
    "my-rule/rule.yml:1:1: the key `help` is missing",
  ],
  [
    "a missing kind",
    RULE.replace("  kind: libc-use\n", ""),
    "my-rule/rule.yml:8:3: the key `kind` is missing",
  ],
  [
    "an unknown placeholder",
    RULE.replace("{symbol}", "{symbl}"),
    "my-rule/rule.yml: unknown placeholder `{symbl}` | did you mean symbol?",
  ],
  [
    "an id that is not the folder",
    RULE.replace("id: my-rule", "id: your-rule"),
    "my-rule/rule.yml:1:5: the id `your-rule` is not the name of its folder | call it my-rule",
  ],
  [
    "an id in another case",
    RULE.replace("id: my-rule", "id: MyRule"),
    "my-rule/rule.yml:1:5: `id`: is not kebab-case",
  ],
  [
    "broken YAML",
    `${RULE}tags: [a\n`,
    "my-rule/rule.yml:14:1: not valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ]",
  ],
  [
    "an unknown host",
    RULE.replace("off-linux", "of-linux"),
    "my-rule/rule.yml:10:8: `hosts` cannot be `of-linux` | did you mean off-linux?",
  ],
])("%s is told at its place", async (_, text, expected) => {
  expect(await problem(text)).toBe(expected);
});

test("a folder without rule.yml and an unreadable folder of rules are told", async () => {
  const fixture = await createFixture({ "my-rule": { "README.md": "" } });
  await expect(loadRules({ dirs: [fixture.path] })).rejects.toThrow("cannot read the file");
  await expect(loadRules({ dirs: [`${fixture.path}/nowhere`] })).rejects.toThrow(
    "cannot read the folder of rules",
  );
  await fixture.rm();
});

test("two rules of one id are refused", async () => {
  const fixture = await createFixture({
    "a/my-rule": { "rule.yml": RULE },
    "b/my-rule": { "rule.yml": RULE },
  });
  const loading = loadRules({ dirs: [`${fixture.path}/a`, `${fixture.path}/b`] });
  await expect(loading).rejects.toThrow("two rules have the id `my-rule`");
  await fixture.rm();
});

test("the taxonomy has all sixteen findings and says which are only reconstructed", async () => {
  const taxa = loadTaxonomy();
  expect(taxa.map((taxon) => taxon.id)).toEqual(
    Array.from({ length: 16 }, (_, index) => `F-${String(index + 1).padStart(3, "0")}`),
  );
  const reconstructed = taxa
    .filter((taxon) => taxon.status === "reconstructed")
    .map((taxon) => taxon.id);
  expect(reconstructed).toEqual(["F-012", "F-013", "F-014"]);
});

test("every taxon that our rules name exists, and F-006 and F-007 are no rule's", async () => {
  const known = new Set(loadTaxonomy().map((taxon) => taxon.id));
  const named = new Set((await loadRules()).flatMap((rule) => rule.taxa));
  expect([...named].filter((id) => !known.has(id))).toEqual([]);
  expect(named.has("F-006") || named.has("F-007")).toBe(false);
});

test("rules yield only to rules that exist", async () => {
  const rules = await loadRules();
  const ids = new Set(rules.map((rule) => rule.id));
  expect(rules.flatMap((rule) => rule.spec.yieldsTo).filter((id) => !ids.has(id))).toEqual([]);
});
