import { beforeAll, describe, expect, test } from "vitest";
import { HOSTS } from "../../src/model/host.ts";
import type { Profile, Repair } from "../../src/model/profile.ts";
import type { Result } from "../../src/model/result.ts";
import type { Site } from "../../src/model/site.ts";
import type { Workspace } from "../../src/model/workspace.ts";
import { applyRules, loadRules } from "../../src/rules/index.ts";
import type { ApplyOptions, Rule } from "../../src/rules/index.ts";
import { constant, knowledge, NO_PROFILE, OFF_LINUX, pack, site, workspace } from "./support.ts";

let rules: Rule[];
beforeAll(async () => {
  rules = await loadRules();
});

function run(
  sites: readonly Site[],
  more: Partial<ApplyOptions> & { workspace?: Workspace } = {},
): Result[] {
  return applyRules({
    rules,
    sites,
    workspace: workspace(),
    knowledge: knowledge(),
    profile: NO_PROFILE,
    hosts: HOSTS,
    ...more,
  });
}

function profile(more: Partial<Profile>): Profile {
  return { ...NO_PROFILE, id: "test", ...more };
}

function repair(more: Partial<Repair> = {}): Repair {
  return { effect: "closes", how: "a shim answers", source: "test", ...more };
}

describe("a constant that differs", () => {
  test("is reported with its values, the hosts it harms and the taxa of those hosts", () => {
    const [result, ...rest] = run([site({ name: "EAGAIN" })]);
    expect(rest).toEqual([]);
    expect(result).toMatchObject({
      rule: "runtime-constant",
      taxa: ["F-002", "F-008"],
      harm: "silent",
      level: "error",
      message:
        "`EAGAIN` is compiled in as 11: 11 on Linux; 35 on macOS, FreeBSD, OpenBSD, NetBSD; 10035 on Windows",
      hosts: OFF_LINUX,
      symbol: "EAGAIN",
      reachable: "unknown",
    });
  });

  test("keeps to the hosts that were asked for, with their taxa only", () => {
    expect(run([site({ name: "EAGAIN" })], { hosts: ["windows-x64", "linux-x64"] })).toMatchObject([
      { hosts: ["windows-x64"], taxa: ["F-008"] },
    ]);
    expect(run([site({ name: "EAGAIN" })], { hosts: ["linux-x64"] })).toEqual([]);
  });

  test("keeps to the hosts that run code of the site's architecture", () => {
    expect(run([site({ name: "EAGAIN", archs: ["aarch64"] })])).toMatchObject([
      { hosts: ["macos-arm64"] },
    ]);
  });

  test("that is the same everywhere, is unknown, or only imported, is none", () => {
    const sites = [
      site({ name: "ENOENT" }),
      site({ name: "constructor" }),
      site({ name: "EAGAIN", context: "import" }),
    ];
    expect(run(sites)).toEqual([]);
  });

  test("that some hosts lack fails there", () => {
    expect(run([site({ name: "AF_BLUETOOTH" })])).toMatchObject([
      {
        harm: "fails",
        level: "warning",
        taxa: ["F-003", "F-009"],
        hosts: ["macos-arm64", "macos-x64", "windows-x64"],
      },
    ]);
  });

  test("MSG_NOSIGNAL is F-015 on Windows", () => {
    expect(run([site({ name: "MSG_NOSIGNAL" })], { hosts: ["windows-x64"] })).toMatchObject([
      { taxa: ["F-015"] },
    ]);
    expect(run([site({ name: "MSG_NOSIGNAL" })], { hosts: ["macos-x64"] })).toMatchObject([
      { taxa: [] },
    ]);
  });

  test("whose number means another thing elsewhere is the matter of one rule only", () => {
    const message =
      "`O_APPEND` is compiled in as 1024, which is O_TRUNC on macOS: 1024 on Linux, Windows; 8 on macOS, FreeBSD, OpenBSD, NetBSD";
    expect(run([site({ name: "O_APPEND" })])).toMatchObject([
      { rule: "valid-but-different", message },
    ]);
  });

  test("gets the help of its place in a pattern", () => {
    const [inPattern] = run([site({ name: "EAGAIN", context: "pattern" })]);
    expect(inPattern?.help).toContain("match guard");
  });
});

