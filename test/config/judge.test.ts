import { expect, test } from "vitest";
import { checkRuleNames, judge } from "../../src/config/index.ts";
import type { Ignore } from "../../src/model/options.ts";
import type { Result } from "../../src/model/result.ts";
import type { Suppression } from "../../src/model/suppression.ts";

const found = {
  rule: "runtime-constant",
  level: "error",
  symbol: "EAGAIN",
  hosts: ["windows-x64"],
  file: "src/sys/unix.rs",
  package: { name: "mio", version: "1.2.4" },
} as unknown as Result;
const rules = ["runtime-constant", "c-dependency"];
const today = "2026-11-21";

function ignore(given: Partial<Ignore>): Ignore {
  return { reason: "looked at", place: "ape-lint.toml:1:1", ...given };
}

test("levels: another one, or off", () => {
  const other = { ...found, rule: "c-dependency" };
  const levels = { "runtime-constant": "note", "c-dependency": "off" } as const;
  expect(judge([found, other], { levels, rules, today }).results).toEqual([
    { ...found, level: "note" },
  ]);
});

test("levels of a group of rules, by how the harm shows; the rule's own level is stronger", () => {
  const silent = { ...found, harm: "silent" } as Result;
  const build = { ...found, rule: "c-dependency", harm: "build" } as Result;
  const level = (levels: Parameters<typeof judge>[1]["levels"] & {}): unknown[] =>
    judge([silent, build], { levels, rules, today }).results.map((one) => one.level);
  expect(level({ "build-fails": "warning" })).toEqual(["error", "warning"]);
  expect(level({ "runtime-silent": "off" })).toEqual(["error"]);
  expect(level({ "runtime-silent": "off", "runtime-constant": "note" })).toEqual(["note", "error"]);
  expect(level({ "host-limit": "off" })).toEqual(["error", "error"]);
});

test.each<[Partial<Ignore>, boolean]>([
  [{}, true],
  [{ rule: "runtime-constant" }, true],
  [{ rule: "c-dependency" }, false],
  [{ crate: "mio" }, true],
  [{ crate: "tokio" }, false],
  [{ crate: "mio@1" }, true],
  [{ crate: "mio@1.2" }, true],
  [{ crate: "mio@1.3" }, false],
  [{ crate: "mio@1.2.4" }, true],
  [{ crate: "mio@1.2.3" }, false],
  [{ crate: "mio@>=1.0, <1.2" }, false],
  [{ crate: "mio@>=1.0, <2" }, true],
  [{ path: "src/sys/**" }, true],
  [{ path: "src/*.rs" }, false],
  [{ symbol: "EAGAIN" }, true],
  [{ symbol: "EINTR" }, false],
  [{ hosts: ["windows-x64", "macos-x64"] }, true],
  [{ hosts: ["macos-x64"] }, false],
  [{ crate: "mio", symbol: "EINTR" }, false],
])("an ignore with %j covers it: %s", (given, covered) => {
  const one = ignore(given);
  const { results, unused } = judge([found], { ignores: [one], rules, today });
  expect(results[0]?.suppressed).toEqual(
    covered ? { kind: "config", reason: "looked at" } : undefined,
  );
  expect(unused).toEqual(covered ? [] : [one]);
});

test("an ignore holds up to and with its last day", () => {
  const last = ignore({ until: today });
  const over = ignore({ until: "2026-11-20" });
  expect(judge([found], { ignores: [last], rules, today }).results[0]?.suppressed).toBeDefined();
  const judged = judge([found], { ignores: [over], rules, today });
  expect(judged).toEqual({ results: [found], expired: [over], unused: [], notices: [] });
});

test("a rule that there is none of", () => {
  const levels = { "runtime-constants": "off" } as const;
  expect(() => checkRuleNames({ levels, rules })).toThrow(
    expect.objectContaining({ hint: "did you mean runtime-constant?" }),
  );
  expect(() => checkRuleNames({ ignores: [ignore({ rule: "xyz" })], rules })).toThrow(
    expect.objectContaining({ place: "ape-lint.toml:1:1" }),
  );
});

const beside: Suppression = {
  rules: ["runtime-constant"],
  reason: "only on Linux",
  package: { name: "mio", version: "1.2.4" },
  file: "src/sys/unix.rs",
  start: { line: 3, column: 1 },
  lines: [4, 9],
};
const onLine = (line: number): Result => ({
  ...found,
  fingerprint: `f${line}`.padEnd(32, "0"),
  span: { start: { line, column: 1 }, end: { line, column: 2 } },
});

test.each<[Partial<Suppression>, number, boolean]>([
  [{}, 4, true],
  [{}, 9, true],
  [{}, 3, false],
  [{}, 10, false],
  [{ rules: ["c-dependency", "runtime-constant"] }, 4, true],
  [{ rules: ["c-dependency"] }, 4, false],
  [{ file: "src/other.rs" }, 4, false],
  [{ package: { name: "mio", version: "1.2.5" } }, 4, false],
  [{ until: today }, 4, true],
  [{ until: "2026-11-20" }, 4, false],
  [{ problem: "no-reason" }, 4, false],
])("a suppression with %j, line %i: %s", (given, line, covered) => {
  const suppressions = [{ ...beside, ...given }];
  const { results } = judge([onLine(line)], { suppressions, rules, today });
  expect(results[0]?.suppressed).toEqual(
    covered ? { kind: "inSource", reason: "only on Linux" } : undefined,
  );
});

test.each<[Partial<Suppression>, string | undefined]>([
  [{}, undefined],
  [{ lines: [5, 5] }, "unused-suppression"],
  [{ lines: [5, 5], rules: ["c-dependency"] }, undefined],
  [{ until: "2026-11-20" }, "expired-suppression"],
  [{ problem: "no-reason" }, "no-reason"],
  [{ problem: "no-rule" }, "no-rule"],
  [{ rules: ["runtime-constnat"] }, "unknown-rule"],
])("what is said of a suppression with %j: %s", (given, kind) => {
  const { notices } = judge([onLine(4)], {
    suppressions: [{ ...beside, ...given }],
    levels: { "c-dependency": "off" },
    rules,
    today,
  });
  expect(notices.map((each) => each.kind)).toEqual(kind === undefined ? [] : [kind]);
  for (const { place } of notices) expect(place).toBe("src/sys/unix.rs:3:1");
});

test("what speaks of a result that a group turns off is not without use", () => {
  const { notices, results } = judge([{ ...onLine(4), harm: "silent" }], {
    suppressions: [beside],
    levels: { "runtime-silent": "off" },
    rules,
    today,
  });
  expect([notices, results]).toEqual([[], []]);
});
