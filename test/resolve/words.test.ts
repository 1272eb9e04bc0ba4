import { expect, test } from "vitest";
import { Leads, SiteFinder } from "../../src/resolve/index.ts";
import { resolveCrates, type TestCrate } from "./support.ts";

/** Ways to a name that no word of the path itself gives away; `names` are those that have to be found in `user`. */
const CASES: Record<
  string,
  {
    base?: string;
    user: string;
    edition?: "2015";
    /** What is asked of std; absent: all. */
    std?: readonly string[];
    names: readonly string[];
  }
> = {
  "a renamed crate": {
    user: "extern crate libc as c; use c::EAGAIN as again; fn f() -> i32 { again }",
    names: ["EAGAIN"],
  },
  "std by another name": {
    user: "use std as s; mod in_here { pub use super::s as t; } fn f() { in_here::t::fs::copy(); s::fmt::x(); }",
    names: ["std::fs::copy"],
  },
  "a glob of the libc crate behind a glob": {
    user: "mod c { pub use libc::*; } use c::*; fn f() -> i32 { EINTR }",
    names: ["EINTR"],
  },
  "another crate's glob of it": {
    base: "pub mod sys { pub use libc::*; }",
    user: "use base::sys; fn f() -> i32 { sys::SIGINT }",
    names: ["SIGINT"],
  },
  "another crate's names for it": {
    base: "mod inner { pub use libc as platform; pub use std::io::Error as Failed; } pub use inner::{platform as os, Failed};",
    user: "use base::{os, Failed}; fn f() -> Failed { os::close(0); Failed::last_os_error() }",
    names: ["close", "std::io::Error", "std::io::Error::last_os_error"],
  },
  "a constant made of constants of another crate": {
    base: "pub const FIRST: i32 = libc::O_CLOEXEC; pub const SECOND: i32 = FIRST; pub use self::SECOND as THIRD;",
    user: "use base::THIRD as MODE; const OWN: i32 = MODE; fn f() -> i32 { OWN }",
    names: ["O_CLOEXEC"],
  },
  "Self, which means what it is written in": {
    user: "struct Kind; impl Kind { const OUT: i32 = libc::ENOENT; fn f() -> i32 { Self::OUT } }",
    names: ["ENOENT"],
  },
  "a module that is called like a crate of the sysroot": {
    user: "mod core { pub mod fmt { pub use libc::EAGAIN; } } fn f() -> i32 { core::fmt::EAGAIN }",
    names: ["EAGAIN"],
  },
  "another crate's module that is called so, behind a glob": {
    base: "pub mod core { pub mod fmt { pub use libc::EAGAIN; } }",
    user: "use base::*; fn f() -> i32 { core::fmt::EAGAIN }",
    names: ["EAGAIN"],
  },
  "std under the name of another crate of the sysroot": {
    user: "extern crate std as core; use std as alloc; fn f() { core::fs::copy(); alloc::env::vars(); }",
    std: ["std::fs::", "std::env::"],
    names: ["std::fs::copy", "std::env::vars"],
  },
  "constants made of constants under names of their own, and so on": {
    user: renamedConstants(40),
    names: ["EAGAIN"],
  },
  "imports each of which stands before the one that it means": {
    user: `use n0::EAGAIN; ${importsBackwards(40)}`,
    names: ["EAGAIN"],
  },
  "paths from the root, in the edition where imports begin there": {
    user: "extern crate libc; mod a { pub use libc::fork as split; } mod b { use a::split; fn f() { split(); ::std::fs::copy(); } }",
    edition: "2015",
    names: ["fork", "std::fs::copy"],
  },
  "a macro of another crate": {
    base: "#[doc(hidden)] pub mod private { pub use libc::SIGTERM as STOP; pub use std; } #[macro_export] macro_rules! stop { () => { fn f() -> i32 { $crate::private::std::fs::copy(); $crate::private::STOP } }; }",
    user: "base::stop!();",
    names: ["SIGTERM", "std::fs::copy"],
  },
};

