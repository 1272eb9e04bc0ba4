import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { lex } from "../../src/syntax/lexer.ts";
import { printTokens } from "./print-tokens.ts";

const FIXTURES = join(import.meta.dirname, "../../fixtures/syntax");

describe("lex", () => {
  for (const file of readdirSync(FIXTURES).filter((name) => name.endsWith(".rs"))) {
    it(`reads ${file}`, async () => {
      const source = readFileSync(join(FIXTURES, file), "utf8");
      const golden = join(FIXTURES, file.replace(/\.rs$/, ".tokens.txt"));
      await expect(printTokens(source, lex(source))).toMatchFileSnapshot(golden);
    });
  }

  it("keeps a raw identifier apart from the keyword, and gives its name without the mark", () => {
    const tokens = lex("r#type type");
    expect([tokens.text(0), tokens.is(0, "type"), tokens.is(1, "type")]).toEqual([
      "type",
      false,
      true,
    ]);
  });

  it.each(["\u0085", "\u200e", "\u200f", "\u2028", "\u2029"])(
    "ends a word at the space %j",
    (space) => {
      const tokens = lex(`unix${space}b${space}=c`);
      expect([0, 1, 2, 3].map((at) => tokens.text(at))).toEqual(["unix", "b", "=", "c"]);
    },
  );

  it("reads a file after a longer one without anything left over", () => {
    const alone = printTokens("a(b)", lex("a(b)"));
    lex("x ".repeat(5000));
    expect(printTokens("a(b)", lex("a(b)"))).toBe(alone);
  });
});
