import { describe, expect, it } from "vitest";
import type { InventoryRow } from "../../../src/model/inventory.ts";
import { compare, constructOf } from "../../../tools/oracle/compare.ts";
import { countBy, percent, precision, recall, total } from "../../../tools/oracle/figures.ts";
import type { OracleRow, OracleRun } from "../../../tools/oracle/model.ts";

function theirs(change: Partial<OracleRow>): OracleRow {
  const place = { package: "a", version: "1.0.0", file: "src/lib.rs", line: 3, column: 5 };
  const row: OracleRow = {
    ...place,
    symbol: "EINTR",
    kinds: ["const"],
    macros: [],
    calls: [],
    text: "libc::EINTR",
  };
  return { ...row, ...change };
}

function ours(change: Partial<InventoryRow>): InventoryRow {
  const place = { package: "a", version: "1.0.0", file: "src/lib.rs", line: 3, column: 5 };
  const rest = {
    kind: "const",
    symbol: "EINTR",
    via: "path",
    context: "safe-expr",
    active: "yes",
  } as const;
  return {
    ...place,
    ...rest,
    reachable: "unknown",
    class: "differs",
    archs: ["x86_64"],
    ...change,
  };
}

function run(rows: readonly OracleRow[], failed: Record<string, string> = {}): OracleRun {
  const head = { subject: "a@1.0.0", target: "t", rustc: "r", libc: "0.2.1", flags: [] };
  return { ...head, packages: ["a@1.0.0"], failed, rows };
}

describe("compare", () => {
  it("takes a use as the same only at the same place", () => {
    const { hits, missed, wrong } = compare(run([theirs({})]), [ours({})]);
    expect([hits.map((hit) => hit.place), missed, wrong]).toEqual([["exact"], [], []]);
  });

  it("says so when only the column is another", () => {
    const { hits } = compare(run([theirs({})]), [ours({ column: 9 })]);
    expect(hits.map((hit) => hit.place)).toEqual(["column"]);
  });

  it("finds a name of a macro's body at the calls of the macro, and counts it once", () => {
    const call = (line: number) => ({ owner: "a@1.0.0", file: "src/lib.rs", line, column: 1 });
    const rows = [ours({ line: 10 }), ours({ line: 11 })];
    const { hits, missed, wrong } = compare(run([theirs({ calls: [call(10), call(11)] })]), rows);
    expect([hits.map((hit) => hit.place), missed, wrong]).toEqual([["macro"], [], []]);
  });

  it("accepts the name under which libc re-exports a function", () => {
    const open = theirs({ symbol: "open", spelled: "open64", kinds: ["fn"] });
    expect(compare(run([open]), [ours({ symbol: "open64", kind: "fn" })]).missed).toEqual([]);
  });

  it("reports what one side alone has, with a cause", () => {
    const { missed, wrong } = compare(run([theirs({})]), [ours({ symbol: "EAGAIN", line: 8 })]);
    expect(missed.map((each) => each.cause)).toEqual(["libc::NAME"]);
    expect(wrong.map((each) => each.cause)).toEqual(["via path in safe-expr"]);
  });

  it("does not hold aliases, derived constants and packages that do not compile against us", () => {
    const alias = theirs({ symbol: "pid_t", kinds: ["type"], line: 1 });
    const rows = [
      ours({ symbol: "pid_t", kind: "struct", line: 1 }),
      ours({ via: "derived" }),
      ours({ package: "b" }),
    ];
    const { missed, wrong, aliases } = compare(run([alias], { b: "no" }), rows);
    expect([missed, wrong, aliases]).toEqual([[], [], { all: 1, found: 1 }]);
  });

  it("counts a package that cargo does not compile as wrong", () => {
    const { wrong } = compare(run([theirs({})]), [ours({}), ours({ package: "c" })]);
    expect(wrong.map((each) => each.cause)).toEqual(["package not compiled for this target"]);
  });
});

describe("constructOf", () => {
  it.each([
    ["use libc::{EINTR, EAGAIN};", "import"],
    ["Some(libc::EINTR) => {}", "libc::NAME"],
    ["Some(c::EINTR) => {}", "other::NAME"],
    ["Some(EINTR) => {}", "bare name"],
  ])("%s", (text, construct) => {
    expect(constructOf(theirs({ text }))).toBe(construct);
  });
});

describe("figures", () => {
  it("cuts percentages off instead of rounding them up", () => {
    expect(percent(0.99999)).toBe("99.99 %");
    expect(percent(1)).toBe("100.00 %");
  });

  it("counts hits, misses and false hits", () => {
    const comparison = compare(run([theirs({}), theirs({ line: 4 })]), [
      ours({}),
      ours({ line: 9 }),
    ]);
    const counts = total([comparison]);
    expect(counts).toEqual({ hits: 1, missed: 1, wrong: 1, unsure: 0 });
    expect([recall(counts), precision(counts)]).toEqual([0.5, 0.5]);
    expect([...countBy([comparison], "construct").keys()]).toEqual(["libc::NAME"]);
  });

  it("counts a row that says itself that it can't be told as neither right nor wrong", () => {
    const unknown = { active: "unknown" } as const;
    const comparison = compare(run([theirs({})]), [ours(unknown), ours({ line: 9, ...unknown })]);
    const counts = total([comparison]);
    expect([counts, precision(counts)]).toEqual([{ hits: 1, missed: 0, wrong: 0, unsure: 1 }, 1]);
  });
});
