import { getHeapStatistics } from "node:v8";
import { isMainThread, Worker } from "node:worker_threads";
import type { CfgAtom, Workspace } from "../model/workspace.ts";
import type { WorkSpan } from "../model/options.ts";
import { basisOf, readTree, type Basis, type Job } from "./read-tree.ts";
import type { CrateFacts } from "./run-cache.ts";

/** What a thread that reads a tree is given. */
export interface TreeTask {
  readonly workspace: Workspace;
  readonly cfgs: readonly CfgAtom[];
  readonly std?: readonly string[];
  /** Absent: nothing is kept. */
  readonly cacheDir?: string;
  readonly jobs?: number;
  /** What the thread that asked has looked up already. */
  readonly basis: Basis;
}

/** What it says. */
export type TreeAnswer =
  | { readonly crates: readonly WorkSpan[] }
  | { readonly stage: string }
  | {
      readonly facts: CrateFacts;
      readonly laps: Record<string, number>;
      readonly spans: readonly WorkSpan[];
    }
  | { readonly error: string };

/** Trees of fewer packages are read on this thread: starting another one takes longer than it saves. */
const WORTH_A_THREAD = 30;
/** Room for new objects. With the few megabytes that a thread has by itself they are moved again and again. */
const NEW_OBJECTS_MB = 48;

/**
 * Read a tree on a thread of its own, which has room for that work, and goes on to keep what was found while this one
 * judges it. Its memory goes with it. Where the packages under the program are known, little is left to do, and this
 * thread does it.
 */
export async function readApart(job: Job): Promise<CrateFacts> {
  // NOTE: where our code runs as TypeScript, in tests, a worker could not load it
  const isSmall = job.workspace.packages.size < WORTH_A_THREAD;
  const isHere = isSmall || !isMainThread || import.meta.url.endsWith(".ts");
  const basis = basisOf(job);
  if (isHere || basis.known !== undefined) {
    const { facts, keep } = await readTree(job, basis);
    keep();
    return facts;
  }
  const { workspace, cfgs, std, cache, jobs } = job;
  const workerData: TreeTask = {
    workspace,
    cfgs,
    basis,
    ...(cache === undefined ? {} : { cacheDir: cache.dir }),
    ...(jobs === undefined ? {} : { jobs }),
    ...(std === undefined ? {} : { std }),
  };
  const worker = new Worker(new URL("./tree-worker.js", import.meta.url), {
    workerData,
    resourceLimits: {
      maxYoungGenerationSizeMb: NEW_OBJECTS_MB,
      maxOldGenerationSizeMb: Math.round(getHeapStatistics().heap_size_limit / 2 ** 20),
    },
  });
  return answerOf(worker, job);
}

function answerOf(worker: Worker, { clock, onSpan, onStage, signal }: Job): Promise<CrateFacts> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      void worker.terminate();
      reject(signal?.reason);
    };
    if (signal?.aborted === true) return abort();
    signal?.addEventListener("abort", abort, { once: true });
    worker.on("message", (answer: TreeAnswer) => {
      if ("crates" in answer) answer.crates.forEach(onSpan);
      else if ("stage" in answer) onStage(answer.stage);
      else if ("error" in answer) reject(new Error(answer.error));
      else {
        clock.take(answer.laps, answer.spans);
        resolve(answer.facts);
      }
    });
    worker.once("error", reject);
    worker.once("exit", () => reject(new Error("the tree was not read to its end")));
  });
}