/** A chain of imports that ends at a crate, each before the one that it means. */
function importsBackwards(length: number, end = "libc"): string {
  const lines = Array.from({ length }, (_, k) => `use n${k + 1} as n${k};`);
  return [...lines, `use ${end} as n${length};`].join("\n");
}

/** A chain of constants, each made of the one before under another name. */
function renamedConstants(length: number): string {
  const lines = Array.from(
    { length },
    (_, k) => `use A${k} as B${k}; const A${k + 1}: i32 = B${k};`,
  );
  return ["const A0: i32 = libc::EAGAIN;", ...lines].join("\n");
}

const LINES = Object.entries(CASES);

function found(crates: readonly TestCrate[], all: boolean, std?: readonly string[]) {
  const { graph } = resolveCrates(crates);
  const finder = new SiteFinder(graph, std);
  // with what is known from before, every mention is followed
  const sites = graph.crates.map((crate) => finder.find(crate, all ? new Leads() : undefined));
  return { last: sites.at(-1)!.sites, sites };
}

test.each(LINES)(
  "%s: nothing is missed for want of a word",
  (_, { base, user, edition, std, names }) => {
    const crates: TestCrate[] = [
      ...(base === undefined
        ? []
        : [{ name: "base", files: { "src/lib.rs": base }, dependencies: { libc: "libc" } }]),
      {
        name: "user",
        files: { "src/lib.rs": user },
        dependencies: { libc: "libc", ...(base === undefined ? {} : { base: "base" }) },
        ...(edition === undefined ? {} : { edition }),
      },
    ];
    const { last, sites } = found(crates, false, std);
    expect(last.map(({ name }) => name)).toEqual(expect.arrayContaining([...names]));
    expect(sites).toEqual(found(crates, true, std).sites);
  },
);

test("of std only what is asked for is told, the libc crate's names always", () => {
  const text =
    "use std::{fs, io::Error}; fn f() -> Error { fs::copy(); fs::read(); libc::close(0); }";
  const crates = [{ name: "user", files: { "src/lib.rs": text }, dependencies: { libc: "libc" } }];
  const names = (std?: readonly string[]): string[] =>
    found(crates, false, std).last.map(({ name }) => name);
  expect(names(["std::fs::co"])).toEqual(["std::fs::copy", "close"]);
  expect(names([])).toEqual(["close"]);
  expect(names()).toEqual(expect.arrayContaining(["std::fs::copy", "std::fs::read", "close"]));
});

test.each([
  ["", ["std::fs::copy", "std::sync::Once", "close"]],
  ["std::", ["std::fs::copy", "std::sync::Once", "close"]],
  ["std::f", ["std::fs::copy", "close"]],
  ["std::fs", ["std::fs::copy", "close"]],
  ["std::s", ["std::sync::Once", "close"]],
  ["getpid", ["close"]],
])("a beginning may end within the name of a module: %j", (start, names) => {
  const text = "fn f() { std::fs::copy(); let a: std::sync::Once; libc::close(0); }";
  const crates = [{ name: "user", files: { "src/lib.rs": text }, dependencies: { libc: "libc" } }];
  expect(found(crates, false, [start]).last.map(({ name }) => name)).toEqual(names);
});

test("chains that are made to cost time cost little", () => {
  const names = Array.from({ length: 60 }, (_, k) => `n${k * 8}`).join("::");
  const crossing = Array.from({ length: 2000 }, (_, k) => `use ${names} as s${k};`).join("\n");
  const ofStd = `${importsBackwards(500, "std")}\n${crossing}`;
  for (const text of [importsBackwards(50_000), renamedConstants(2000), ofStd]) {
    const crates = [
      { name: "user", files: { "src/lib.rs": text }, dependencies: { libc: "libc" } },
    ];
    const { graph } = resolveCrates(crates);
    const finder = new SiteFinder(graph);
    const before = performance.now();
    for (const crate of graph.crates) finder.find(crate);
    // a second at most; it took minutes where all names were gone through for each new one
    expect(performance.now() - before).toBeLessThan(10_000);
  }
});
