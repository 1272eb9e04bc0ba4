import { describe, expect, test } from "vitest";
import { select } from "../../src/cli/select.ts";
import type { Report, Result } from "../../src/model/result.ts";

function result(given: Partial<Result>): Result {
  return { level: "error", confidence: "high", ...given } as Result;
}

function report(results: readonly Result[], given: Partial<Report> = {}): Report {
  return { packages: [{}], notAnalysed: [], results, ...given } as unknown as Report;
}

const usual = { pedantic: false, failOn: "error", strict: false } as const;

describe("exit code", () => {
  test.each([
    ["nothing", [], {}, 0],
    ["an error", [result({})], {}, 1],
    ["a warning", [result({ level: "warning" })], {}, 0],
    ["a warning, --fail-on warning", [result({ level: "warning" })], { failOn: "warning" }, 1],
    ["a note, --fail-on warning", [result({ level: "note" })], { failOn: "warning" }, 0],
    ["a note, --fail-on note", [result({ level: "note" })], { failOn: "note" }, 1],
    ["an error, --fail-on never", [result({})], { failOn: "never" }, 0],
    ["closed by the profile", [result({ closed: { by: "p", how: "h" } })], {}, 0],
    ["suppressed", [result({ suppressed: { kind: "config", reason: "r" } })], {}, 0],
    ["low confidence", [result({ confidence: "low" })], {}, 0],
    ["low confidence, --pedantic", [result({ confidence: "low" })], { pedantic: true }, 1],
    [
      "an error that --max-findings hides",
      [result({ level: "note" }), result({})],
      { maxFindings: 1 },
      1,
    ],
  ] as const)("%s", (_, results, options, code) => {
    expect(select(report(results), { ...usual, ...options }).exitCode).toBe(code);
  });

  test("--strict: 3 as soon as something was not analysed, whatever was found", () => {
    const gaps = { notAnalysed: [{ cause: "syntax", message: "m" }] } as Partial<Report>;
    expect(select(report([], gaps), usual).exitCode).toBe(0);
    expect(select(report([], gaps), { ...usual, strict: true }).exitCode).toBe(3);
    expect(select(report([result({})], gaps), { ...usual, strict: true }).exitCode).toBe(3);
    expect(select(report([]), { ...usual, strict: true }).exitCode).toBe(0);
  });

  test("no package at all is no clean bill", () => {
    expect(select(report([], { packages: [] }), usual).exitCode).toBe(3);
  });
});

test("what is left out is counted", () => {
  const results = [result({}), result({ confidence: "low" }), result({ level: "note" })];
  const selection = select(report(results), { ...usual, maxFindings: 1 });
  expect(selection).toMatchObject({ cut: 1, unsure: 1 });
  expect(selection.report.results).toEqual([results[0]]);
});
