import { describe, expect, test } from "vitest";
import { plainExprEnd } from "../../src/resolve/macros/plain-expr.ts";
import { lex } from "../../src/syntax/lexer.ts";

/** What of a text is read as one plain expression; undefined when the grammar has to say. */
function plain(text: string): string | undefined {
  const tokens = lex(text);
  const end = plainExprEnd(tokens, 0, tokens.n);
  return end < 0 ? undefined : text.slice(0, tokens.end[end - 1]);
}

describe("plain expressions", () => {
  test.each([
    ["a", "a"],
    ["a, b", "a"],
    ["1 + 2; c", "1 + 2"],
    ["self.a.0.b()?, x", "self.a.0.b()?"],
    ["a::b::C(1, 2)[3] => d", "a::b::C(1, 2)[3]"],
    ["&*a && !b == -1", "&*a && !b == -1"],
    ['concat!("a", b) + c', 'concat!("a", b) + c'],
    ["vec![1; 2].len()", "vec![1; 2].len()"],
    ["(a, b), c", "(a, b)"],
    ["a != b", "a != b"],
  ])("%s", (text, expected) => {
    expect(plain(text)).toBe(expected);
  });

  test.each([
    "a < b",
    "a::<B>()",
    "|a, b| a",
    "A { b: 1 }",
    "if a { b } else { c }",
    "a as u8",
    "key: value",
    "name = value",
    "a b",
    "1..2",
    "unsafe { a }",
    "'a: loop {}",
    "#[b] a",
    "a.",
    "a +",
    "_",
  ])("%s: by the grammar", (text) => {
    expect(plain(text)).toBeUndefined();
  });
});
