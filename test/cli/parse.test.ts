import { describe, expect, test } from "vitest";
import {
  parseCfg,
  parseCount,
  parseFormat,
  parseHosts,
  parseInput,
  splitFeatures,
} from "../../src/cli/parse.ts";

describe("hosts", () => {
  test("hosts and groups, by comma", () => {
    expect(parseHosts("windows, linux-x64")).toEqual(["windows-x64", "linux-x64"]);
    expect(parseHosts("bsd")).toEqual(["freebsd-x64", "openbsd-x64", "netbsd-x64"]);
    expect(parseHosts("all")).toHaveLength(8);
  });
  test.each(["", ",", "solaris", "constructor", "linux-"])("%j is none", (text) => {
    expect(() => parseHosts(text)).toThrow(/known: |name one of/u);
  });
});

describe("formats", () => {
  test("with and without a file", () => {
    expect(parseFormat("sarif")).toEqual({ format: "sarif" });
    expect(parseFormat("json=a=b.json")).toEqual({ format: "json", file: "a=b.json" });
  });
  test.each(["xml", "sarif=", "=x"])("%j is none", (text) => {
    expect(() => parseFormat(text)).toThrow();
  });
});

describe("cfgs, as rustc takes them", () => {
  test.each([
    ["unix", { name: "unix" }],
    ['feature="a b"', { name: "feature", value: "a b" }],
    ["feature=a", { name: "feature", value: "a" }],
    ['feature = ""', { name: "feature", value: "" }],
  ])("%s", (text, cfg) => {
    expect(parseCfg(text)).toEqual(cfg);
  });
  test.each(["", "a-b", "not(unix)", '="x"', 'a="b"c'])("%j is none", (text) => {
    expect(() => parseCfg(text)).toThrow();
  });
});

test("counts start at 1", () => {
  expect(parseCount("12")).toBe(12);
  for (const text of ["0", "-1", "1.5", "x", "", "99999999999"])
    expect(() => parseCount(text)).toThrow();
});

test("features, by comma and space", () => {
  expect(splitFeatures("a,b  c/d,")).toEqual(["a", "b", "c/d"]);
});

describe("inputs", () => {
  const nothing = (): boolean => false;
  const all = (): boolean => true;
  test.each([
    ["-", { kind: "stdin" }],
    ["ripgrep@15.2.0", { kind: "crate", name: "ripgrep", version: "15.2.0" }],
    ["ripgrep@1.0.0-rc.1+x", { kind: "crate", name: "ripgrep", version: "1.0.0-rc.1+x" }],
    ["ripgrep@latest", { kind: "crate", name: "ripgrep" }],
    ["ripgrep", { kind: "place", path: "ripgrep" }],
    ["a/b@1", { kind: "place", path: "a/b@1" }],
    ["../x@1.0.0", { kind: "place", path: "../x@1.0.0" }],
  ])("%s", (text, meant) => {
    expect(parseInput(text, nothing)).toEqual(meant);
  });
  test("a folder that is called like a crate is a folder", () => {
    expect(parseInput("ripgrep@15.2.0", all)).toEqual({ kind: "place", path: "ripgrep@15.2.0" });
  });
});
