import { describe, expect, it } from "vitest";
import { HOSTS, archOf, type Host } from "../../src/model/host.ts";
import type { ConstantRow } from "../../src/model/knowledge.ts";
import { loadCrates, toCrate } from "../../src/kb/crates.ts";
import { divergentConstants, knownReleases, loadKnowledge } from "../../src/kb/load.ts";
import { knownProfiles, loadProfile, toProfile } from "../../src/kb/profiles.ts";
import { crateSchema, profileSchema } from "../../src/kb/schemas.ts";
import { loadTaxonomy } from "../../src/kb/taxonomy.ts";
import { InputError } from "../../src/util/errors.ts";
import { readYaml } from "../../src/util/yaml.ts";

function stateOf(row: ConstantRow, host: Host): string {
  const value = row.hosts[host];
  const libc = row.libc[archOf(host)];
  if (value === null || libc === null) return "unknown";
  if (value === "absent") return value;
  return value === libc ? "same" : "differs";
}

describe.each(knownReleases())("release %s", (release) => {
  const kb = loadKnowledge(release);

  it("has rows for all that the libc crate has", () => {
    expect(Object.keys(kb.constants).length).toBeGreaterThan(5000);
    expect(Object.keys(kb.functions).length).toBeGreaterThan(800);
    expect(Object.keys(kb.structs).length).toBeGreaterThan(250);
    expect(Object.keys(kb.syscalls).length).toBeGreaterThan(300);
  });

  it("has classes that its own numbers bear out", () => {
    for (const [name, row] of Object.entries(kb.constants)) {
      const states = new Set(HOSTS.map((host) => stateOf(row, host)));
      const expected = ["differs", "absent", "same", "unknown"].find((state) => states.has(state));
      expect(`${name} ${row.class}`).toBe(`${name} ${expected}`);
    }
  });

  it("never says that a number means its own name", () => {
    for (const [name, row] of Object.entries(kb.constants))
      for (const other of Object.values(row.means ?? {}))
        expect(other.split("|")).not.toContain(name);
  });

  it("reads what constants are without the rest as it does with it", () => {
    const rows = Object.entries(kb.constants).filter(
      ([, row]) => row.class === "differs" || row.class === "absent",
    );
    expect(divergentConstants(release)).toEqual(
      Object.fromEntries(
        rows.map(([name, { class: kind, group }]) => [name, { class: kind, group }]),
      ),
    );
  });

  it("finds nothing under a name of JavaScript's own", () =>
    expect(kb.constants["constructor"]).toBeUndefined());
});

it("says which releases there are when one is not", () => {
  expect(() => loadKnowledge("1.0")).toThrow(InputError);
});

describe("profiles", () => {
  it.each(knownProfiles())("%s loads and names only what knowledge knows", (id) => {
    const profile = loadProfile(id);
    const kb = loadKnowledge("4.0.2");
    expect(profile.id).toBe(id);
    for (const name of Object.keys(profile.constants))
      expect(kb.constants[name], name).toBeDefined();
    for (const name of Object.keys(profile.structs)) expect(kb.structs[name], name).toBeDefined();
    for (const repair of Object.values(profile.functions)) expect(repair.source).not.toBe("");
  });

  it("tells the profiles that it knows", () => {
    expect(() => loadProfile("ape-rc")).toThrow(
      expect.objectContaining({ hint: "did you mean ape-rs?" }),
    );
  });

  const minimal =
    "id: x\ntitle: x\nsources: []\ncfgs: []\nrustflags: []\nhosts: []\nconstants: []\nfunctions: []\nstructs: []\nstd: []\nrules: []\nlimits: []\n";
  it.each([
    ["an unknown key", `${minimal}crates: []\nconst: []\n`, "p.yml:14:1"],
    [
      "a bad range",
      `${minimal}crates:\n  - { name: a, versions: "one", effect: closes, how: h, source: s }\n`,
      "p.yml:14:26",
    ],
    [
      "a name twice",
      `${minimal.replace("constants: []", "constants:\n  - { names: [A, A], effect: closes, how: h, source: s }")}crates: []\n`,
      "p.yml:8:18",
    ],
  ])("refuses %s with its place", (_, text, place) => {
    const read = (): unknown =>
      toProfile({
        text,
        file: "p.yml",
        value: readYaml({ text, file: "p.yml", schema: profileSchema() }),
      });
    expect(read).toThrow(expect.objectContaining({ place }));
  });
});

describe("crates", () => {
  const taxa = new Set(loadTaxonomy().map((taxon) => taxon.id));

  it.each(loadCrates().map((crate) => [crate.name, crate] as const))(
    "%s has evidence for each fact",
    (_, crate) => {
      for (const fact of crate.facts) {
        expect(fact.sources.length).toBeGreaterThan(0);
        for (const id of fact.taxa ?? []) expect(taxa.has(id), id).toBe(true);
      }
    },
  );

  const fact = (more: string): string =>
    `name: a\nfacts:\n  - id: one\n    kind: hazard\n    versions: "*"\n    confidence: high\n    summary: s\n    sources: [x]\n${more}`;
  it.each([
    ["a hazard without harm", fact(""), "data/crates/a.yml:3:5"],
    [
      "an unknown profile",
      fact("    harm: fails\n    profiles: [nope]\n"),
      "data/crates/a.yml:10:15",
    ],
    [
      "no source",
      fact("    harm: fails\n").replace("sources: [x]", "sources: []"),
      "data/crates/a.yml:8:14",
    ],
    ["an unknown harm", fact("    harm: bad\n"), "data/crates/a.yml:9:11"],
  ])("refuses %s with its place", (_, text, place) => {
    const file = "data/crates/a.yml";
    expect(() =>
      toCrate({ text, file, value: readYaml({ text, file, schema: crateSchema() }) }),
    ).toThrow(expect.objectContaining({ place }));
  });
});
