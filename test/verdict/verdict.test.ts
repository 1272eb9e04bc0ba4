import { describe, expect, test } from "vitest";
import { loadFolding } from "../../src/kb/folding.ts";
import { HOSTS } from "../../src/model/host.ts";
import { WORST_FIRST, type HostVerdict, type Result } from "../../src/model/result.ts";
import { verdictsOf, whyOf } from "../../src/verdict/index.ts";
import type { VerdictOptions } from "../../src/verdict/index.ts";
import { NO_PROFILE, OFF_LINUX, pack, workspace } from "../rules/support.ts";

const folding = loadFolding();
const app = pack("app", { source: "path" });
const mio = pack("mio");
const OWN = { name: "app", version: "1.0.0" };

/** A result in a dependency, of a kind that the field notes saw programs fail by. */
function result(more: Partial<Result>): Result {
  return {
    rule: "runtime-constant",
    taxa: ["F-003"],
    level: "error",
    confidence: "high",
    harm: "fails",
    message: "",
    hosts: OFF_LINUX,
    package: { name: "mio", version: "1.0.0" },
    file: "src/lib.rs",
    span: { start: { line: 1, column: 1 }, end: { line: 1, column: 2 } },
    symbol: "x",
    construct: "safe-expr",
    active: "yes",
    reachable: "unknown",
    fingerprint: `print-${JSON.stringify(more)}`,
    ...more,
  };
}

function verdicts(results: readonly Result[], more: Partial<VerdictOptions> = {}) {
  const tree = workspace(app, mio);
  return verdictsOf({
    results,
    workspace: tree,
    hosts: HOSTS,
    profile: NO_PROFILE,
    notAnalysed: [],
    folding,
    ...more,
  });
}

function row(
  results: readonly Result[],
  more: Partial<VerdictOptions> = {},
): Record<string, HostVerdict> {
  return Object.fromEntries(
    verdicts(results, more).matrix.map(({ host, verdict }) => [host, verdict]),
  );
}

describe("hosts", () => {
  test("all work when nothing is found, and OpenBSD keeps its note (F-006)", () => {
    const { matrix } = verdicts([]);
    expect(new Set(matrix.map(({ verdict }) => verdict))).toEqual(new Set(["works"]));
    expect(matrix.find(({ host }) => host === "openbsd-x64")?.notes?.[0]).toContain("F-006");
  });

  test("that only have warnings about dependencies are not told to be without a finding", () => {
    const { matrix } = verdicts([result({ level: "warning", hosts: ["macos-arm64"] })]);
    const because = (host: string) => matrix.find((each) => each.host === host)?.because[0];
    expect(because("macos-arm64")).toContain("warnings say what to look at");
    expect(because("linux-x64")).toBe("Nothing was found that breaks here.");
  });

  test("a call that fails off Linux fails there and nowhere else", () => {
    expect(row([result({})])).toMatchObject({
      "linux-x64": "works",
      "linux-arm64": "works",
      "macos-arm64": "fails",
      "windows-x64": "fails",
    });
  });

  test.each([
    ["does not build", { harm: "build", hosts: HOSTS }],
    ["fails", { harm: "silent" }],
    ["fails", { harm: "aborts" }],
    ["works with changes", { rule: "static-needs-unsafe", harm: "build", taxa: [] }],
    ["fails", { rule: "linux-only-call", taxa: [] }],
    ["fails", { rule: "known-crate", taxa: [], level: "warning" }],
    ["degraded", { rule: "known-crate", taxa: [], level: "warning", harm: "degraded" }],
    ["degraded", { taxa: [] }],
    ["works", { harm: "fails", level: "warning" }],
    ["degraded", { harm: "fails", level: "warning", package: OWN }],
    ["works", { rule: "compile-time-host", harm: "silent", level: "warning", package: OWN }],
    ["fails", { taxa: [], package: OWN }],
    ["works", { level: "note" }],
    ["works", { confidence: "low", level: "warning" }],
    ["works", { closed: { by: "p", how: "h" } }],
    ["works", { demoted: { by: "p", how: "h" } }],
    ["works", { reachable: "no" }],
    ["works", { suppressed: { kind: "inSource", reason: "handled" } }],
    ["fails", { suppressed: { kind: "baseline", reason: "known" } }],
  ] as const)("%s: %j", (verdict, more) => {
    expect(row([result(more)])["macos-arm64"]).toBe(verdict);
  });

  test("the worst decides, and is named first", () => {
    const links = result({ harm: "build", hosts: HOSTS, fingerprint: "link" });
    const fails = result({ fingerprint: "call" });
    const { matrix } = verdicts([fails, links]);
    expect(matrix[0]).toMatchObject({ verdict: "does not build", because: ["link"] });
  });

  test("that the SDK was not tried on are unknown, unless something breaks there anyway", () => {
    const profile = { ...NO_PROFILE, id: "tried", hosts: ["linux-x64"] as const };
    expect(row([], { profile })).toMatchObject({ "linux-x64": "works", "netbsd-x64": "unknown" });
    expect(row([result({})], { profile })["netbsd-x64"]).toBe("fails");
  });

  test("are unknown when a package could not be looked into", () => {
    const gap = { cause: "package" as const, message: "gone", package: mio.id };
    expect(row([], { notAnalysed: [gap] })["linux-x64"]).toBe("unknown");
  });
});

