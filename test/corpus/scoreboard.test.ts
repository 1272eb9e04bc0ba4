import { describe, expect, test } from "vitest";
import { run } from "../../src/api.ts";
import type { CargoFlags } from "../../src/model/options.ts";
import type { HostVerdict } from "../../src/model/result.ts";
import { everywhere, scoreboardRow } from "../verdict/scoreboard.ts";

const MINUTES = 60_000;

async function row(
  name: string,
  version: string,
  profile: string,
  cargo: CargoFlags = {},
): Promise<HostVerdict[]> {
  const report = await run({ input: { kind: "crate", name, version }, profile, cargo });
  return scoreboardRow(report);
}

const NO_TLS = { noDefaultFeatures: true };

/** A checkout of ogham/dog, which no registry has in the version that was ported. */
const DOG = process.env["DOG_CHECKOUT"];

describe("the published scoreboard, cell by cell", () => {
  test("ripgrep works on all six hosts under ape-rs", { timeout: 10 * MINUTES }, async () => {
    expect(await row("ripgrep", "15.2.0", "ape-rs")).toEqual(everywhere("works"));
  });

  test.skipIf(DOG === undefined)(
    `dog without TLS works on all six hosts under ape-rs${DOG === undefined ? " (DOG_CHECKOUT names no checkout of ogham/dog)" : ""}`,
    { timeout: 10 * MINUTES },
    async () => {
      const cargo = { ...NO_TLS, features: ["with_idna"] };
      const report = await run({
        input: { kind: "path", path: DOG ?? "" },
        profile: "ape-rs",
        cargo,
      });
      expect(scoreboardRow(report)).toEqual(everywhere("works"));
    },
  );

  test("xh without TLS works on Linux only under ape-rs", { timeout: 10 * MINUTES }, async () => {
    expect(await row("xh", "0.26.3", "ape-rs", NO_TLS)).toEqual([
      "works",
      "works",
      "fails",
      "fails",
      "fails",
      "fails",
    ]);
  });
});

describe("beside the scoreboard", () => {
  test("neither links without a profile", { timeout: 10 * MINUTES }, async () => {
    expect(await row("ripgrep", "15.2.0", "none")).toEqual(everywhere("does not build"));
    expect(await row("xh", "0.26.3", "none", NO_TLS)).toEqual(everywhere("does not build"));
  });

  test("xh with TLS does not build under ape-rs", { timeout: 10 * MINUTES }, async () => {
    expect(await row("xh", "0.26.3", "ape-rs")).toEqual(everywhere("does not build"));
  });

  test(
    "xh without TLS works under rust-ape where that was tried",
    { timeout: 10 * MINUTES },
    async () => {
      const works = ["works", "works", "unknown", "unknown", "works", "works"];
      expect(await row("xh", "0.26.3", "rust-ape", NO_TLS)).toEqual(works);
    },
  );
});
