import { readFileSync } from "node:fs";
import path from "node:path";
import { Ajv } from "ajv";
import type { Log, Result, Run } from "sarif";
import { expect } from "vitest";

const FILE = path.join(import.meta.dirname, "schemas/sarif-schema-2.1.0.json");

const absolute = (text: string): boolean => URL.canParse(text);
/** A relative reference of unreserved, escaped or sub-delimiter characters; no colon in its first part. */
const reference = (text: string): boolean =>
  URL.canParse(text) || /^(?![^/]*:)(?:[\w\-.~!$&'()*+,;=:@/]|%[0-9A-F]{2})*$/.test(text);

function validator(): (value: unknown) => string[] {
  // NOTE draft-04 names its own id `id`; nothing else of that draft is used by the schema.
  const { id: _id, $schema: _draft, ...schema } = JSON.parse(readFileSync(FILE, "utf8"));
  const ajv = new Ajv({
    strict: false,
    formats: { uri: absolute, "uri-reference": reference, "date-time": /^\d{4}-\d\d-\d\dT/ },
  });
  const check = ajv.compile(schema);
  return (value) => {
    check(value);
    return (check.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
  };
}

const schemaErrors = validator();

function checkLocation(result: Result): void {
  const [place] = result.locations ?? [];
  const region = place?.physicalLocation?.region;
  const uri = place?.physicalLocation?.artifactLocation?.uri ?? "";
  expect(uri).toMatch(/^[^/:][^:]*$/);
  expect(region?.startLine).toBeGreaterThanOrEqual(1);
  expect(region?.endLine).toBe(region?.startLine);
  expect(region?.endColumn).toBeGreaterThan(region?.startColumn ?? Infinity);
}

function checkResult(result: Result, run: Run): void {
  const rule = run.tool.driver.rules?.[result.ruleIndex ?? -1];
  expect(rule?.id).toBe(result.ruleId);
  checkLocation(result);
  expect(result.message.text).toMatch(/\.$/);
  expect(result.properties?.tags?.length).toBeLessThanOrEqual(10);
  for (const print of Object.values(result.partialFingerprints ?? {}))
    expect(typeof print).toBe("string");
  for (const flow of result.codeFlows ?? []) {
    const steps = flow.threadFlows.flatMap((thread) => thread.locations);
    expect(steps.length).toBeLessThanOrEqual(1000);
    for (const step of steps) expect(step.location?.message?.text).toBeTypeOf("string");
  }
}

/** Text of a SARIF file; fails when the official schema or one of GitHub's numbers says no. */
export function checkSarif(text: string): Run {
  const log = JSON.parse(text) as Log;
  expect(schemaErrors(log)).toEqual([]);
  expect(text).not.toContain("security-severity");
  expect(log.runs).toHaveLength(1);
  const run = log.runs[0]!;
  expect(run.automationDetails?.id).toMatch(/^ape-lint\/[^/]+\/[^/]+\/$/);
  for (const rule of run.tool.driver.rules ?? []) {
    expect(rule.name?.length ?? 0).toBeLessThanOrEqual(255);
    expect(rule.name?.toLowerCase()).not.toBe(rule.id);
    expect(rule.shortDescription?.text.length).toBeLessThanOrEqual(1024);
    expect(rule.fullDescription?.text.length).toBeLessThanOrEqual(1024);
    expect(rule.help?.text).not.toBe("");
    expect(rule.properties?.tags?.length).toBeLessThanOrEqual(10);
  }
  for (const result of run.results ?? []) checkResult(result, run);
  return run;
}
