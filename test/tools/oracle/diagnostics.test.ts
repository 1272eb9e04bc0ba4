import { describe, expect, it } from "vitest";
import { withoutDeprecations } from "../../../tools/oracle/mark.ts";
import {
  mergeRows,
  Message,
  Places,
  toRow,
  utf16Column,
} from "../../../tools/oracle/diagnostics.ts";

const DIRS = [
  { name: "top", version: "0.1.0", dir: "/w/top" },
  { name: "macros", version: "2.0.0", dir: "/reg/macros-2.0.0" },
  { name: "libc", version: "0.2.1", dir: "/w/libc" },
];
const PLACES = new Places("/w/top", DIRS);

interface SpanLike {
  readonly file: string;
  readonly line: number;
  readonly text: string;
  readonly word: string;
  readonly from?: { readonly macro: string; readonly call: SpanLike };
}

function span({ file, line, text, word, from }: SpanLike): unknown {
  const start = Array.from(text.slice(0, text.indexOf(word))).length + 1;
  const at = {
    line_start: line,
    line_end: line,
    column_start: start,
    column_end: start + word.length,
    byte_start: 0,
    byte_end: 1,
  };
  const expansion =
    from === undefined ? null : { span: span(from.call), macro_decl_name: from.macro };
  return { file_name: file, ...at, is_primary: true, text: [{ text }], expansion };
}

function message(text: string, at: SpanLike, change: Record<string, unknown> = {}): Message {
  const body = { message: text, level: "warning", code: { code: "deprecated" }, spans: [span(at)] };
  const id = "path+file:///w/top#0.1.0";
  const target = { kind: ["lib"], src_path: "/w/top/src/lib.rs" };
  return Message.parse({
    reason: "compiler-message",
    package_id: id,
    target,
    message: body,
    ...change,
  });
}

const EINTR = "use of deprecated constant `libc::EINTR`: APE-MARK";

describe("toRow", () => {
  it("takes kind, name and place out of a warning, with columns in UTF-16 units", () => {
    const at = { file: "src/lib.rs", line: 7, text: '  f("😀", libc::EINTR);', word: "EINTR" };
    expect(toRow(message(EINTR, at), PLACES)).toMatchObject({
      package: "top",
      file: "src/lib.rs",
      line: 7,
      column: 17,
      symbol: "EINTR",
      kinds: ["const"],
    });
  });

  it("places a name of another crate's macro at the call in the crate that is compiled", () => {
    const call = { file: "src/lib.rs", line: 3, text: "retry!(x)", word: "retry!(x)" };
    const at = {
      file: "/reg/macros-2.0.0/src/lib.rs",
      line: 90,
      text: "libc::EINTR",
      word: "EINTR",
    };
    const row = toRow(message(EINTR, { ...at, from: { macro: "retry!", call } }), PLACES);
    expect(row).toMatchObject({ package: "top", file: "src/lib.rs", line: 3, column: 1 });
    expect(row?.written).toEqual({
      owner: "macros@2.0.0",
      file: "src/lib.rs",
      line: 90,
      column: 7,
    });
  });

  it("keeps the alias that stands at the place", () => {
    const at = { file: "src/lib.rs", line: 1, text: "x(INTERRUPTED)", word: "INTERRUPTED" };
    expect(toRow(message(EINTR, at), PLACES)).toMatchObject({
      symbol: "EINTR",
      spelled: "INTERRUPTED",
    });
  });

  it("knows an item of libc under the name of a crate that re-exports it", () => {
    const at = { file: "src/lib.rs", line: 1, text: "nix::libc::EINTR", word: "EINTR" };
    const row = toRow(
      message("use of deprecated constant `nix::libc::EINTR`: APE-MARK", at),
      PLACES,
    );
    expect(row).toMatchObject({ symbol: "EINTR", column: 12 });
  });

  it("leaves out build scripts, libc itself, other crates' deprecations and the crate's name", () => {
    const at = { file: "src/lib.rs", line: 1, text: "libc::EINTR", word: "EINTR" };
    const script = { target: { kind: ["custom-build"], src_path: "/w/top/build.rs" } };
    expect(toRow(message(EINTR, at, script), PLACES)).toBeUndefined();
    expect(
      toRow(message(EINTR, at, { package_id: "path+file:///w/libc#0.2.1" }), PLACES),
    ).toBeUndefined();
    expect(
      toRow(message("use of deprecated function `other::f`: old", at), PLACES),
    ).toBeUndefined();
    expect(toRow(message("use of deprecated crate `libc`: APE-MARK", at), PLACES)).toBeUndefined();
  });
});

describe("withoutDeprecations", () => {
  it("leaves libc's items to our mark", () => {
    const source =
      '#[deprecated(note = "a ] \\" b", since = "1")]\npub const A: i32 = 1;\n#[cfg_attr(x, deprecated(note = "(c)"))]\ntype T = i32;';
    expect(withoutDeprecations(source)).toBe(
      "\npub const A: i32 = 1;\n#[cfg_attr(x, allow())]\ntype T = i32;",
    );
  });
});

describe("mergeRows", () => {
  it("makes one row of a name that is a struct and a function", () => {
    const at = { file: "src/lib.rs", line: 1, text: "use libc::stat;", word: "stat" };
    const rows = ["struct", "function"].map((kind) =>
      toRow(message(`use of deprecated ${kind} \`libc::stat\`: APE-MARK`, at), PLACES),
    );
    const merged = mergeRows(rows.filter((row) => row !== undefined));
    expect(merged.map((row) => row.kinds)).toEqual([["fn", "struct"]]);
  });
});

describe("utf16Column", () => {
  it("counts characters beyond the first plane twice", () => {
    expect([utf16Column("a😀b", 1), utf16Column("a😀b", 3), utf16Column("é=x", 3)]).toEqual([
      1, 4, 3,
    ]);
  });
});