describe("profiles", () => {
  test("close a result, which stays in the list with how", () => {
    const closing = profile({ constants: { EAGAIN: repair({ how: "extern static" }) } });
    expect(run([site({ name: "EAGAIN" })], { profile: closing })).toMatchObject([
      { closed: { by: "test", how: "extern static" }, hosts: OFF_LINUX, level: "error" },
    ]);
  });

  test("that repair some hosts leave the others", () => {
    const partly = profile({ constants: { EAGAIN: repair({ hosts: ["windows-x64"] }) } });
    const [result] = run([site({ name: "EAGAIN" })], { profile: partly });
    expect(result?.hosts).not.toContain("windows-x64");
    expect(result?.closed).toBeUndefined();
    expect(result?.taxa).toEqual(["F-002"]);
  });

  test("demote to a note with the reason", () => {
    const weaker = profile({ constants: { EAGAIN: repair({ effect: "demotes", how: "mostly" }) } });
    expect(run([site({ name: "EAGAIN" })], { profile: weaker })).toMatchObject([
      { level: "note", demoted: { by: "test", how: "mostly" } },
    ]);
  });

  test("bring patched crates, by version", () => {
    const patched = profile({
      crates: [{ name: "sample", versions: "^1", effect: "closes", how: "fork", source: "test" }],
    });
    expect(run([site({ name: "EAGAIN" })], { profile: patched })).toMatchObject([
      { closed: { how: "fork" } },
    ]);
    const newer = workspace(pack("sample", { version: "2.0.0" }));
    const there = site({ name: "EAGAIN", package: "sample@2.0.0" });
    expect(run([there], { profile: patched, workspace: newer })[0]?.closed).toBeUndefined();
  });
});

describe("a call that only Linux answers", () => {
  const call = site({ name: "eventfd", symbolKind: "fn" });

  test("does not link while there is no symbol", () => {
    expect(run([call])).toMatchObject([
      { rule: "linux-only-call", harm: "build", hosts: HOSTS, taxa: ["F-016"] },
    ]);
  });

  test("fails off Linux once the profile adds the symbol for Linux", () => {
    const linked = profile({
      functions: { eventfd: repair({ hosts: ["linux-x64", "linux-arm64"] }) },
    });
    expect(run([call], { profile: linked })).toMatchObject([{ harm: "fails", hosts: OFF_LINUX }]);
  });

  test("is closed by a shim for every host", () => {
    const shimmed = profile({ functions: { eventfd: repair() } });
    expect(run([call], { profile: shimmed })).toMatchObject([{ closed: { by: "test" } }]);
  });
});

describe("a backend that cfg picks", () => {
  const backend = site({
    kind: "cfg-alternative",
    name: "selector",
    data: {
      cfg: 'target_os = "linux"',
      chosen: "src/epoll.rs",
      symbols: ["read", "epoll_create1", "epoll_wait"],
    },
  });

  test("names the calls of the chosen arm that only Linux answers", () => {
    expect(run([backend])).toMatchObject([
      {
        rule: "compile-time-backend",
        taxa: ["F-016"],
        message:
          "`selector`: cfg keeps the Linux implementation (src/epoll.rs), which needs epoll_create1, epoll_wait; " +
          "macOS, Windows, FreeBSD, OpenBSD, NetBSD do not answer that",
      },
    ]);
  });

  test("is none while the chosen arm is portable", () => {
    expect(run([{ ...backend, data: { symbols: ["read"] } }])).toEqual([]);
  });

  test("is closed only when every call is", () => {
    const half = profile({ functions: { epoll_create1: repair() } });
    expect(run([backend], { profile: half })[0]?.closed).toBeUndefined();
    const all = profile({ functions: { epoll_create1: repair(), epoll_wait: repair() } });
    expect(run([backend], { profile: all })[0]?.closed).toBeDefined();
  });
});

describe("what only the building machine runs", () => {
  test("is not judged: build scripts, proc macros and packages for the host", () => {
    const host = pack("tool", { builds: [{ for: "host", arch: "x86_64", features: [] }] });
    const sites = [
      site({ name: "EAGAIN", target: "build-script" }),
      site({ name: "EAGAIN", target: "proc-macro" }),
      site({ name: "EAGAIN", package: host.id }),
    ];
    expect(run(sites, { workspace: workspace(pack("sample"), host) })).toEqual([]);
  });
});

