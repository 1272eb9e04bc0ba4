import { ARCHS, type Arch } from "../../src/model/host.ts";
import type { CfgAtom, Edition, Package, Workspace } from "../../src/model/workspace.ts";
import { loadCrate } from "../../src/extract/load-crate.ts";
import {
  buildGraph,
  cfgsOfBuildScript,
  expandGraph,
  findSites,
  worldsOf,
  type Graph,
} from "../../src/resolve/index.ts";
import type { Site } from "../../src/model/site.ts";

/** A crate of a test: its files by path, and what it is built with. */
export interface TestCrate {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly edition?: Edition;
  /** Crate by the name that it has in this one's code. */
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly features?: readonly string[];
  readonly cfgs?: readonly CfgAtom[];
  readonly archs?: readonly Arch[];
}

/** A stand-in for the libc crate. */
export const LIBC: TestCrate = {
  name: "libc",
  files: {
    "src/lib.rs": `
      pub type c_int = i32; pub type c_char = i8; pub type size_t = usize;
      pub const O_RDONLY: c_int = 0; pub const O_CLOEXEC: c_int = 1; pub const O_NONBLOCK: c_int = 2;
      pub const SIGHUP: c_int = 1; pub const SIGINT: c_int = 2; pub const SIGTERM: c_int = 15;
      pub const EINTR: c_int = 4; pub const EAGAIN: c_int = 11; pub const ENOENT: c_int = 2;
      pub const AF_INET: c_int = 2; pub const AF_UNIX: c_int = 1;
      #[cfg(target_arch = "x86_64")] pub const SYS_open: i64 = 2;
      pub struct stat { pub st_mode: u32 } pub struct timespec { pub tv_sec: i64 } pub union sigval { a: i32 }
      extern "C" {
        pub fn open(path: *const c_char, flags: c_int, ...) -> c_int;
        pub fn close(fd: c_int) -> c_int; pub fn read(fd: c_int) -> isize; pub fn fork() -> i32;
        pub static environ: *const c_char;
      }
      pub mod unix { pub use super::{close, O_RDONLY}; }
      pub use unix::*;`,
  },
};

export interface Resolved {
  readonly workspace: Workspace;
  readonly graph: Graph;
  readonly sites: readonly Site[];
}

/** Run the stages extract and resolve over crates; dependencies may stand in any order. */
export function resolveCrates(crates: readonly TestCrate[]): Resolved {
  const all = crates.some(({ name }) => name === "libc") ? crates : [LIBC, ...crates];
  const packages = new Map(all.map((crate) => [`${crate.name}@1.0.0`, packageOf(crate)]));
  const workspace: Workspace = {
    root: "/",
    roots: [...packages.keys()],
    members: [],
    packages,
    approximate: false,
    notAnalysed: [],
  };
  const inputs = all.map((crate) => {
    const pkg = packages.get(`${crate.name}@1.0.0`)!;
    const worlds = worldsOf(pkg, crate.cfgs ?? [], cfgsOfBuildScript(crate.files["build.rs"]));
    const source = loadCrate({ read: (file) => readFrom(crate, file) }, "src/lib.rs", worlds);
    return { package: pkg, target: pkg.targets[0]!, worlds, source };
  });
  const graph = buildGraph(workspace, inputs);
  expandGraph(graph);
  return { workspace, graph, sites: findSites(graph) };
}

function readFrom(
  crate: TestCrate,
  file: string,
): ReturnType<Parameters<typeof loadCrate>[0]["read"]> {
  const text = Object.hasOwn(crate.files, file) ? crate.files[file] : undefined;
  return text === undefined ? { missing: true } : { text, bytes: text.length };
}

/** A test's crate as the package of a workspace. */
export function packageOf(crate: TestCrate): Package {
  const {
    name,
    edition = "2021",
    archs = ARCHS,
    features = [],
    dependencies = { libc: "libc" },
  } = crate;
  const crateName = name.replaceAll("-", "_");
  return {
    id: `${name}@1.0.0`,
    name,
    version: "1.0.0",
    source: "path",
    dir: "/",
    edition,
    targets: [{ kind: "lib", name, crateName, root: "src/lib.rs", edition }],
    builds: archs.map((arch) => ({ for: "target", arch, features })),
    dependencies: (name === "libc" ? [] : Object.entries(dependencies)).map(
      ([externName, target]) => ({
        package: `${target}@1.0.0`,
        externName,
        kind: "normal",
        archs: ARCHS,
        features: [],
      }),
    ),
  };
}
