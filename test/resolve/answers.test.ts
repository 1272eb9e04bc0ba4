import { deserialize, serialize } from "node:v8";
import { expect, it } from "vitest";
import { loadCrate } from "../../src/extract/load-crate.ts";
import {
  expandCrates,
  finishSites,
  GraphBuilder,
  SiteFinder,
  worldsOf,
  type CrateInput,
  type KeptAnswers,
} from "../../src/resolve/index.ts";
import { LIBC, packageOf, type TestCrate } from "./support.ts";

/** A library with every way of having a name: modules, globs, re-exports of others, members, macros. */
const LIB: TestCrate = {
  name: "lib",
  files: {
    "src/lib.rs": `
      pub extern crate libc;
      pub use inner::*;
      pub mod codes { pub use libc::{EAGAIN as AGAIN, EINTR}; pub const MADE: i32 = libc::SIGINT; }
      mod inner { pub struct Kind; impl Kind { pub const OUT: i32 = libc::ENOENT; } pub use libc as sys; }
      #[macro_export] macro_rules! opened { ($how:expr) => { $crate::libc::open(core::ptr::null(), $how) } }
      pub mod files;
      macro_rules! brought { ($name:ident) => { #[macro_export] macro_rules! $name { () => { $crate::libc::fork() } } } }
      brought!(twin);`,
    "src/files.rs":
      "pub fn quiet() {} #[macro_export] macro_rules! closed { () => { libc::close(1) } }",
  },
};

const APP: TestCrate = {
  name: "app",
  dependencies: { lib: "lib", libc: "libc" },
  files: {
    "src/lib.rs": `
      use lib::codes::{self, AGAIN};
      use lib::*;
      use lib::closed as shut;
      mod other { pub fn none() { lib::files::quiet(); lib::nothing(); } }
      pub fn all(seen: i32) -> bool {
        unsafe { lib::opened!(libc::O_RDONLY); shut!(); sys::read(0); println!(""); }
        seen == AGAIN || seen == codes::EINTR || seen == codes::MADE || seen == Kind::OUT || lib::libc::SIGTERM == seen
      }`,
  },
};

/** Uses `twin!` besides, which no file defines. */
const OTHER: TestCrate = {
  ...APP,
  files: {
    "src/lib.rs": `${APP.files["src/lib.rs"]!} pub fn more() -> i32 { unsafe { lib::twin!() } }`,
  },
};

function inputOf(crate: TestCrate): CrateInput {
  const pkg = packageOf(crate);
  const worlds = worldsOf(pkg, [], () => 0);
  const read = (file: string) => {
    const text = crate.files[file];
    return text === undefined ? ({ missing: true } as const) : { text, bytes: text.length };
  };
  const source = loadCrate({ read }, "src/lib.rs", worlds);
  return { package: pkg, target: pkg.targets[0]!, worlds, source };
}

interface Kept {
  readonly exported: ReadonlySet<string>;
  readonly origins: ReturnType<SiteFinder["originsOf"]>;
  readonly answers: KeptAnswers;
}

/** The sites of a program, what is kept of the crates under it, and which of them had to be read for that. */
function resolved(program: TestCrate, kept?: readonly Kept[]) {
  const builder = new GraphBuilder();
  const { graph } = builder;
  const finder = new SiteFinder(graph, undefined, true);
  const read: string[] = [];
  for (const [at, crate] of [LIBC, LIB].entries()) {
    const input = inputOf(crate);
    const known = kept?.[at];
    if (known === undefined) {
      const crates = builder.add([input], true);
      expandCrates(graph, crates);
      for (const one of crates) finder.find(one);
    } else {
      const asleep = builder.addAsleep({
        ...input,
        ...known,
        read: () => {
          read.push(crate.name);
          return input;
        },
      });
      finder.know(asleep, known.origins);
    }
  }
  const own = builder.add([inputOf(program)]);
  expandCrates(graph, own);
  const sites = own.flatMap((one) => finishSites(finder.find(one), () => ({})));
  const asleep = graph.crates.filter((crate) => crate.isAsleep).map((crate) => crate.package);
  const keep = (): Kept[] => {
    const all = graph.crates.slice(0, 2).map((crate, at) => ({
      exported: kept?.[at]?.exported ?? new Set(crate.exported.keys()),
      origins: kept?.[at]?.origins ?? finder.originsOf(crate),
      answers: crate.answers!.keep(graph.files),
    }));
    return deserialize(serialize(all)) as Kept[];
  };
  const isNews = graph.crates.some(({ answers }) => answers?.isNews === true);
  return { sites, keep, read, asleep, isNews };
}

it("what was asked before is answered without a crate being laid out", () => {
  const first = resolved(APP);
  expect(first.sites.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["open", "close", "read", "EAGAIN", "EINTR", "ENOENT", "SIGINT"]),
  );
  const again = resolved(APP, first.keep());
  expect(again.sites).toEqual(first.sites);
  expect(again.asleep).toEqual(["libc@1.0.0", "lib@1.0.0"]);
  // the macros' own text has to be read
  expect(again.read).toEqual(["lib"]);
  expect(again.isNews).toBe(false);
});

it("what nobody asked before is asked of the crate, and known from then on", () => {
  const kept = resolved(APP).keep();
  const other = resolved(OTHER, kept);
  expect(other.sites).toEqual(resolved(OTHER).sites);
  expect(other.sites.map(({ name }) => name)).toContain("fork");
  expect(other.asleep).not.toContain("lib@1.0.0");
  expect(other.isNews).toBe(true);
  const again = resolved(OTHER, other.keep());
  expect(again.sites).toEqual(other.sites);
  expect(again.isNews).toBe(false);
});

it("answers that do not fit to the crates are an error", () => {
  const kept = resolved(APP).keep();
  const [libc, lib] = kept as [Kept, Kept];
  const far = { crate: 99, item: 1, active: 10 } as never;
  const names = new Map([...lib.answers.names.keys()].map((key) => [key, [far]]));
  const wrong = { ...lib, answers: { ...lib.answers, names } };
  expect(() => resolved(APP, [libc, wrong])).toThrow(RangeError);
});
