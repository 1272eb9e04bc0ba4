import path from "node:path";
import { describe, expect, test } from "vitest";
import { plan } from "../../src/api.ts";
import type { Plan } from "../../src/model/plan.ts";
import { planV1 } from "../../src/report/plan/schema.ts";
import { PLAN_FORMATS, renderPlan } from "../../src/report/plan/index.ts";

const FIXTURES = path.join(import.meta.dirname, "../../fixtures");

function planFor(leaf: string, profile: string): Promise<Plan> {
  const input = { kind: "path", path: path.join(FIXTURES, leaf) } as const;
  return plan({ input, profile, noCargo: true, cacheDir: false });
}

describe("a made-up server", async () => {
  const found = await planFor("demo", "ape-rs");

  test.each(PLAN_FORMATS)("as %s", async (format) => {
    const golden = path.join(import.meta.dirname, `goldens/demo.${format}`);
    await expect(renderPlan(format, found)).toMatchFileSnapshot(golden);
  });

  test("its JSON is what the schema says, and nothing more", () => {
    const written: unknown = JSON.parse(renderPlan("json", found));
    expect(planV1.strict().parse(written)).toEqual(written);
  });

  test("counts the places that it names", () => {
    const made = found.forks.filter(({ from }) => from === "own");
    expect(found.counts.places).toBe(made.flatMap(({ sites }) => sites).length);
    expect(found.counts.ownPlaces).toBe(found.own.flatMap(({ sites }) => sites).length);
    expect(found.counts.places).toBeGreaterThan(0);
  });

  test("names each place once", () => {
    for (const { sites } of [...found.forks, ...found.own]) {
      const places = sites.map(
        ({ file, start, symbol }) => `${file}:${start.line}:${start.column} ${symbol}`,
      );
      expect(new Set(places).size).toBe(places.length);
    }
  });
});

describe("a program with a way out for each kind", async () => {
  const found = await planFor("plan/ways-out", "ape-rs");

  test("as text", async () => {
    const golden = path.join(import.meta.dirname, "goldens/ways-out.text");
    await expect(renderPlan("text", found)).toMatchFileSnapshot(golden);
  });

  test("the features that bring what does not build were found by trying", () => {
    const tls = found.switches.find(({ crate }) => crate === "aws-lc-sys");
    expect(tls?.featuresOff).toEqual(["tls"]);
    expect(tls?.flags).toEqual(["--no-default-features", "--features", "colors"]);
    expect(tls?.edits.map(({ to }) => to)).toEqual(['default = ["colors"]']);
  });

  test("a feature of somebody else's dependency is turned on beside it", () => {
    const rustix = found.switches.find(({ crate }) => crate === "rustix");
    expect(rustix?.edits[0]?.to).toContain('features = ["use-libc"]');
  });

  test("an allocator is left out by the profile's cfg, in the manifest and where it is set", () => {
    const allocator = found.switches.find(({ crate }) => crate === "mimalloc");
    expect(allocator?.edits[0]?.to).toBe(`[target.'cfg(all(unix, not(cosmo)))'.dependencies]`);
    expect(allocator?.places).toEqual([{ file: "src/main.rs", line: 3 }]);
  });

  test("published forks are named with their branch", () => {
    expect(found.patch).toContain(
      'libc = { git = "https://github.com/crisidev/libc", branch = "libc-0.2-cosmo" }',
    );
  });
});
