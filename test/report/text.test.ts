import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { render } from "../../src/report/index.ts";
import { displayWidth, wrap } from "../../src/report/width.ts";
import { codeFrame } from "../../src/report/frame.ts";
import { anyReport, anySource } from "./generated.ts";
import { RULES } from "./known.ts";
import { reportCase } from "./load.ts";

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
