import { describe, expect, test } from "vitest";
import type { CrateSwitch } from "../../src/model/crate.ts";
import type { PlanFork, ProfileChoice } from "../../src/model/plan.ts";
import type { Result } from "../../src/model/result.ts";
import { patchTable } from "../../src/plan/forks.ts";
import type { PlanCrate, PlanGround } from "../../src/plan/ground.ts";
import { markIdle } from "../../src/plan/idle.ts";
import { recommendedOf } from "../../src/plan/recommended.ts";
import { switchedCrates } from "../../src/plan/switched.ts";
import type { SwitchDraft } from "../../src/plan/switches.ts";

function crate(name: string, results: readonly Result[] = []): PlanCrate {
  const pkg = { name, version: "1.0.0", builds: [{ for: "target", features: ["std"] }] };
  const row = { name, version: "1.0.0", own: false, path: ["app 1.0.0", `${name} 1.0.0`] };
  return { pkg, row, results, open: results } as unknown as PlanCrate;
}

function result(name: string, symbol: string): Result {
  return { package: { name, version: "1.0.0" }, symbol, reachable: "yes" } as unknown as Result;
}

function draft(crateOf: PlanCrate): SwitchDraft {
  const known = { kind: "feature", feature: "portable" } as CrateSwitch;
  return { kind: "feature", crate: crateOf.pkg.name, crateOf, known } as unknown as SwitchDraft;
}

/** The crate alone, and another one that comes with its feature. */
function alone({ name }: { readonly name: string }): PlanGround {
  const crates = [crate(name), crate("newcomer")];
  return {
    workspace: { packages: new Map(crates.map(({ pkg }) => [pkg.name, pkg])) },
    rows: crates.map(({ row }) => ({ ...row, own: row.name === name, path: [] })),
    results: [result(name, "O_CLOEXEC"), result("newcomer", "SOL_SOCKET")],
  } as unknown as PlanGround;
}

describe("a crate whose feature a switch turns on", () => {
  const raw = crate("raw", [result("raw", "SYS_open")]);
  const other = crate("other");

  test("has the places that it has with the feature, and stands where it stood", async () => {
    const asked: (readonly string[])[] = [];
    const { crates, features, unknown } = await switchedCrates({
      crates: [raw, other],
      drafts: [draft(raw)],
      withFeatures: async (pkg, wanted) => {
        asked.push(wanted);
        return alone(pkg);
      },
    });
    expect(asked).toEqual([["std", "portable"]]);
    const told = crates.map(({ pkg, results }) => [pkg.name, results.map(({ symbol }) => symbol)]);
    expect(told).toEqual([
      ["raw", ["O_CLOEXEC"]],
      ["other", []],
      ["newcomer", ["SOL_SOCKET"]],
    ]);
    expect(crates[0]?.row).toBe(raw.row);
    expect([...features]).toEqual([["raw@1.0.0", ["portable"]]]);
    expect(unknown).toEqual([]);
  });

  test("stays as it is where nobody can look, and is named", async () => {
    const { crates, features, unknown } = await switchedCrates({
      crates: [raw, other],
      drafts: [draft(raw)],
      withFeatures: async () => undefined,
    });
    expect(crates).toEqual([raw, other]);
    expect(features.size).toBe(0);
    expect(unknown.map(({ crate: name }) => name)).toEqual(["raw"]);
  });
});

test("a fork that has no branch of its own is taken from the SDK's clone, which pins its commit", () => {
  const fork = {
    versions: "*",
    git: "https://example.org/x",
    brought: "tree",
    source: "",
  } as const;
  const forks = [
    { name: "pinned", fork: { ...fork, name: "pinned", path: "pinned-cosmo" } },
    { name: "named", fork: { ...fork, name: "named", branch: "cosmo" } },
  ] as unknown as PlanFork[];
  expect(patchTable(forks).split("\n")).toEqual([
    "[patch.crates-io]",
    "# SDK: the folder that the SDK was cloned to, with its submodules",
    'pinned = { path = "SDK/pinned-cosmo" }',
    'named = { git = "https://example.org/x", branch = "cosmo" }',
    "",
  ]);
});

test("two versions of one crate have two keys, as cargo wants it", () => {
  const forks = [
    { name: "nix", version: "0.30.1", places: 5 },
    { name: "nix", version: "0.31.3+x", places: 1 },
    { name: "argmax", version: "0.4.0", places: 1 },
  ] as unknown as PlanFork[];
  expect(patchTable(forks).split("\n")).toEqual([
    "[patch.crates-io]",
    '# nix 0.30.1: nobody has published one; nix-0_30_1 = { package = "nix", path = "…" } once its 5 places are changed',
    '# nix 0.31.3+x: nobody has published one; nix-0_31_3 = { package = "nix", path = "…" } once its place is changed',
    '# argmax 0.4.0: nobody has published one; argmax = { path = "…" } once its place is changed',
    "",
  ]);
});

describe("the profile that is recommended", () => {
  const choice = (id: string, hosts: ProfileChoice["hosts"], places: number): ProfileChoice =>
    ({
      id,
      hosts,
      places,
      ownPlaces: 0,
      switches: 0,
      forks: { sdk: 0, published: 0, own: 0 },
    }) as unknown as ProfileChoice;

  test("is the one under which most hosts work, whatever it asks for", () => {
    const nothing = choice("nothing", { "linux-x64": "degraded" }, 0);
    const much = choice("much", { "linux-x64": "works with changes" }, 99);
    expect(recommendedOf([nothing, much])).toBe("much");
  });

  test("works in part somewhere rather than nowhere, though nowhere asks for less", () => {
    const nowhere = choice("nowhere", { "linux-x64": "fails" }, 1);
    const inPart = choice("in part", { "linux-x64": "degraded" }, 8);
    expect(recommendedOf([nowhere, inPart])).toBe("in part");
  });

  test("asks for the least, where hosts are the same", () => {
    const some = choice("some", { "linux-x64": "works" }, 2);
    const none = choice("none", { "linux-x64": "works" }, 1);
    expect(recommendedOf([some, none])).toBe("none");
  });
});

describe("a feature that is switched on for hosts that stay lost", () => {
  const rules = [
    { id: "known-crate", tags: ["crates"] },
    { id: "compile-time-backend", tags: ["backend"] },
  ];
  const ground = {
    rules,
    hosts: ["linux-x64", "macos-arm64", "windows-x64"],
  } as unknown as PlanGround;
  const open = (rule: string, hosts: readonly string[]): Result =>
    ({ ...result("raw", ""), rule, hosts }) as unknown as Result;
  const reactor = (hosts: readonly string[]): PlanCrate => {
    const one = crate("reactor", [open("compile-time-backend", hosts)]);
    return { ...one, row: { ...one.row, verdict: "blocked" } };
  };
  const raw = crate("raw", [open("known-crate", ["macos-arm64", "windows-x64"])]);

  test("is marked when another crate loses all of them for good", () => {
    const [told] = markIdle(ground, [draft(raw)], [raw, reactor(["macos-arm64", "windows-x64"])]);
    expect(told?.idle).toEqual(["macos-arm64", "windows-x64"]);
  });

  test("is of use when one of them is not lost", () => {
    const [told] = markIdle(ground, [draft(raw)], [raw, reactor(["windows-x64"])]);
    expect(told?.idle).toBeUndefined();
  });

  test("is of use when what loses them is only to be written another way", () => {
    const repairable = crate("reactor", [open("runtime-constant", ["macos-arm64", "windows-x64"])]);
    expect(markIdle(ground, [draft(raw)], [raw, repairable])[0]?.idle).toBeUndefined();
  });
});
