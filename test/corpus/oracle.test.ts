import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ARCHS } from "../../src/model/host.ts";
import { missingTool } from "../../tools/oracle/cargo.ts";
import { percent, precision, recall, total } from "../../tools/oracle/figures.ts";
import type { Measured } from "../../tools/oracle/docs.ts";
import { measure } from "../../tools/oracle/measure.ts";
import { tripleOf } from "../../tools/oracle/model.ts";
import { readCorpus } from "../../tools/oracle/corpus.ts";

const CORPUS = await readCorpus(join(import.meta.dirname, "../../fixtures/corpus.yml"));
const SMALL = new Set(["memmap2", "socket2", "signal-hook"]);

/** What is not as it should be, with each place; empty when all is well. */
function complaints({ comparison, run }: Measured): string[] {
  const counts = total([comparison]);
  const found = Object.entries(run.failed).map(([name, why]) => `${name} was not checked: ${why}`);
  if (counts.hits + counts.missed < 50)
    found.push("rustc reports hardly any use: the mark does not work");
  if (recall(counts) < 0.995)
    found.push(`recall ${percent(recall(counts))}`, ...comparison.missed.map(told));
  if (precision(counts) < 0.99)
    found.push(`precision ${percent(precision(counts))}`, ...comparison.wrong.map(told));
  return found;
}

function told({ row, cause }: Measured["comparison"]["missed" | "wrong"][number]): string {
  return `${row.file}:${row.line}:${row.column} ${row.symbol}: ${cause}`;
}

for (const arch of ARCHS) {
  const missing = await missingTool(tripleOf(arch));
  const note = missing === undefined ? "" : ` (SKIPPED: ${missing})`;
  if (note !== "") process.stderr.write(`the oracle on ${arch}${note}\n`);
  describe.skipIf(missing !== undefined)(`our inventory is rustc's list on ${arch}${note}`, () => {
    let cache = "";
    beforeAll(async () => {
      cache = await mkdtemp(join(tmpdir(), "ape-lint-oracle-"));
    });
    afterAll(() => rm(cache, { recursive: true, force: true }));

    it.each(CORPUS.filter((subject) => SMALL.has(subject.name)))(
      "$name@$version",
      async (subject) => {
        expect(complaints(await measure(subject, arch, cache))).toEqual([]);
      },
    );
  });
}