describe("files that could not be read", () => {
  const gap = { cause: "missing-file" as const, message: "gone" };
  test("of one's own make hosts and package unknown, unless something breaks anyway", () => {
    const notAnalysed = [{ ...gap, package: app.id }];
    expect(row([], { notAnalysed })["linux-x64"]).toBe("unknown");
    expect(row([result({})], { notAnalysed })["macos-arm64"]).toBe("fails");
    expect(verdicts([], { notAnalysed }).verdictOf(app.id)).toBe("unknown");
  });

  test("of a dependency, and macros of one's own, are only counted", () => {
    const elsewhere = [{ ...gap, package: mio.id }];
    const macro = [{ cause: "macro" as const, message: "m", package: app.id }];
    expect(row([], { notAnalysed: elsewhere })["linux-x64"]).toBe("works");
    expect(row([], { notAnalysed: macro })["linux-x64"]).toBe("works");
  });
});

describe("packages", () => {
  test.each([
    ["as is", {}, []],
    ["blocked", {}, [result({ rule: "compile-time-backend" })]],
    ["replace", {}, [result({ rule: "known-crate", harm: "aborts" })]],
    ["fork", {}, [result({})]],
    ["as is", {}, [result({ level: "note" })]],
  ] as const)("%s", (verdict, more, results) => {
    expect(verdicts(results, more).verdictOf(mio.id)).toBe(verdict);
  });

  test("of one's own are patched, and the work is counted by construct", () => {
    const own = { package: { name: "app", version: "1.0.0" } };
    const { crates } = verdicts([
      result({ ...own, construct: "pattern" }),
      result({ ...own, places: 3, construct: "const-item" }),
    ]);
    expect(crates.find(({ name }) => name === "app")).toMatchObject({
      verdict: "patch",
      work: { pattern: 1, "const-item": 3 },
    });
  });

  test("have a cell per host", () => {
    const { crates } = verdicts([result({})]);
    expect(crates.find(({ name }) => name === "mio")?.cells).toMatchObject({
      "linux-x64": "works",
      "windows-x64": "fails",
    });
    expect(crates.find(({ name }) => name === "app")?.cells).toMatchObject({
      "windows-x64": "works",
    });
  });
});

describe("why", () => {
  const edge = (to: string, externName: string, features: readonly string[] = []) => {
    return {
      package: to,
      externName,
      kind: "normal",
      archs: ["x86_64", "aarch64"],
      features,
    } as const;
  };
  const tokio = pack("tokio", { dependencies: [edge("mio@1.0.0", "mio", ["os-poll"])] });
  const root = pack("root", {
    source: "path",
    dependencies: [edge(tokio.id, "tokio", ["net"]), edge("mio@1.0.0", "mio")],
  });

  test("lists every way in, shortest first, with the features that open it", () => {
    const tree = workspace(root, tokio, mio);
    const answer = whyOf({
      workspace: tree,
      package: mio.id,
      results: [result({})],
      verdictOf: () => "blocked",
      enabledBy: (from) => (from.name === "tokio" ? ["net"] : []),
    });
    expect(answer).toMatchObject({
      name: "mio",
      verdict: "blocked",
      more: false,
      results: [{ symbol: "x" }],
    });
    expect(
      answer?.paths.map((path) =>
        path.map((step) => `${step.from} > ${step.to} [${step.enabledBy}] (${step.asks})`),
      ),
    ).toEqual([
      ["root 1.0.0 > mio 1.0.0 [] ()"],
      ["root 1.0.0 > tokio 1.0.0 [] (net)", "tokio 1.0.0 > mio 1.0.0 [net] (os-poll)"],
    ]);
  });

  test("stops at a limit and says so; a circle is not walked twice", () => {
    const loop = pack("loop", { dependencies: [edge("loop2@1.0.0", "loop2")] });
    const loop2 = pack("loop2", { dependencies: [edge(loop.id, "loop")] });
    const top = pack("top", { dependencies: [edge(loop.id, "loop"), edge(loop2.id, "loop2")] });
    const tree = workspace(top, loop, loop2);
    const ask = (limit: number) =>
      whyOf({ workspace: tree, package: loop.id, results: [], verdictOf: () => "as is", limit });
    expect(ask(5)?.paths).toHaveLength(2);
    expect(ask(1)).toMatchObject({ more: true, paths: [{ length: 1 }] });
  });

  test("of a package that is not in the tree is nothing", () => {
    expect(
      whyOf({
        workspace: workspace(root),
        package: "no@1.0.0",
        results: [],
        verdictOf: () => "as is",
      }),
    ).toBeUndefined();
  });
});

test("the order of the steps is the one that lists of verdicts are sorted by", () => {
  expect([...new Set(folding.hosts.map(({ verdict }) => verdict))]).toEqual(WORST_FIRST);
});
