import { describe, expect, test } from "vitest";
import { sitesOfSnippet } from "../../src/api.ts";
import { loadCrates } from "../../src/kb/crates.ts";
import { loadFolding } from "../../src/kb/folding.ts";
import { loadKnowledge } from "../../src/kb/load.ts";
import { loadProfile } from "../../src/kb/profiles.ts";
import { HOSTS } from "../../src/model/host.ts";
import type { HostVerdict, Result } from "../../src/model/result.ts";
import type { Site } from "../../src/model/site.ts";
import type { Package, Workspace } from "../../src/model/workspace.ts";
import { applyRules, loadRules } from "../../src/rules/index.ts";
import { verdictsOf } from "../../src/verdict/index.ts";
import { pack, site, workspace } from "../rules/support.ts";

const rules = await loadRules();
const [knowledge, profile, crates, folding] = [
  loadKnowledge(),
  loadProfile("rust-ape"),
  loadCrates(),
  loadFolding(),
];

/** What the rules say of sites, in a program that has these crates in its tree. */
function applied(sites: readonly Site[], under = profile, tree: readonly Package[] = []): Result[] {
  return applyRules({
    rules,
    sites,
    workspace: workspaceOf(tree),
    knowledge,
    profile: under,
    crates,
    hosts: HOSTS,
  });
}

function workspaceOf(tree: readonly Package[]): Workspace {
  return workspace(pack("snippet", { version: "0.0.0", source: "path" }), ...tree);
}

function resultsOf(code: string): Result[] {
  return applied(sitesOfSnippet(code));
}

/** What a program says that has these crates in its tree, or this code of its own. */
function verdicts(tree: readonly Package[], code = ""): (host: string) => HostVerdict | undefined {
  const own = code === "" ? [] : sitesOfSnippet(code);
  const sites = [...own, ...tree.map((each) => manifest(each))];
  const { matrix } = verdictsOf({
    results: applied(sites, profile, tree),
    workspace: workspaceOf(tree),
    profile,
    folding,
    hosts: HOSTS,
    notAnalysed: [],
  });
  return (host) => matrix.find((row) => row.host === host)?.verdict;
}

function manifest(owner: Package): Site {
  return site({
    kind: "manifest",
    name: "package",
    package: owner.id,
    file: "Cargo.toml",
    target: "package",
  });
}

function crate(name: string, version: string, ...features: string[]): Package {
  return pack(name, { version, builds: [{ for: "target", arch: "x86_64", features }] });
}

describe("the SDK's table of what will port", () => {
  test.each([
    ["tokio on mio", [crate("tokio", "1.47.0"), crate("mio", "1.0.4")], "works", "works"],
    ["smol's async-process", [crate("async-process", "2.5.0")], "fails", "fails"],
    [
      "a library of the system",
      [crate("openssl-sys", "0.9.117")],
      "does not build",
      "does not build",
    ],
    ["aws-lc-rs", [crate("aws-lc-sys", "0.42.0")], "does not build", "does not build"],
    ["ring", [crate("ring", "0.17.14")], "works", "works"],
    [
      "zstd with its assembly",
      [crate("zstd-sys", "2.0.15+zstd.1.5.7")],
      "does not build",
      "does not build",
    ],
    ["zstd without", [crate("zstd-sys", "2.0.15+zstd.1.5.7", "no_asm")], "works", "works"],
    ["native certificates", [crate("rustls-native-certs", "0.8.1")], "works", "fails"],
    ["the platform's verifier", [crate("rustls-platform-verifier", "0.6.0")], "works", "fails"],
    ["a pseudo-terminal", [crate("portable-pty", "0.9.0")], "works", "fails"],
    ["windows-sys", [crate("windows-sys", "0.60.2")], "works", "works"],
    ["windows", [crate("windows", "0.61.3")], "does not build", "does not build"],
    ["jemalloc", [crate("tikv-jemalloc-sys", "0.6.0")], "works", "degraded"],
    ["mimalloc", [crate("libmimalloc-sys", "0.1.44")], "fails", "fails"],
    ["crossterm", [crate("crossterm", "0.29.0")], "works", "degraded"],
    ["notify", [crate("notify", "8.0.0")], "works", "degraded"],
    [
      "smol on async-io",
      [crate("smol", "2.0.2"), crate("async-io", "2.6.0"), crate("polling", "3.11.0")],
      "works",
      "works",
    ],
    ["SQLite", [crate("libsqlite3-sys", "0.35.0")], "works", "degraded"],
  ] as const)("%s", (_, tree, linux, windows) => {
    const row = verdicts(tree);
    expect([row("linux-x64"), row("windows-x64")]).toEqual([linux, windows]);
  });
});

