import { readFileSync } from "node:fs";
import path from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { render, rowsAsJsonl } from "../../src/report/index.ts";
import { readReport } from "../../src/report/read.ts";
import { reportV1, reportV1JsonSchema } from "../../src/report/json-schema.ts";
import { anyReport } from "./generated.ts";
import { reportCases } from "./load.ts";

const SCHEMA = path.join(import.meta.dirname, "../../schemas/report.v1.schema.json");
const schema = JSON.parse(readFileSync(SCHEMA, "utf8"));
const isValid = new Ajv2020({ strict: false }).compile(schema);

/** Checks against both forms of the contract; a field that it does not name is an error here. */
function checkV1(text: string): void {
  const value = JSON.parse(text);
  isValid(value);
  expect(isValid.errors).toBeNull();
  expect(reportV1.parse(value)).toEqual(value);
}

describe("JSON v1", () => {
  it("has its schema in schemas/ (npm run schemas)", () => {
    expect(reportV1JsonSchema()).toEqual(schema);
  });

  it.each(reportCases())(
    "$name holds to the contract and names no folder of the machine",
    ({ report }) => {
      const text = render("json", report);
      checkV1(text);
      expect(text).not.toContain("/w/project");
      expect(text).not.toContain("/home/user");
    },
  );

  it.each(reportCases())("$name reads back as it was", ({ report }) => {
    const text = render("json", report);
    expect(render("json", readReport(text, "report.json"))).toBe(text);
  });

  it("keeps how many places a result stands for, and which", () => {
    const { report } = reportCases().find((one) => one.report.results.length > 0)!;
    const more = { places: 8, uses: 3, entries: ["A", "B"] };
    const results = report.results.map((result) => ({ ...result, ...more }));
    const text = render("json", { ...report, results });
    checkV1(text);
    for (const result of readReport(text, "report.json").results)
      expect(result).toMatchObject(more);
  });

  it.each(reportCases())("$name reads back well enough for every format", ({ report, options }) => {
    const again = readReport(render("json", report), "report.json");
    for (const format of ["text", "sarif", "gitlab", "markdown"] as const) {
      expect(render(format, again, options)).toBe(render(format, report, options));
    }
  });

  it("holds for anything, without a character that steers terminals", () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const text = render("json", report);
        checkV1(text);
        expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
        const lines = render("jsonl", report).split("\n").slice(0, -1);
        expect(lines.map((line) => JSON.parse(line))).toEqual(JSON.parse(text).results);
      }),
    );
  });

  it.each([
    ["{", "report.json: this is not JSON"],
    ["{}", "report.json: this is no report of ape-lint"],
    ['{"schemaVersion": 2}', "report.json: this is no report of ape-lint"],
  ])("refuses %s", (text, message) => {
    const read = (): string => {
      try {
        readReport(text, "report.json");
        return "read";
      } catch (error) {
        const { place, message } = error as { place: string; message: string };
        return `${place}: ${message}`;
      }
    };
    expect(read()).toContain(message);
  });

  it("writes rows one a line", () => {
    expect(rowsAsJsonl([{ a: 1 }, { b: "x\ny" }])).toBe('{"a":1}\n{"b":"x\\ny"}\n');
  });
});
