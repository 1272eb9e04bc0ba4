import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fixesFor } from "../../src/fix/index.ts";
import { loadRules } from "../../src/rules/index.ts";
import { lintCase } from "../rules/lint-case.ts";
import { ALL_STATICS, fixed, fixedOnce, resultsOf, staticIn } from "./support.ts";

const FIXTURES = join(import.meta.dirname, "../../fixtures/fix");
const NAMES = readdirSync(FIXTURES).filter(
  (name) => name.endsWith(".rs") && !name.endsWith(".fixed.rs"),
);

describe("fixes", () => {
  it.each(NAMES)("repair %s", async (name) => {
    const code = readFileSync(join(FIXTURES, name), "utf8");
    const golden = join(FIXTURES, name.replace(/\.rs$/, ".fixed.rs"));
    await expect(fixed(code, ALL_STATICS)).toMatchFileSnapshot(golden);
  });

  it.each(NAMES)("leave nothing to do in what they made of %s", (name) => {
    const once = fixed(readFileSync(join(FIXTURES, name), "utf8"), ALL_STATICS);
    expect(fixedOnce(once, ALL_STATICS)).toBe(once);
  });
});

describe("a number becomes a name", () => {
  const code = "fn a(e: std::io::Error) -> bool { e.raw_os_error() == Some(11) }";

  it("as the package writes the libc crate", () => {
    const hints = resultsOf(code, ALL_STATICS).flatMap(({ fixes = [] }) => fixes);
    expect(hints).toMatchObject([{ apply: "replace", symbol: "11", text: "libc::EAGAIN" }]);
  });

  it("not where the package does not have the libc crate", async () => {
    const ground = { rules: await loadRules(), crates: [], profileOf: () => ALL_STATICS };
    const { results } = await lintCase({ code }, ground);
    const found = results.filter(({ rule }) => rule === "errno-literal");
    expect(found.map(({ fixes }) => fixes)).toEqual([undefined]);
  });
});

describe("fixesFor", () => {
  const code = 'pub fn level() -> i32 {\n    let s = "🦀日本"; libc::SOL_SOCKET\n}\n';
  const result = staticIn(code);

  it("gives positions that a client can take as they are", () => {
    const [repair, quiet, page] = fixesFor(result, code, { explain: "https://example.org/rule" });
    expect(repair).toEqual({
      title: "read SOL_SOCKET in `unsafe`",
      kind: "safe",
      does: "repair",
      edits: [
        {
          start: { line: 2, column: 21 },
          end: { line: 2, column: 37 },
          newText: "unsafe { libc::SOL_SOCKET }",
        },
      ],
    });
    expect(quiet).toMatchObject({
      does: "suppress",
      edits: [
        {
          start: { line: 2, column: 1 },
          newText: "    // ape-lint: allow(static-needs-unsafe) \n",
        },
      ],
    });
    expect(page).toMatchObject({ does: "explain", edits: [], link: "https://example.org/rule" });
  });

  it("offers no repair where the text is no longer what was looked at", () => {
    const changed = code.replace("    let", "  /* new */  let");
    expect(fixesFor(result, changed).map(({ does }) => does)).toEqual(["suppress"]);
  });

  it("counts no byte order mark", () => {
    const marked = "\ufefffn a() -> i32 { libc::SOL_SOCKET }\n";
    const found = staticIn(marked);
    expect(fixesFor(found, marked.slice(1))[0]?.edits).toEqual(fixesFor(found, marked)[0]?.edits);
    expect(fixed(marked, ALL_STATICS)).toBe(
      "\ufefffn a() -> i32 { unsafe { libc::SOL_SOCKET } }\n",
    );
  });

  it("takes `const` from no function that another file's constant hangs on, nor from a public one by itself", () => {
    const fn = "pub const fn level() -> i32 { libc::SOL_SOCKET }\n";
    const read = staticIn(fn);
    const repairs = (others?: string[]): string[] =>
      fixesFor(
        read,
        fn,
        others === undefined
          ? {}
          : { others: others.map((text, at) => ({ file: `${at}.rs`, text })) },
      ).flatMap(({ does, title }) => (does === "repair" ? [title] : []));
    expect(repairs()).toEqual([]);
    expect(repairs(["pub const A: i32 = crate::level();"])).toEqual([]);
    expect(repairs(["enum E { A = level() as isize }"])).toEqual([]);
    expect(repairs(["fn a() -> [u8; level() as usize] { todo!() }"])).toEqual([]);
    expect(repairs(["const fn b() -> i32 { level() }", "const C: i32 = b();"])).toEqual([]);
    expect(repairs(["fn b() -> i32 { const { level() } }"])).toEqual([]);
    expect(repairs(["fn b() -> i32 { let a = [level(), 1]; a[0] }"])).toEqual([
      "drop `const` from `level` and read SOL_SOCKET in `unsafe`; constants of other crates that call it stop compiling",
    ]);
  });

  it("takes `const` from the functions of other files that call it, too", () => {
    const fn = "pub(crate) const fn level() -> i32 { libc::SOL_SOCKET }\n";
    const others = [{ file: "b.rs", text: "\npub const fn b() -> i32 { level() }\n" }];
    const [fix] = fixesFor(staticIn(fn), fn, { others });
    expect(fix?.title).toContain("from `level`, `b`");
    expect(fix?.elsewhere).toEqual([
      {
        file: "b.rs",
        edits: [{ start: { line: 2, column: 5 }, end: { line: 2, column: 11 }, newText: "" }],
      },
    ]);
  });
});
