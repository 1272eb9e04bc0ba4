import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { DATA_DIR } from "../../src/kb/data-dir.ts";
import { loadKnowledge } from "../../src/kb/load.ts";
import { build } from "../../tools/build-data/build.ts";

/** Git directory of jart/cosmopolitan; symbols that a libcosmo.a defines, one `TYPE NAME` per line (`nm`). */
const git = process.env["APE_LINT_COSMOPOLITAN_GIT"];
const symbols = process.env["APE_LINT_LIBCOSMO_SYMBOLS"];

describe.skipIf(symbols === undefined)("libcosmo.a 4.0.2 (needs APE_LINT_LIBCOSMO_SYMBOLS)", () => {
  it("agrees with the function table in every row", () => {
    const text = readFileSync(symbols ?? "", "utf8");
    const defined = new Set(text.split("\n").map((line) => line.split(" ")[1]));
    const wrong: string[] = [];
    for (const [name, row] of Object.entries(loadKnowledge("4.0.2").functions)) {
      if (row.note?.startsWith("Rust code") === true) continue;
      const has = defined.has(row.symbol ?? name);
      if (has === (row.status === "missing")) wrong.push(name);
    }
    expect(wrong).toEqual([]);
  });
});

describe.skipIf(git === undefined)("generation (needs APE_LINT_COSMOPOLITAN_GIT)", () => {
  it("from the tag gives the committed bytes", { timeout: 3_600_000 }, async () => {
    const work = mkdtempSync(join(tmpdir(), "regenerate-"));
    const out = join(work, "out");
    try {
      await build({ cosmopolitan: git ?? "", tag: "4.0.2", crate: libcCrate(), out, work });
      const committed = join(DATA_DIR, "cosmocc", "4.0.2");
      for (const file of readdirSync(committed))
        expect(readFileSync(join(out, file), "utf8"), file).toBe(
          readFileSync(join(committed, file), "utf8"),
        );
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  });
});

/** The unpacked libc crate that the data was made from; `cargo fetch` puts it there. */
function libcCrate(): string {
  const provenance = readFileSync(join(DATA_DIR, "cosmocc", "4.0.2", "provenance.json"), "utf8");
  const version = /"libcCrate":"([^"]+)"/.exec(provenance)?.[1] ?? "";
  const registry = join(process.env["CARGO_HOME"] ?? join(homedir(), ".cargo"), "registry", "src");
  const index = readdirSync(registry)[0] ?? "";
  return join(registry, index, `libc-${version}`);
}
