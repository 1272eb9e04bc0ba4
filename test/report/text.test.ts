import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { render } from "../../src/report/index.ts";
import { displayWidth, wrap } from "../../src/report/width.ts";
import { codeFrame } from "../../src/report/frame.ts";
import type { PackageReport, Result } from "../../src/model/result.ts";
import { anyReport, anySource, reportOf } from "./generated.ts";
import { RULES } from "./known.ts";
import { reportCase } from "./load.ts";

function packageOf(name: string, own: boolean): PackageReport {
  const path = own ? ["own@1.0.0"] : ["own@1.0.0", `${name}@1.0.0`];
  const counts = { error: 1, warning: 0, note: 0 };
  const fixed = { version: "1.0.0", edition: "2021", features: [], verdict: "as is" } as const;
  return { ...fixed, name, own, path, counts, dir: `/${name}`, source: own ? "path" : "registry" };
}

function stdResult(name: string): Result {
  return {
    rule: "std-clock",
    taxa: [],
    level: "error",
    confidence: "high",
    harm: "aborts",
    message: "std asks for a clock",
    hosts: ["macos-arm64"],
    package: { name, version: "1.0.0" },
    file: "src/lib.rs",
    span: { start: { line: 1, column: 1 }, end: { line: 1, column: 2 } },
    symbol: "std::time::Instant::now",
    construct: "safe-expr",
    active: "yes",
    reachable: "yes",
    fingerprint: name,
  };
}

const ESCAPE = "\u001b";

describe("text", () => {
  it("has no line wider than asked and nothing that steers a terminal, whatever a crate holds", () => {
    const style = fc.record({
      width: fc.integer({ min: 60, max: 140 }),
      unicode: fc.boolean(),
      all: fc.boolean(),
    });
    fc.assert(
      fc.property(anyReport, anySource, style, (report, code, text) => {
        const output = render("text", report, { rules: RULES, source: () => code, text });
        expect(output.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Surrogate}\u2028\u2029]/u);
        expect(output).not.toContain("##[");
        for (const line of output.split("\n")) {
          expect(displayWidth(line)).toBeLessThanOrEqual(text.width);
          expect(line.trimStart().startsWith("::")).toBe(false);
        }
      }),
      { numRuns: 100 },
    );
  });

  it("draws in ASCII when told to", () => {
    const { report, options } = reportCase("xh");
    const output = render("text", report, { ...options, text: { unicode: false } });
    // oxlint-disable-next-line no-control-regex
    expect(output).toMatch(/^[\x00-\x7f]*$/);
  });

  it("colours when told to, and says the same then", () => {
    const { report, options } = reportCase("xh");
    const painted = render("text", report, { ...options, text: { color: true } });
    const bare = render("text", report, options);
    expect(bare).not.toContain(ESCAPE);
    expect(painted).toContain(ESCAPE);
    expect(painted.replaceAll(new RegExp(`${ESCAPE}\\[\\d+m`, "g"), "")).toBe(bare);
  });

  it("names the command that it was called by", () => {
    const { report, options } = reportCase("xh");
    const output = render("text", report, { ...options, text: { command: "cargo ape-lint" } });
    expect(output).toContain("Next: cargo ape-lint plan");
  });
});

describe("what std does in dependencies", () => {
  const rules = [...RULES, { ...RULES[0]!, id: "std-clock", tags: ["std"] }];
  const crates = ["own", "a", "b", "c"].map((name) => packageOf(name, name === "own"));
  const results = crates.map(({ name }) => stdResult(name));
  const report = reportOf(crates, results);

  it("is told once, at the first of them; of own code by itself", () => {
    const output = render("text", report, { rules });
    expect(output.match(/^error\[std-clock\]/gmu)).toHaveLength(2);
    expect(output).toContain("the same in b, c (--all)");
    expect(output).toContain("std: 4 crates use parts of it that break");
  });

  it("is told crate by crate with --all", () => {
    const output = render("text", report, { rules, text: { all: true } });
    expect(output.match(/^error\[std-clock\]/gmu)).toHaveLength(4);
    expect(output).not.toContain("the same in");
  });

  it("of other rules stays apart", () => {
    const output = render("text", report, { rules: RULES });
    expect(output.match(/^error\[std-clock\]/gmu)).toHaveLength(4);
  });
});

describe("wrapping", () => {
  it("keeps every word and no line too wide", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme" }),
        fc.integer({ min: 8, max: 40 }),
        (text, width) => {
          const lines = wrap(text, width);
          for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
          expect(lines.join("").replaceAll(/[ \\]/g, "")).toBe(text.replaceAll(/[ \\]/g, ""));
        },
      ),
    );
  });
});

function frameOf(line: string, from: number, to: number, room = 60): string {
  const span = { start: { line: 1, column: from }, end: { line: 1, column: to } };
  const frame = codeFrame([line], span, room);
  return frame === undefined ? "no frame" : `${frame.code}\n${frame.marks}`;
}

describe("code frames", () => {
  it.each([
    ["plain", "let a = EAGAIN;", 9, 15, "let a = EAGAIN;\n        ^^^^^^"],
    ["tabs", "\t\tf(\tEIO)", 6, 9, "f(    EIO)\n      ^^^"],
    [
      "wide characters before it",
      '    say("漢字", EIO)',
      15,
      18,
      'say("漢字", EIO)\n            ^^^',
    ],
    ["an emoji, two UTF-16 units", '"\u{1f600}" + EIO', 8, 11, '"\u{1f600}" + EIO\n       ^^^'],
    ["a mark past the end of the line", "abc", 9, 12, "abc\n   ^"],
    ["a line that does not exist", "", 1, 2, "no frame"],
  ])("%s", (_title, line, from, to, frame) => {
    expect(frameOf(line, from, to)).toBe(frame);
  });

  it("cuts a long line around the mark", () => {
    const line = `${"a + ".repeat(500)}EIO${" + b".repeat(500)}`;
    const [code = "", marks = ""] = frameOf(line, 2001, 2004, 50).split("\n");
    expect(displayWidth(code)).toBeLessThanOrEqual(50);
    expect(code.slice(marks.indexOf("^"), marks.length)).toBe("EIO");
  });
});