describe("what is known about a crate", () => {
  test("demotes calls that it can do without", () => {
    const crates = [
      {
        name: "sample",
        facts: [
          {
            id: "pipe-fallback",
            kind: "falls-back" as const,
            versions: "^1",
            hosts: [],
            confidence: "high" as const,
            symbols: ["eventfd"],
            summary: "tries eventfd and takes a pipe on ENOSYS",
            sources: ["test"],
          },
        ],
      },
    ];
    expect(run([site({ name: "eventfd", symbolKind: "fn" })], { crates })).toMatchObject([
      {
        level: "note",
        demoted: { by: "sample: pipe-fallback", how: "tries eventfd and takes a pipe on ENOSYS" },
      },
    ]);
    expect(
      run([site({ name: "epoll_wait", symbolKind: "fn" })], { crates })[0]?.demoted,
    ).toBeUndefined();
  });
});

describe("order and fingerprints", () => {
  const sites = [
    site({ name: "eventfd", symbolKind: "fn", line: 1 }),
    site({ name: "EAGAIN", line: 9, item: "wait" }),
    site({ name: "EAGAIN", line: 3, item: "wait" }),
    site({ name: "EAGAIN", line: 5, item: "other" }),
  ];

  test("silent harm comes first, then the place", () => {
    expect(run(sites).map((result) => `${result.harm} ${result.span.start.line}`)).toEqual([
      "silent 3",
      "silent 5",
      "silent 9",
      "build 1",
    ]);
  });

  test("fingerprints are all different and stay when lines are added or sites come in another order", () => {
    const prints = run(sites).map((result) => result.fingerprint);
    expect(new Set(prints).size).toBe(4);
    const moved = sites.toReversed().map((each) => movedDown(each, 100));
    expect(run(moved).map((result) => result.fingerprint)).toEqual(prints);
  });

  test("reachability is what the stage before says", () => {
    expect(run([site({ name: "EAGAIN" })], { reachableOf: fromMain })).toMatchObject([
      { reachable: "yes", via: ["main", "wait"] },
    ]);
  });
});

test("cost grows with the number of sites, not with its square", () => {
  timeOf(2_000);
  const small = timeOf(4_000);
  expect(timeOf(40_000)).toBeLessThan(small * 60 + 500);
});

function timeOf(count: number): number {
  const list = Array.from({ length: count }, (_, line) => {
    return site({ name: line % 2 === 0 ? "EAGAIN" : "O_NONBLOCK", line: line + 1 });
  });
  const start = performance.now();
  expect(run(list)).toHaveLength(count);
  return performance.now() - start;
}

function movedDown(each: Site, by: number): Site {
  const line = each.span.start.line + by;
  return { ...each, span: { start: { line, column: 1 }, end: { line, column: 2 } } };
}

function fromMain(): { reachable: "yes"; via: readonly string[] } {
  return { reachable: "yes", via: ["main", "wait"] };
}

describe("told once per package", () => {
  const metadata = (line: number, file = "src/lib.rs"): Site =>
    site({ kind: "std-use", name: "std::time::Instant::now", symbolKind: "fn", line, file });
  const clock = knowledge({
    constants: { CLOCK_MONOTONIC: constant({ group: "clock", linux: 1, others: { macos: 8 } }) },
  });

  test("the first place stands for all, with their number", () => {
    const results = run([metadata(9), metadata(3), metadata(5, "src/z.rs")], { knowledge: clock });
    expect(results).toMatchObject([{ rule: "std-clock", places: 3, span: { start: { line: 3 } } }]);
    expect(results[0]?.message).toMatch(/\(3 places\)$/u);
  });

  test("a place that is never reached does not stand for one that is", () => {
    const reachableOf = (each: Site) => ({
      reachable: each.span.start.line === 3 ? ("no" as const) : ("yes" as const),
    });
    const results = run([metadata(9), metadata(3), metadata(5)], { knowledge: clock, reachableOf });
    expect(
      results.map(({ reachable, places, span }) => [reachable, places, span.start.line]),
    ).toEqual([
      ["no", undefined, 3],
      ["yes", 2, 5],
    ]);
  });
});

test("what stops the compiler counts whether the program gets there or not", () => {
  const statics = profile({ constants: { EAGAIN: repair({ mode: "extern-static" }) } });
  const reachableOf = () => ({ reachable: "no" as const });
  const results = run([site({ name: "EAGAIN", context: "pattern" })], {
    profile: statics,
    reachableOf,
  });
  expect(results.filter(({ rule }) => rule === "static-needs-unsafe")).toMatchObject([
    { reachable: "yes", harm: "build" },
  ]);
});
