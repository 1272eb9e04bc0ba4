import { describe, expect, it } from "vitest";
import { and, not, printCfg, readCfg, readCfgList, unquote } from "../../src/syntax/cfg.ts";
import {
  ACTIVE_ALL,
  bothActive,
  evalActive,
  evalCfg,
  NO,
  surelyActive,
  UNKNOWN,
  YES,
  type CfgWorld,
  type Truth,
} from "../../src/syntax/cfg-eval.ts";
import { lex } from "../../src/syntax/lexer.ts";

function read(text: string): string {
  const tokens = lex(text);
  return printCfg(readCfg(tokens, 0, tokens.n).expr);
}

describe("readCfg", () => {
  it.each([
    ["unix", "unix"],
    ['target_os="linux"', 'target_os = "linux"'],
    ['all(unix, not(target_os = "macos"),)', 'all(unix, not(target_os = "macos"))'],
    ["any()", "any()"],
    ["not(not(unix))", "unix"],
    ["true", "all()"],
    ["false", "any()"],
    ['feature = r#"a"#', 'feature = "a"'],
    ['target(os = "linux")', "target(…)"],
    ["r#type", "type"],
    ["", "?"],
    ["all(,unix)", "all(?)"],
    ["not(a, b)", "not(…)"],
  ])("%s is %s", (text, printed) => {
    expect(read(text)).toBe(printed);
  });

  it("reads a list up to its end, whatever stands between the commas", () => {
    const tokens = lex('unix, a = "b" c d, not(x) ; y');
    expect(readCfgList(tokens, 0, tokens.n).map(printCfg)).toEqual(["unix", 'a = "b"', "not(x)"]);
  });
});

describe("evalCfg", () => {
  const world: CfgWorld = (name) =>
    ({ yes: YES, no: NO, maybe: UNKNOWN } as Record<string, Truth>)[name] ?? NO;
  const truth = (text: string): string => {
    const tokens = lex(text);
    return ["no", "unknown", "yes"][evalCfg(readCfg(tokens, 0, tokens.n).expr, world)]!;
  };

  it.each([
    ["yes", "yes"],
    ["no", "no"],
    ["maybe", "unknown"],
    ["not(yes)", "no"],
    ["not(no)", "yes"],
    ["not(maybe)", "unknown"],
    ["all(yes, maybe)", "unknown"],
    ["all(no, maybe)", "no"],
    ["all()", "yes"],
    ["any(yes, maybe)", "yes"],
    ["any(no, maybe)", "unknown"],
    ["any()", "no"],
    ["any(all(yes, maybe), not(any(maybe, yes)))", "unknown"],
  ])("%s: %s", (text, expected) => {
    expect(truth(text)).toBe(expected);
  });
});

describe("two architectures at once", () => {
  const x86: CfgWorld = (name) => (name === "x" ? YES : name === "maybe" ? UNKNOWN : NO);
  const arm: CfgWorld = (name) => (name === "a" ? YES : name === "maybe" ? UNKNOWN : NO);
  const active = (name: string): number => evalActive({ op: "is", name }, [x86, arm]);

  it("keeps the two truths apart", () => {
    expect(bothActive(active("x"), ACTIVE_ALL)).toBe(active("x"));
    expect(bothActive(active("x"), active("a"))).toBe(0);
    expect(bothActive(active("x"), active("maybe"))).toBe(UNKNOWN);
    expect([active("x"), active("maybe"), active("no")].map(surelyActive)).toEqual([
      true,
      false,
      false,
    ]);
  });

  it("says no for an architecture that is not built", () => {
    expect(evalActive({ op: "all", args: [] }, [x86, undefined])).toBe(YES);
  });
});

describe("and, not, unquote", () => {
  const unix = { op: "is", name: "unix" } as const;

  it("lays conjunctions flat", () => {
    expect(printCfg(and(and(unix, not(unix)), unix)!)).toBe("all(unix, not(unix), unix)");
    expect(and(undefined, undefined)).toBeUndefined();
    expect(and(undefined, unix)).toBe(unix);
  });

  it.each([
    ['"a"', "a"],
    ['r##"a"b"##', 'a"b'],
    ['b"x"', "x"],
    ["name", "name"],
  ])("%s holds %s", (text, inside) => {
    expect(unquote(text)).toBe(inside);
  });
});
