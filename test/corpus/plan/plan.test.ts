import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { plan } from "../../../src/api.ts";
import { knownProfiles } from "../../../src/kb/profiles.ts";
import { loadFallback } from "../../../src/kb/fallback.ts";
import type { Plan } from "../../../src/model/plan.ts";
import type { CargoFlags } from "../../../src/model/options.ts";

const MINUTES = 60_000;
const DEMO = path.join(import.meta.dirname, "../../../fixtures/demo");
const LOST = [
  "freebsd-x64",
  "macos-arm64",
  "macos-x64",
  "netbsd-x64",
  "openbsd-x64",
  "windows-x64",
];

function planFor(name: string, version: string, cargo: CargoFlags = {}): Promise<Plan> {
  return plan({ input: { kind: "crate", name, version }, profile: "ape-rs", cargo });
}

const names = (found: Plan, from: string): string[] =>
  found.forks.filter((fork) => fork.from === from).map(({ name }) => name);

describe("plans of the published ports, under ape-rs", () => {
  test(
    "xh without TLS: exactly the forks that were published",
    { timeout: 10 * MINUTES },
    async () => {
      const found = await planFor("xh", "0.26.3", { noDefaultFeatures: true });
      expect(names(found, "published")).toEqual(["mio", "socket2", "tokio"]);
      expect(names(found, "sdk")).toEqual(["getrandom", "libc"]);
      expect(names(found, "own")).toEqual([]);
      expect(found.fallback?.lost.map(({ host }) => host).toSorted()).toEqual(LOST);
      expect(found.fallback?.without).toEqual([]);
      expect(found.shims.map(({ name }) => name)).toEqual(
        expect.arrayContaining(["epoll_wait", "eventfd", "waitid"]),
      );
      const works = found.hosts.filter(({ afterwards }) => afterwards === "works");
      expect(works.map(({ host }) => host)).toEqual(["linux-x64", "linux-arm64"]);
    },
  );

  test(
    "ripgrep: one line of the manifest and the allocator",
    { timeout: 10 * MINUTES },
    async () => {
      const found = await planFor("ripgrep", "15.2.0");
      expect(found.patch.trim().split("\n").slice(1)).toHaveLength(1);
      expect(found.patch).toContain("libc = ");
      expect(found.switches.map(({ crate }) => crate)).toEqual(["tikv-jemalloc-sys"]);
      expect(found.switches[0]?.places).toEqual([{ file: "crates/core/main.rs", line: 40 }]);
      expect(found.own).toEqual([]);
      expect(found.fallback).toBeUndefined();
    },
  );

  test(
    "xh with TLS: the feature to leave off, found by trying",
    { timeout: 10 * MINUTES },
    async () => {
      const found = await planFor("xh", "0.26.3");
      const tls = found.switches.find(({ crate }) => crate === "aws-lc-sys");
      expect(tls?.featuresOff).toEqual(["rustls"]);
      expect(tls?.edits.map(({ to }) => to)).toEqual([
        'default = ["online-tests", "network-interface"]',
      ]);
      expect(found.hosts.find(({ host }) => host === "linux-x64")).toMatchObject({
        now: "does not build",
        afterwards: "works",
      });
    },
  );
});

test("rustc knows every plain target", () => {
  const known = new Set(
    execFileSync("rustc", ["--print", "target-list"], { encoding: "utf8" }).split("\n"),
  );
  expect(
    loadFallback()
      .targets.map(({ triple }) => triple)
      .filter((triple) => !known.has(triple)),
  ).toEqual([]);
});

/** Wants rhysd/actionlint (a Go module) on the path, or in ACTIONLINT. */
test(
  "actionlint has nothing to say of the workflow",
  { timeout: 10 * MINUTES },
  async (context) => {
    const program = actionlint();
    if (program === undefined) return context.skip("actionlint is not installed; set ACTIONLINT");
    for (const profile of knownProfiles()) {
      const input = { kind: "path", path: DEMO } as const;
      const { fallback } = await plan({ input, profile, noCargo: true, cacheDir: false });
      const output = execFileSync(program, ["-no-color", "-"], {
        input: fallback?.workflow ?? "",
        encoding: "utf8",
      });
      expect(output).toBe("");
    }
  },
);

function actionlint(): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(path.delimiter);
  const places = [
    process.env["ACTIONLINT"] ?? "",
    ...folders.map((dir) => path.join(dir, "actionlint")),
  ];
  return places.find((place) => place !== "" && existsSync(place));
}
