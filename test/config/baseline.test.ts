import { writeFileSync } from "node:fs";
import path from "node:path";
import { createFixture } from "fs-fixture";
import { expect, test } from "vitest";
import { baselineOf, baselineText, judge, readBaseline } from "../../src/config/index.ts";
import type { PackageReport, Report, Result } from "../../src/model/result.ts";

const rules = ["runtime-constant", "host-path"];
const today = "2026-11-21";

function result(given: Partial<Result> & { line: number }): Result {
  const { line, ...rest } = given;
  return {
    rule: "runtime-constant",
    level: "error",
    symbol: "EAGAIN",
    hosts: ["windows-x64"],
    file: "src/main.rs",
    package: { name: "own", version: "1.0.0" },
    reachable: "yes",
    fingerprint: `${rest.rule ?? ""}${rest.symbol ?? ""}${line}`.padEnd(32, "0"),
    span: { start: { line, column: 1 }, end: { line, column: 2 } },
    ...rest,
  } as unknown as Result;
}

function report(results: Result[]): Report {
  const packages = [
    { name: "own", version: "1.0.0", own: true },
    { name: "dep", version: "1.0.0", own: false },
  ] as PackageReport[];
  return {
    release: "4.0.2",
    profile: "none",
    hosts: ["windows-x64"],
    packages,
    results,
  } as unknown as Report;
}

function fresh(before: Result[], now: Result[]): { open: number[]; stale: string[] } {
  const { results, notices } = judge(now, {
    rules,
    today,
    baseline: baselineOf(report(before)),
    isOwn: (name) => name === "own",
  });
  const open = results.filter((each) => each.suppressed === undefined);
  return {
    open: open.map(({ span }) => span.start.line),
    stale: notices.map(({ place, message }) => `${place}: ${message}`),
  };
}

const dep = { package: { name: "dep", version: "1.0.0" } };

test("nothing is new right after it was written", () => {
  const all = [result({ line: 1 }), result({ line: 2 }), result({ line: 3, ...dep })];
  expect(fresh(all, all)).toEqual({ open: [], stale: [] });
});

test("lines do not matter: what moved is known", () => {
  const moved = { ...result({ line: 1 }), span: result({ line: 40 }).span };
  expect(fresh([result({ line: 1 })], [moved])).toEqual({ open: [], stale: [] });
});

test("one more of the same is new, and the one that was there stays known", () => {
  const old = result({ line: 5 });
  expect(fresh([old], [result({ line: 1 }), old])).toEqual({ open: [1], stale: [] });
});

test("an edit around a result that changes its fingerprint does not bring it back", () => {
  const edited = { ...result({ line: 5 }), fingerprint: "e".repeat(32) };
  expect(fresh([result({ line: 5 })], [edited])).toEqual({ open: [], stale: [] });
});

test("another name, rule, file or crate is new", () => {
  const now = [
    result({ line: 1, symbol: "EINTR" }),
    result({ line: 2, rule: "host-path" }),
    result({ line: 3, file: "src/other.rs" }),
    result({ line: 4, ...dep }),
  ];
  const stale = [
    "own/src/main.rs: a result of runtime-constant about EAGAIN of the baseline is gone",
  ];
  expect(fresh([result({ line: 1 })], now)).toEqual({ open: [1, 2, 3, 4], stale });
});

test("a dependency's bump and its moved files bring nothing back", () => {
  const bumped = result({ line: 9, file: "src/b.rs", package: { name: "dep", version: "2.0.0" } });
  expect(fresh([result({ line: 1, ...dep })], [bumped])).toEqual({ open: [], stale: [] });
});

test("what is gone is told with its number", () => {
  const { stale } = fresh([result({ line: 1 }), result({ line: 2 })], []);
  expect(stale).toEqual([
    "own/src/main.rs: 2 results of runtime-constant about EAGAIN of the baseline are gone",
  ]);
});

test("what a profile repairs, an ignore covers or nothing leads to is not written down", () => {
  const { results } = baselineOf(
    report([
      { ...result({ line: 1 }), closed: { by: "ape-rs", how: "" } },
      { ...result({ line: 2 }), suppressed: { kind: "config", reason: "x" } },
      { ...result({ line: 3 }), reachable: "no" },
    ]),
  );
  expect(results).toEqual([]);
});

test("it reads back what it wrote, one entry a line", async () => {
  await using fixture = await createFixture({});
  const file = path.join(fixture.path, "b.json");
  for (const results of [
    [],
    [result({ line: 2 }), result({ line: 1 }), result({ line: 1, ...dep })],
  ]) {
    const baseline = baselineOf(report(results));
    const text = baselineText(baseline);
    writeFileSync(file, text);
    expect(readBaseline(file)).toEqual(baseline);
    expect(text.split("\n").filter((line) => line.includes('"rule"'))).toHaveLength(
      baseline.results.length,
    );
  }
});

test.each([
  ["{", "cannot read the baseline"],
  ["{}", "this is no baseline"],
  ['{"version":2}', "this is no baseline"],
])("%s is refused", async (text, message) => {
  await using fixture = await createFixture({ "b.json": text });
  expect(() => readBaseline(path.join(fixture.path, "b.json"))).toThrow(message);
});
