import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { build } from "./build.ts";

const USAGE =
  "usage: build-data --cosmopolitan DIR --tag T --libc-crate DIR --out data/cosmocc/RELEASE";

/** Writes what one tag of Cosmopolitan says about the names of one version of the libc crate. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      cosmopolitan: { type: "string" },
      tag: { type: "string" },
      "libc-crate": { type: "string" },
      out: { type: "string" },
    },
  });
  const { cosmopolitan, tag, out } = values;
  const crate = values["libc-crate"];
  if (!cosmopolitan || !tag || !crate || !out) throw new Error(USAGE);
  const work = mkdtempSync(join(tmpdir(), "build-data-"));
  try {
    await build({ cosmopolitan, tag, crate, out, work });
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

await main();
