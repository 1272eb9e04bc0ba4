import { expect, test } from "vitest";
import { loadCrate } from "../../src/extract/load-crate.ts";
import { gapsOf, worldsOf } from "../../src/resolve/index.ts";
import { packageOf, resolveCrates } from "./support.ts";

function told(files: Record<string, string>): { sites: string[]; gaps: string[] } {
  const { sites, graph, workspace } = resolveCrates([
    { name: "app", files, dependencies: { libc: "libc" } },
  ]);
  return {
    sites: sites.map(
      ({ name, file, span, item }) => `${name} ${file}:${span.start.line} in ${item}`,
    ),
    gaps: graph.crates.flatMap((crate) => gapsOf(crate, workspace)).map(({ message }) => message),
  };
}

test("an expression that a body includes is read where it stands, with the names of the body around it", () => {
  const files = {
    "src/lib.rs": `mod tables;`,
    "src/tables.rs": `use libc::EAGAIN as AGAIN;
      const CODES: &[i32] = include!("../codes.rsv");
      fn f() -> i32 { use libc::EINTR; include!("deep/more.rs") }`,
    "codes.rsv": `&[\n  AGAIN,\n  libc::ENOENT, ]`,
    "src/deep/more.rs": `{ let x = [include!("last.in")]; EINTR }`,
    "src/deep/last.in": `libc::close(0)`,
  };
  expect(told(files)).toEqual({
    sites: [
      "EAGAIN src/tables.rs:1 in tables",
      "EINTR src/tables.rs:3 in tables::f",
      "EAGAIN codes.rsv:2 in tables::CODES",
      "ENOENT codes.rsv:3 in tables::CODES",
      "EINTR src/deep/more.rs:1 in tables::f",
      "close src/deep/last.in:1 in tables::f",
    ],
    gaps: [],
  });
});

test("statements that a body includes declare names there; what is not in the package is a gap", () => {
  const files = {
    "src/lib.rs": `fn f() -> i32 { include!("made.rs"); include!("../../elsewhere.rs"); 1 }
      #[cfg(windows)] fn g() { include!("nowhere.rs") }`,
    "src/made.rs": `use libc::SIGINT as S; fn inner() -> i32 { S }`,
  };
  const { sites, gaps } = told(files);
  expect(sites).toEqual(expect.arrayContaining(["SIGINT src/made.rs:1 in f::inner"]));
  expect(gaps).toEqual(["include!(../../elsewhere.rs) could not be followed"]);
});

test("a macro that puts one into a body finds it, and macros in the file are expanded", () => {
  const files = {
    "src/lib.rs": `macro_rules! table { ($n:ident, $e:expr) => { fn $n() -> i32 { $e } } } table!(f, include!("one.in"));`,
    "src/one.in": `{ macro_rules! m { () => { libc::SIGTERM } } m!() }`,
  };
  expect(told(files)).toEqual({ sites: ["SIGTERM src/one.in:1 in f"], gaps: [] });
});

test("so does one that is only given the file's name", () => {
  const files = {
    "src/lib.rs": `macro_rules! table { ($n:ident, $f:expr) => { fn $n() -> i32 { include!($f) } } } table!(f, "../one.rsv");`,
    "one.rsv": `libc::SIGTERM`,
  };
  expect(told(files)).toEqual({ sites: ["SIGTERM one.rsv:1 in f"], gaps: [] });
});

test("a module's file stays one, wherever a macro names it", () => {
  const files = {
    "src/lib.rs": `macro_rules! keep { ($f:expr) => { const _: &str = $f; } } macro_rules! module { ($m:ident) => { mod $m; } }
      mod first; mod later; module!(made);`,
    "src/first.rs": `keep!("later.rs"); keep!("made.rs"); fn f() -> i32 { crate::later::CODE }`,
    "src/later.rs": `pub use libc::EAGAIN as CODE; fn g() -> i32 { libc::EINTR }`,
    "src/made.rs": `fn h() -> i32 { libc::ENOENT }`,
  };
  expect(told(files)).toEqual({
    sites: [
      "EAGAIN src/first.rs:1 in first::f",
      "EINTR src/later.rs:1 in later::g",
      "EAGAIN src/later.rs:1 in later",
      "ENOENT src/made.rs:1 in made::h",
    ],
    gaps: [],
  });
});

test("what only looks like the name of code is read once, and left out where it is none", () => {
  const read: string[] = [];
  const texts: Record<string, string> = {
    "src/lib.rs": `${'load!("words.in"); load!("code.in"); '.repeat(100)}`,
    "src/words.in": '"a text that never ends',
    "src/code.in": "libc::EAGAIN",
  };
  const reader = {
    read: (file: string) => {
      read.push(file);
      const text = texts[file];
      return text === undefined ? { missing: true as const } : { text, bytes: text.length };
    },
  };
  const worlds = worldsOf(packageOf({ name: "app", files: texts }), [], () => 1);
  const { files, notAnalysed } = loadCrate(reader, "src/lib.rs", worlds);
  expect([...files.keys()]).toEqual(["src/lib.rs", "src/code.in"]);
  expect(notAnalysed).toEqual([]);
  expect(read.filter((file) => file.endsWith(".in")).toSorted()).toEqual([
    "src/code.in",
    "src/words.in",
  ]);
});

test("a file that brings itself into a body, twice, comes to an end and says so", () => {
  const { gaps } = told({
    "src/lib.rs": `fn f() { include!("again.rs") }`,
    "src/again.rs": `{ include!("again.rs"); include!("again.rs"); libc::EAGAIN }`,
  });
  expect(gaps.length).toBeGreaterThan(0);
});
