import { expect, test } from "vitest";
import { extractFile } from "../../src/extract/extract.ts";
import type { FileFacts } from "../../src/extract/facts.ts";
import type { Site } from "../../src/model/site.ts";
import {
  expandCrates,
  finishSites,
  GraphBuilder,
  Leads,
  SiteFinder,
  worldsOf,
  type CrateInput,
  type RawSite,
} from "../../src/resolve/index.ts";
import { LIBC, packageOf } from "./support.ts";

const LIB = `pub mod names;
pub mod plain;
pub mod user;
`;

/** What the other files mean by their names is all said here. */
const NAMES = `use libc::c_int;
pub use libc::EAGAIN as AGAIN;
pub use self::inner::*;
pub use libc::EINTR;
pub const CLOSED: c_int = libc::O_CLOEXEC;
pub const fn flag() -> c_int {
    libc::O_NONBLOCK
}
pub mod inner {
    pub use libc as sys;
}
pub struct Kind;
impl Kind {
    pub const OUT: c_int = libc::ENOENT;
}
macro_rules! make {
    ($name:ident) => {
        pub const $name: c_int = libc::SIGHUP;
    };
}
make!(MADE);
fn quiet() -> i32 {
    0
}
`;

const USER = `use crate::names::{self, EINTR, Kind};
const OWN: i32 = names::CLOSED;
pub fn all(seen: i32) -> bool {
    seen == EINTR || seen == names::CLOSED || seen == names::flag() || seen == Kind::OUT
        || seen == names::MADE || seen == OWN || seen == libc::SIGTERM
}
`;

/** Without a name that a constant of our own may stand behind. */
const PLAIN = `use crate::names::AGAIN;
use std::fs as files;
pub fn all(seen: i32) -> bool {
    files::read("x").is_ok() || seen == AGAIN || seen == crate::names::sys::SIGINT
        || seen == crate::names::inner::sys::AF_UNIX
}
`;

type Texts = Readonly<Record<string, string>>;

const changed = (from: string, to: string): Texts => {
  expect(NAMES).toContain(from);
  return { "src/names.rs": NAMES.replace(from, to) };
};

/** Each changes what names of the other files mean, or does not. */
const EDITS: Readonly<Record<string, () => Texts>> = {
  nothing: () => ({}),
  "a body": () => changed("    0\n", "    1 + 1\n"),
  "lines in front": () => ({ "src/names.rs": `\n\n${NAMES}` }),
  "a constant without a name": () => ({ "src/names.rs": `const _: i32 = libc::EAGAIN;\n${NAMES}` }),
  "an item in front": () => ({ "src/names.rs": `pub fn first() {}\n${NAMES}` }),
  "an import of another name": () => changed("EAGAIN as", "EINTR as"),
  "an import that goes": () => changed("pub use libc::EINTR;", ""),
  "a constant of another name": () => changed("const CLOSED", "const OTHER"),
  "another value": () => changed("libc::O_CLOEXEC", "libc::O_RDONLY"),
  "a value of our own": () => changed("libc::O_CLOEXEC", "7"),
  "no const fn any more": () => changed("const fn flag", "fn flag"),
  "a module that cfg takes out": () => changed("pub mod inner", "#[cfg(windows)]\npub mod inner"),
  "a glob that goes": () => changed("pub use self::inner::*;", ""),
  "another type": () => changed("impl Kind", "impl Other"),
  "another name from a macro": () => changed("make!(MADE)", "make!(DONE)"),
  "another value from a macro": () => changed("libc::SIGHUP;", "7;"),
  "a private module": () => changed("pub mod inner", "mod inner"),
  "two files": () => ({ "src/names.rs": `\n${NAMES}`, "src/user.rs": `\n${USER}` }),
  "the other file": () => ({ "src/user.rs": USER.replace("libc::SIGTERM", "libc::SIGINT") }),
  "a module that goes": () => ({ "src/lib.rs": "pub mod plain;\npub mod user;\n" }),
  "a name of std's that is ours": () => ({ "src/lib.rs": `${LIB}pub mod std {}\n` }),
};

/** The same text has the same facts, as in an editor's memory. */
const known = new Map<string, FileFacts>();

function factsOf(text: string): FileFacts {
  const facts = known.get(text) ?? extractFile(text);
  known.set(text, facts);
  return facts;
}

function inputOf(name: string, files: Texts): CrateInput {
  const pkg = packageOf({ name, files });
  const facts = new Map(Object.entries(files).map(([file, text]) => [file, factsOf(text)]));
  const source = { files: facts, notAnalysed: [], bytes: 0 };
  return { package: pkg, target: pkg.targets[0]!, worlds: worldsOf(pkg, [], () => 1), source };
}

/** Asks about texts, one after the other, with or without what is known from those before. */
class Asking {
  private readonly builder = new GraphBuilder();
  private readonly finder = new SiteFinder(this.builder.graph);
  private readonly mark;
  private readonly leads: Leads | undefined;
  private readonly finished = new WeakMap<RawSite, Site>();

  constructor(leads?: Leads) {
    this.leads = leads;
    this.builder.add([inputOf("libc", LIBC.files)]);
    this.mark = this.builder.mark();
  }

  ask(edit: Texts): { numbers: number[]; sites: Site[] } {
    const { builder, finder, leads, finished } = this;
    builder.rewind(this.mark);
    const base = { "src/lib.rs": LIB, "src/names.rs": NAMES, "src/plain.rs": PLAIN };
    const crates = builder.add([inputOf("p", { ...base, "src/user.rs": USER, ...edit })]);
    expandCrates(builder.graph, crates);
    leads?.renew(crates);
    const raw = finder.find(crates[0]!, leads);
    const numbers = raw.sites.map(({ at }) => at);
    return { numbers, sites: finishSites(raw, () => ({}), leads && finished) };
  }
}

test("what is found in texts does not depend on the texts before", () => {
  const again = new Asking(new Leads());
  const said = new Set<string>();
  const names = Object.keys(EDITS);
  for (const name of [...names, ...names.toReversed()]) {
    const fresh = new Asking().ask(EDITS[name]!());
    expect(again.ask(EDITS[name]!()), `first look: ${name}`).toEqual(fresh);
    expect(again.ask(EDITS[name]!()), `second look: ${name}`).toEqual(fresh);
    const sites = fresh.sites.filter(({ file }) => file !== "src/names.rs");
    said.add(JSON.stringify(sites.map(({ file, name: symbol, span }) => [file, symbol, span])));
  }
  // most edits change what is said of the files that they leave alone
  expect(said.size).toBeGreaterThan(10);
});

test("what is known of a file spares asking for its names", () => {
  const leads = new Leads();
  const again = new Asking(leads);
  const before = again.ask({}).sites;
  const after = again.ask(EDITS["a body"]!()).sites;
  const inPlain = (sites: readonly Site[]): Site[] =>
    sites.filter(({ file }) => file === "src/plain.rs");
  expect(inPlain(before).length).toBeGreaterThan(3);
  for (const [at, site] of inPlain(after).entries()) expect(site).toBe(inPlain(before)[at]);
});
