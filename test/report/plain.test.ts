import { describe, expect, it } from "vitest";
import { codeSpan, markdownText, plain, uriPath } from "../../src/report/plain.ts";

describe("plain", () => {
  it.each([
    ["a\u001b[31mb", "a\\u{1b}[31mb"],
    ["user\u202egnp.exe", "user\\u{202e}gnp.exe"],
    ["zero\u200bwidth\ufeff", "zero\\u{200b}width\\u{feff}"],
    ["two\r\nlines\tand a tab", "two lines and a tab"],
    ["\ud800 alone", "\ufffd alone"],
    ["tag \u{e0041}", "tag \\u{e0041}"],
    ["##[error]x", "## [error]x"],
    ["größe 漢字 \u{1f600}", "größe 漢字 \u{1f600}"],
  ])("%j", (text, shown) => {
    expect(plain(text)).toBe(shown);
  });

  it("cuts what is very long", () => {
    expect(plain("x".repeat(5000))).toHaveLength(2001);
  });
});

describe("markdown", () => {
  it.each([
    ["a `libc::X` b", "a `libc::X` b"],
    ["<img src=x>", "&lt;img src=x&gt;"],
    ["[a](https://b.c)", "\\[a\\]\\(https:&#8203;//b.c\\)"],
    ["@me and #1 and GH-2", "@&#8203;me and #&#8203;1 and GH&#8203;-2"],
    ["www.a.b", "www.&#8203;a.b"],
    ["- item", "\\- item"],
    ["1. item", "1\\. item"],
    ["1.5 items", "1.5 items"],
    ["a | b", "a \\| b"],
    ["`x` | `<y>|`", "`x` \\| `<y>\\|`"],
  ])("%j", (text, markdown) => {
    expect(markdownText(text)).toBe(markdown);
  });

  it.each([
    ["a`b", "``a`b``"],
    ["`a`", "`` `a` ``"],
    ["``", "``` `` ```"],
    ["a|b", "`a\\|b`"],
    ["", ""],
  ])("code span of %j", (text, span) => {
    expect(codeSpan(text)).toBe(span);
  });
});

describe("paths as URIs", () => {
  it.each([
    ["src/a b.rs", "src/a%20b.rs"],
    ["größe#1?.rs", "gr%C3%B6%C3%9Fe%231%3F.rs"],
    ["a:b/c%d", "a%3Ab/c%25d"],
    ["//evil/x", "evil/x"],
    ["a\\b", "a%5Cb"],
    ["(x)'!", "%28x%29%27%21"],
    ["\ud800", "%EF%BF%BD"],
  ])("%j", (path, uri) => {
    expect(uriPath(path)).toBe(uri);
  });
});
