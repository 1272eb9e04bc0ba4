import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import { MOST_AHEAD, SeriesCounts } from "../../src/analyse/series.ts";

test("each package is begun once, in order, and it is known by whom", () => {
  const counts = SeriesCounts.forWorkers(2);
  const other = SeriesCounts.of(counts);
  expect(counts.claimedBy(0)).toBeUndefined();
  expect([counts.claim(0), other.claim(1), counts.claim(0)]).toEqual([0, 1, 2]);
  expect([counts.claimedBy(0), counts.claimedBy(1)]).toEqual([2, 1]);
});

test("nothing more is begun while too many bytes wait", async () => {
  const counts = SeriesCounts.forWorkers(1);
  counts.addAhead(MOST_AHEAD + 1);
  const taken = takesLater(counts.shared);
  const before = performance.now();
  expect(counts.claim(0)).toBe(0);
  expect(performance.now() - before).toBeGreaterThan(100);
  await taken.terminate();
});

/** A thread that takes one byte after a while; this one waits meanwhile. */
function takesLater(shared: SharedArrayBuffer): Worker {
  const code = `const numbers = new Int32Array(require("node:worker_threads").workerData);
    setTimeout(() => { Atomics.sub(numbers, 1, 1); Atomics.notify(numbers, 1); }, 200);`;
  return new Worker(code, { eval: true, workerData: shared });
}
