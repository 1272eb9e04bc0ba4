import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ARCHS } from "../../src/model/host.ts";
import { missingTool } from "../../tools/oracle/cargo.ts";
import { percent, precision, recall, total } from "../../tools/oracle/figures.ts";
import { measure } from "../../tools/oracle/measure.ts";
import { subjectId, tripleOf } from "../../tools/oracle/model.ts";
import { readCorpus } from "../../tools/oracle/corpus.ts";

const CORPUS = await readCorpus(join(import.meta.dirname, "../../fixtures/corpus.yml"));
const SMALL = new Set(["memmap2", "socket2", "signal-hook"]);

for (const arch of ARCHS) {
  const missing = await missingTool(tripleOf(arch));
  if (missing !== undefined)
    console.warn(`SKIPPED: the oracle for ${arch} did not run: ${missing}`);
  describe.skipIf(missing !== undefined)(`our inventory is rustc's list on ${arch}`, () => {
    let cache = "";
    beforeAll(async () => {
      cache = await mkdtemp(join(tmpdir(), "ape-lint-oracle-"));
    });
    afterAll(() => rm(cache, { recursive: true, force: true }));

    it.each(CORPUS.filter((subject) => SMALL.has(subject.name)))(
      "$name@$version",
      async (subject) => {
        const { comparison, run } = await measure(subject, arch, cache);
        const counts = total([comparison]);
        const places = [...comparison.missed, ...comparison.wrong].map(
          ({ row, cause }) => `${row.file}:${row.line} ${row.symbol}: ${cause}`,
        );
        const said = `${subjectId(subject)}: recall ${percent(recall(counts))}, precision ${percent(precision(counts))}`;
        expect(run.failed, said).toEqual({});
        expect(counts.hits + counts.missed, said).toBeGreaterThan(50);
        expect(recall(counts), `${said}\n${places.join("\n")}`).toBeGreaterThanOrEqual(0.995);
        expect(precision(counts), `${said}\n${places.join("\n")}`).toBeGreaterThanOrEqual(0.99);
      },
    );
  });
}
