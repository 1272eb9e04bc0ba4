import { describe, expect, it } from "vitest";
import type { InventoryRow } from "../../../src/model/inventory.ts";
import { agree } from "../../../tools/oracle/effort/agree.ts";
import type { EffortRow, EffortRun } from "../../../tools/oracle/effort/effort.ts";
import { constantTypes, publicNames } from "../../../tools/oracle/rustdoc.ts";

function ours(line: number, context: InventoryRow["context"], symbol = "EINTR"): InventoryRow {
  const place = { package: "a", version: "1.0.0", file: "src/lib.rs", line, column: 5 };
  const rest = { kind: "const", symbol, via: "path", active: "yes" } as const;
  return { ...place, ...rest, context, reachable: "unknown", class: "differs", archs: ["x86_64"] };
}

function error(line: number, code: string, calls: EffortRow["calls"] = []): EffortRow {
  const place = { owner: "a@1.0.0", file: "src/lib.rs", line, column: 5 };
  return { package: "a@1.0.0", ...place, code, symbol: "EINTR", message: "", calls, text: "" };
}

function run(rows: readonly EffortRow[]): EffortRun {
  return {
    subject: "a@1.0.0",
    target: "t",
    libc: "0.2.1",
    statics: ["EINTR"],
    packages: ["a@1.0.0"],
    rows,
  };
}

describe("agree", () => {
  it("expects an error where a static cannot stand, and none where it can", () => {
    const errors = [error(1, "E0133"), error(2, "E0532"), error(3, "E0080")];
    const rows = [
      ours(1, "safe-expr"),
      ours(2, "pattern"),
      ours(3, "discriminant"),
      ours(4, "unsafe-expr"),
      ours(5, "import"),
    ];
    expect(agree(run(errors), rows)).toMatchObject({
      right: 5,
      wrong: [],
      unseen: [],
      forks: ["a@1.0.0"],
    });
  });

  it("says which context is contradicted and which error has no row", () => {
    const { right, wrong, unseen } = agree(run([error(1, "E0133"), error(9, "E0532")]), [
      ours(1, "unsafe-expr"),
    ]);
    expect([right, wrong.map((each) => each.answer), unseen.map((row) => row.line)]).toEqual([
      0,
      ["E0133"],
      [9],
    ]);
  });

  it("finds an error in a macro's body at the call of the macro", () => {
    const call = { owner: "a@1.0.0", file: "src/lib.rs", line: 28, column: 1, endLine: 33 };
    expect(agree(run([error(1, "E0532", [call])]), [ours(30, "pattern")])).toMatchObject({
      right: 1,
      unseen: [],
    });
  });

  it("asks for each context of a place that a macro uses twice", () => {
    const twice = { ...ours(1, "discriminant"), contexts: ["discriminant", "pattern"] } as const;
    const [both, one] = [[error(1, "E0133"), error(1, "E0532")], [error(1, "E0532")]];
    expect(agree(run(both), [twice])).toMatchObject({ right: 2, wrong: [] });
    expect(agree(run(one), [twice]).wrong.map(({ row }) => row.context)).toEqual(["discriminant"]);
    expect(agree(run(both), [ours(1, "discriminant")]).wrong.map((each) => each.answer)).toEqual([
      "E0532",
    ]);
  });

  it("knows a constant by its place where an import has renamed it", () => {
    const renamed = { ...error(1, "E0133"), symbol: "INTERRUPTED" };
    expect(agree(run([renamed]), [ours(1, "safe-expr")])).toMatchObject({ right: 1, unseen: [] });
  });

  it("puts an error about a macro's fragment to the names in the macro's arguments", () => {
    const call = { owner: "a@1.0.0", file: "src/lib.rs", line: 28, column: 1, endLine: 33 };
    const nameless = { ...error(1, "E0133", [call]), symbol: "" };
    const row = { ...ours(30, "safe-expr"), via: "macro" } as const;
    expect(agree(run([nameless]), [row])).toMatchObject({ right: 1, unseen: [] });
    expect(agree(run([nameless]), []).unseen).toEqual([nameless]);
  });

  it("leaves constants alone that stayed constants", () => {
    expect(agree(run([]), [ours(1, "safe-expr", "PROT_READ")])).toMatchObject({
      right: 0,
      wrong: [],
    });
  });
});

const RUSTDOC = {
  root: 0,
  index: {
    "0": { name: "libc", inner: { module: { items: [1, 2, 3] } } },
    "1": {
      name: null,
      inner: { use: { name: "unix", source: "crate::unix", id: 9, is_glob: true } },
    },
    "2": {
      name: null,
      inner: { use: { name: "open64", source: "crate::open", id: 7, is_glob: false } },
    },
    "3": { name: "f", inner: { function: {} } },
    "9": { name: "unix", inner: { module: { items: [4] } } },
    "4": {
      name: "EINTR",
      inner: { constant: { type: { resolved_path: { path: "crate::c_int" } } } },
    },
  },
};

describe("rustdoc's JSON", () => {
  it("gives every name, through globs and re-exports", () => {
    expect([...publicNames(RUSTDOC)]).toEqual([
      ["EINTR", "constant"],
      ["open64", "crate::open"],
      ["f", "function"],
    ]);
  });

  it("gives the types of constants by the last part of their path", () => {
    expect([...constantTypes(RUSTDOC)]).toEqual([["EINTR", "path c_int"]]);
  });
});