describe("the SDK's table of where the platforms differ", () => {
  test.each([
    ["current_exe", "fn main() { let _ = std::env::current_exe(); }", "works", "fails", "works"],
    [
      "UnixDatagram",
      "fn main() { let _ = std::os::unix::net::UnixDatagram::unbound(); }",
      "works",
      "degraded",
      "works",
    ],
    [
      "a pseudo-terminal",
      "fn main() { unsafe { libc::posix_openpt(2) }; }",
      "works",
      "degraded",
      "works",
    ],
    [
      "plain constants",
      "fn f(code: i32) -> bool { code == libc::EAGAIN }",
      "works",
      "works",
      "works",
    ],
    [
      "a shared library, by the plain call",
      `extern "C" { fn dlopen(name: *const u8, flags: i32) -> *const u8; }
       fn main() { unsafe { dlopen(c"libm.so.6".as_ptr().cast(), 2) }; }`,
      "fails",
      "fails",
      "fails",
    ],
    [
      "a shared library, by Cosmopolitan's call",
      `extern "C" { fn cosmo_dlopen(name: *const u8, flags: i32) -> *const u8; }
       fn main() { unsafe { cosmo_dlopen(c"libm.so.6".as_ptr().cast(), 2) }; }`,
      "works",
      "works",
      "works",
    ],
    [
      "a host's own function, by the name that Cosmopolitan has",
      `extern "C" { fn GetCurrentProcessId() -> u32; }
       fn main() { if cosmo_is_windows() { unsafe { GetCurrentProcessId() }; } }`,
      "works",
      "works",
      "works",
    ],
    [
      "a host's own function, by the name that Windows has",
      `extern "C" { fn MessageBoxW(of: usize, text: *const u16, title: *const u16, kind: u32) -> i32; }
       fn main() { unsafe { MessageBoxW(0, [0].as_ptr(), [0].as_ptr(), 0) }; }`,
      "does not build",
      "does not build",
      "does not build",
    ],
    [
      "the processor's features",
      `fn main() { let _ = std::arch::is_aarch64_feature_detected!("aes"); }`,
      "works",
      "works",
      "works",
    ],
    [
      "dladdr, which the shim adds",
      `fn main() { unsafe { libc::dladdr(std::ptr::null(), std::ptr::null_mut()) }; }`,
      "works",
      "works",
      "works",
    ],
    [
      "the certificate store",
      `fn f() -> &'static str { "/etc/ssl/certs" }`,
      "works",
      "fails",
      "works",
    ],
  ] as const)("%s", (_, code, linux, windows, macos) => {
    const row = verdicts([], code);
    expect([row("linux-x64"), row("windows-x64"), row("macos-arm64")]).toEqual([
      linux,
      windows,
      macos,
    ]);
  });
});

test("the processor's features are noted where they are not told", () => {
  const code = `fn main() { let _ = std::arch::is_aarch64_feature_detected!("aes"); }`;
  const told = resultsOf(code).filter(({ rule }) => rule === "cpu-detection");
  expect(told.map(({ level, hosts }) => [level, hosts])).toEqual([["note", ["macos-arm64"]]]);
});

test("a host's own function is noted on the hosts that do not have it", () => {
  const code = `extern "C" { fn GetCurrentProcessId() -> u32; }
    fn main() { unsafe { GetCurrentProcessId() }; }`;
  const told = resultsOf(code).filter(({ rule }) => rule === "host-api");
  expect(told.map(({ level, hosts }) => [level, hosts])).toEqual([
    ["note", HOSTS.filter((host) => host !== "windows-x64")],
  ]);
});

test("C code that calls dladdr links, and is told without the shim", () => {
  const calls = { language: "calls", calls: ["dladdr"] };
  const told = (id: string) =>
    applied([site({ kind: "native-file", name: "a.c", data: calls })], loadProfile(id)).filter(
      ({ rule, closed }) => rule === "missing-call-in-c" && closed === undefined,
    ).length;
  expect([told("none"), told("rust-ape")]).toEqual([1, 0]);
});
