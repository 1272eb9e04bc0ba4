import { describe, expect, test } from "vitest";
import { sitesOfSnippet } from "../../src/api.ts";
import { loadCrates } from "../../src/kb/crates.ts";
import { loadFolding } from "../../src/kb/folding.ts";
import { loadKnowledge } from "../../src/kb/load.ts";
import { loadProfile } from "../../src/kb/profiles.ts";
import { HOSTS } from "../../src/model/host.ts";
import type { HostVerdict } from "../../src/model/result.ts";
import type { Site } from "../../src/model/site.ts";
import type { Package } from "../../src/model/workspace.ts";
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

/** What a program says that has these crates in its tree, or this code of its own. */
function verdicts(tree: readonly Package[], code = ""): (host: string) => HostVerdict | undefined {
  const root = pack("snippet", { version: "0.0.0", source: "path" });
  const packages = workspace(root, ...tree);
  const own = code === "" ? [] : sitesOfSnippet(code);
  const sites = [...own, ...tree.map((each) => manifest(each))];
  const results = applyRules({
    rules,
    sites,
    workspace: packages,
    knowledge,
    profile,
    crates,
    hosts: HOSTS,
  });
  const { matrix } = verdictsOf({
    results,
    workspace: packages,
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
