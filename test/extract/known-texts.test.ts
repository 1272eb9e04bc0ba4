import { expect, it } from "vitest";
import { KnownTexts } from "../../src/extract/known-texts.ts";
import { loadCrate, type CrateSource } from "../../src/extract/load-crate.ts";
import { worldsOf } from "../../src/resolve/index.ts";
import { packageOf } from "../resolve/support.ts";

const BEFORE = {
  "src/lib.rs": 'mod a; mod b; fn f() { let _ = include!("b.rs"); }',
  "src/a.rs": "fn a() {}",
  "src/b.rs": "fn b() {}",
};

function load(files: Record<string, string>, known?: KnownTexts): CrateSource {
  const worlds = worldsOf(packageOf({ name: "app", files }), [], () => 1);
  const read = (file: string) => {
    const text = files[file];
    return text === undefined ? { missing: true as const } : { text, bytes: text.length };
  };
  return loadCrate({ read }, "src/lib.rs", worlds, known);
}

it("only texts that are others than before are read again", () => {
  const before = load(BEFORE, new KnownTexts());
  const files = { ...BEFORE, "src/a.rs": "fn other() {}" };
  const after = load(files, new KnownTexts([before]));
  expect(after).toEqual(load(files, new KnownTexts()));
  const isKept = (file: string) => after.files.get(file) === before.files.get(file);
  expect([...after.files.keys()].filter(isKept)).toEqual(["src/lib.rs", "src/b.rs"]);
});

it("a text is known in whatever file it stands, but not read another way", () => {
  const known = new KnownTexts([load(BEFORE, new KnownTexts())]);
  const { facts, text } = known.factsOf("fn b() {}", "file");
  expect(known.factsOf("fn b() {}", "file").facts).toBe(facts);
  const asBody = known.factsOf("fn b() {}", "body");
  expect(asBody.text).not.toBe(text);
  expect(asBody.facts).not.toEqual(facts);
});

it("what is read once tells no texts", () => {
  expect(load(BEFORE).texts).toBeUndefined();
});
