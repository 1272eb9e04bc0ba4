import { describe, expect, test } from "vitest";
import { stringValue } from "../../src/syntax/strings.ts";

describe("what a string literal stands for", () => {
  test.each([
    [String.raw`"/etc/hosts"`, "/etc/hosts"],
    [String.raw`b"/dev/urandom\0"`, "/dev/urandom"],
    [String.raw`c"/dev/random"`, "/dev/random"],
    [String.raw`"C:\\Windows"`, "C:\\Windows"],
    [String.raw`r"C:\Windows"`, "C:\\Windows"],
    [String.raw`br#"a"b"#`, 'a"b'],
    [String.raw`"\x2fetc\u{2F}x"`, "/etc/x"],
    ['"/etc/\\\n     hosts"', "/etc/hosts"],
    [String.raw`"\u{ffffff}"`, String.raw`\u{ffffff}`],
    ["'x'", "'x'"],
  ])("%s", (literal, text) => {
    expect(stringValue(literal)).toBe(text);
  });
});
