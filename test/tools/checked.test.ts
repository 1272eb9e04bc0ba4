import { createFixture } from "fs-fixture";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it } from "vitest";
import { loadCrates } from "../../src/kb/crates.ts";
import { loadRules } from "../../src/rules/index.ts";
import { checkedFile, checkedValue } from "../../src/util/checked.ts";
import { checkedForms, type Form } from "../../tools/build-checked/forms.ts";

// NOTE: fails when a file under rules or data is read by nobody, or by nobody that the build knows of.
const forms = await checkedForms();

function formOf(name: string): Form {
  return forms.get(name) ?? new Map<string, never>();
}

it("keeps every rule and crate under its name, as the program reads it", async () => {
  const rules = await loadRules();
  expect([...formOf("rule")].map(([name, { value }]) => [name, value]).sort()).toEqual(
    rules.map(({ id, spec }) => [id, spec]),
  );
  expect([...formOf("crates").keys()]).toEqual(loadCrates().map(({ name }) => name));
});

it("is believed for the very text that the build read, and for no other", async () => {
  await using fixture = await createFixture({
    [checkedFile("rule")]: JSON.stringify(Object.fromEntries(formOf("rule"))),
    [checkedFile("crates")]: "{ cut of",
  });
  const folder = pathToFileURL(`${fixture.path}${path.sep}`);
  const { text, value } = formOf("rule").get("raw-syscall") ?? { text: "", value: undefined };
  const ask = (form: string, name: string, asked: string): unknown =>
    checkedValue({ form, name, text: asked }, folder);
  expect(ask("rule", "raw-syscall", text)).toEqual(value);
  expect(value).toMatchObject({ id: "raw-syscall" });
  expect(ask("rule", "raw-syscall", `${text}\n`)).toBeUndefined();
  expect(ask("rule", "current-exe", text)).toBeUndefined();
  expect(ask("rule", "constructor", text)).toBeUndefined();
  expect(ask("crates", "mio", formOf("crates").get("mio")?.text ?? "")).toBeUndefined();
  expect(ask("profiles", "none", "")).toBeUndefined();
});
