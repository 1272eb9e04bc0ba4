import { beforeAll, describe, expect, it } from "vitest";
import type { Parser } from "web-tree-sitter";
import { cachedCrates, rustFiles } from "../../../tools/bench/rust-files.ts";
import { treeSitter } from "../../../tools/bench/tree-sitter.ts";
import { itemsOfFacts, itemsOfTree } from "./items.ts";

/** Of a large crate every so many-th file is compared: bindings to whole systems have thousands that are alike. */
const PER_CRATE = 40;

/** Needs crates that cargo has unpacked on this machine, and compares nothing without them. */
describe("our reader against tree-sitter's grammar", async () => {
  const crates = await cachedCrates();
  let parser: Parser;

  beforeAll(async () => {
    parser = await treeSitter();
  });

  it.skipIf(crates.length === 0)("sees the same items at the same places", async () => {
    const differences: string[] = [];
    let [compared, refused, items] = [0, 0, 0];
    for (const crate of crates) {
      const texts: { path: string; text: string }[] = [];
      for await (const file of rustFiles([crate])) texts.push(file);
      const step = Math.max(1, Math.ceil(texts.length / PER_CRATE));
      for (let at = 0; at < texts.length; at += step) {
        const { path, text } = texts[at]!;
        const tree = itemsOfTree(parser, text);
        if (tree.hasError) {
          refused++;
          continue;
        }
        compared++;
        items += tree.items.length;
        differences.push(
          ...differencesOf(tree.items, itemsOfFacts(text, tree.left)).map(
            (line) => `${crate.name}/${path}: ${line}`,
          ),
        );
      }
    }
    expect(differences).toEqual([]);
    expect(items).toBeGreaterThan(compared);
    // what tree-sitter can't read (templates, tests of compilers) is left out, and must stay the exception
    expect(refused).toBeLessThan(compared / 20);
  });
});

function differencesOf(theirs: readonly string[], ours: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const item of theirs) left.set(item, (left.get(item) ?? 0) + 1);
  for (const item of ours) left.set(item, (left.get(item) ?? 0) - 1);
  return [...left]
    .filter(([, count]) => count !== 0)
    .map(([item, count]) => (count > 0 ? `only tree-sitter: ${item}` : `only ours: ${item}`));
}
