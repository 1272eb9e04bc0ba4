import { parentPort, workerData } from "node:worker_threads";
import type { WorkSpan } from "../model/options.ts";
import { Cache } from "../extract/cache.ts";
import type { TreeAnswer, TreeTask } from "./read-apart.ts";
import { readTree } from "./read-tree.ts";
import { stopwatch } from "./stopwatch.ts";
import { messageOf } from "../util/errors.ts";

/** How often somebody who waits is told of packages. */
const TELL_MS = 100;

/** Reads one tree in a thread of its own, and keeps what was found when the answer is on its way. */
const port = parentPort;
if (port !== null) {
  const tell = (answer: TreeAnswer): void => port.postMessage(answer);
  const { cacheDir, basis, ...task } = workerData as TreeTask;
  const spans: WorkSpan[] = [];
  const crates: WorkSpan[] = [];
  let told = 0;
  const tellCrates = (): void => {
    tell({ crates: crates.splice(0) });
    told = performance.now();
  };
  const clock = stopwatch((span) => spans.push(span));
  try {
    const { facts, keep } = await readTree(
      {
        ...task,
        // NOTE: what can't be written is told by the thread that asked, which writes there too
        cache: cacheDir === undefined ? undefined : new Cache({ dir: cacheDir }),
        clock,
        onSpan: (crate) => {
          crates.push(crate);
          if (performance.now() - told > TELL_MS) tellCrates();
        },
        onStage: (stage) => tell({ stage }),
      },
      basis,
    );
    tellCrates();
    tell({ facts, laps: clock.laps, spans });
    keep();
  } catch (error) {
    tell({ error: messageOf(error) });
  }
}
