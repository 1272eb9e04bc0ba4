import fc from "fast-check";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { extractFile } from "../../src/extract/extract.ts";
import { resolveCrates } from "./support.ts";

const MANY = 20_000;
const WORDS =
  `fn struct enum use mod impl trait const static match if else let for while loop unsafe async macro_rules cfg cfg_if
   as in where pub self super crate Self libc open a b r#c 'a 'x' 1 1.5 0x "s" r#" /* // :: -> => == .. ..= ... ! ? # $ & |
   * + - < > = ; : , . @ ( ) [ ] { } $crate $( )* #[cfg(unix)] #![cfg(a)] \n`.split(/\s+/);

/** Resolve a crate of one file; what comes back is that it came back. */
function survives(source: string): boolean {
  extractFile(source);
  const dependencies = { libc: "libc" };
  const { sites } = resolveCrates([{ name: "app", files: { "src/lib.rs": source }, dependencies }]);
  return sites.every(({ span }) => span.start.line >= 1 && span.start.column >= 1);
}

describe("no input throws or hangs", () => {
  it("random tokens", () => {
    const soup = fc
      .array(fc.constantFrom(...WORDS), { maxLength: 80 })
      .map((words) => words.join(" "));
    const check = (): void => fc.assert(fc.property(soup, survives), { numRuns: 300, seed: 1 });
    expect(check).not.toThrow();
  });

  it("random text", () => {
    const text = fc.string({ unit: "binary", maxLength: 200 });
    const check = (): void => fc.assert(fc.property(text, survives), { numRuns: 200, seed: 1 });
    expect(check).not.toThrow();
  });

  it("a real file, cut off anywhere", () => {
    const text = readFileSync(
      join(import.meta.dirname, "../../fixtures/extract/expressions.rs"),
      "utf8",
    );
    for (let end = 0; end < text.length; end += 7) expect(survives(text.slice(0, end))).toBe(true);
  });

  const nested: Record<string, [string, string?]> = {
    parentheses: ["("],
    "parentheses that close": ["(", ")"],
    blocks: ["{", "}"],
    "unsafe blocks": ["unsafe {", "}"],
    types: ["x::<Vec<"],
    "qualified paths": ["<"],
    labels: ["'a: "],
    attributes: ["#[cfg(unix)] "],
    "alternating attributes": ["& #[a] "],
    closures: ["|x| "],
    "else if": ["if a {} else "],
    "let conditions": ["if let a = "],
    patterns: ["let (", ")"],
    matches: ["match x { _ => ", "}"],
    functions: ["fn f() {", "}"],
    "macro invocations": ["m!(", ")"],
    "macros of std": ["vec![", "]"],
    paths: ["a::"],
    casts: ["x as "],
    "match on an error number": ["raw_os_error() { "],
    "compared error number": ["raw_os_error() == Some("],
  };
  it.each(Object.entries(nested))("many %s inside each other", (_, [open, close = ""]) => {
    expect(survives(`fn f() { ${open.repeat(MANY)}${close.repeat(MANY)} }`)).toBe(true);
  });

  const items: Record<string, string> = {
    "deep modules": "mod a { ".repeat(MANY) + "}".repeat(MANY),
    "deep predicates": `#[cfg(${"not(".repeat(MANY)}unix${")".repeat(MANY)})] fn f() {}`,
    "deep cfg_attr": `#[${"cfg_attr(unix, ".repeat(MANY)}cfg(x)${")".repeat(MANY)}] fn f() {}`,
    "deep use trees": `use ${"a::{".repeat(MANY)}${"}".repeat(MANY)};`,
    "a trait without a name": "unsafe auto",
    "a macro that calls itself": "macro_rules! m { () => { m!{} m!{} } } m!{}",
    "a macro that calls itself in a body":
      "macro_rules! m { () => { m!() + m!() } } fn f() { m!() }",
    "a macro with deep groups": `macro_rules! m { ${"(".repeat(MANY)}${")".repeat(MANY)} => {} } m!();`,
    "options inside each other that take what belongs to others": `macro_rules! m { (${"( ".repeat(60)}x${" ) $(a)? $(a b)?".repeat(60)}) => {} } m! { ${"( ".repeat(60)}x${" ) a b".repeat(60)} }`,
    "an unknown fragment": "macro_rules! m { ($x:constructor $y:__proto__) => { $x } } m!(a b);",
    "repetitions of nothing": "macro_rules! m { ($($x:vis)* $($($y:tt)*)*) => {} } m!{a} m!{}",
    "names of Object":
      "fn constructor() { toString(); __proto__() } use hasOwnProperty::valueOf as toString;",
    "imports in a circle": "use a as b; use b as c; use c as a; fn f() { a(); b::x(); c::d::e(); }",
    "long chains of imports": `${Array.from({ length: 5000 }, (_, i) => `use a${i} as a${i + 1};`).join("")} fn f() { a5000() }`,
    "chains of names that begin at libc, each behind the one that it means": `${Array.from({ length: MANY }, (_, i) => `use self::a${i + 1} as a${i};`).join("")} use libc as a${MANY}; fn f() { a0::EAGAIN }`,
    "chains of constants, each behind the one that it is made of": `${Array.from({ length: MANY }, (_, i) => `const C${i}: i32 = C${i + 1};`).join("")} const C${MANY}: i32 = libc::EAGAIN;`,
    "a variable's tokens many times over": `macro_rules! m { ($($t:tt)*) => { ${"$($t)* ".repeat(2000)} } } fn f() { m!(${"a; ".repeat(2000)}) }`,
    "webs of globs": Array.from(
      { length: 40 },
      (_, i) =>
        `pub mod m${i} { pub use super::*; pub use super::m${(i * 7 + 1) % 40}::*; fn f() { nothing::at::all() } }`,
    ).join("\n"),
    "a file that is its own module": '#[path = "lib.rs"] mod a; #[path = "lib.rs"] mod b;',
    "a file that includes itself": 'include!("lib.rs"); include!("lib.rs");',
    "white space in the name of a file": `include!("a"${" ".repeat(500_000)}"b"); include!(concat!(env!("CARGO_MANIFEST_DIR"), "a"${" ".repeat(500_000)}b));`,
    "modules that are not there": Array.from({ length: 10_000 }, (_, i) => `mod m${i};`).join("\n"),
  };
  it.each(Object.entries(items))("%s", (_, source) => {
    expect(survives(source)).toBe(true);
  });

  it("says what it did not look into", () => {
    const source = "macro_rules! m { () => { m!() + m!() } } fn f() { m!() }";
    const { graph } = resolveCrates([{ name: "app", files: { "src/lib.rs": source } }]);
    const notes = graph.crates.flatMap((crate) => crate.notAnalysed);
    expect(notes.map(({ cause }) => cause)).toContain("limit");
  });
});
