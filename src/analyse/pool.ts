import { availableParallelism } from "node:os";
import { deserialize } from "node:v8";
import type { Piscina } from "piscina";
import type { WorkSpan } from "../model/options.ts";
import { engineId, keyOf, packageState } from "../extract/cache-key.ts";
import type { Cache } from "../extract/cache.ts";
import type { FileFacts } from "../extract/facts.ts";
import type { CrateSource } from "../extract/load-crate.ts";
import { isCrateAnswer } from "./check-answer.ts";
import { readCrates, WORK_HEAD, type CrateAnswer, type CrateTask } from "./crates.ts";
import type { Work } from "./worker.ts";

/** What reading one package gave. */
export type Outcome = CrateAnswer | { readonly error: string };

export interface PoolOptions {
  /** Threads at most; absent: one per core. */
  readonly jobs?: number;
  readonly cache?: Cache | undefined;
  /** Told when a package is done. */
  readonly onSpan?: ((span: WorkSpan) => void) | undefined;
  readonly signal?: AbortSignal;
  /** The workers' code and the memory that each may have; others in tests of what happens when one dies. */
  readonly worker?: { readonly code: URL; readonly megabytes: number };
}

/** Fewer packages than this are read at once: to start workers takes longer. */
const WORTH_WORKERS = 8;
const MOST_WORKERS = 8;
/** Tasks that a worker has at hand, so that it need not wait for this thread, which has work of its own. */
const WAITING = 3;
/** Memory for one worker's objects: a package that needs more is told as not analysed, and ends nothing else. */
const WORKER_MEGABYTES = 2048;

/**
 * Read packages on all cores, each once, from the cache where nothing has changed.
 *
 * @param tell told of every task, in their order, as soon as it and all before it are done
 */
export async function readAll(
  tasks: readonly CrateTask[],
  options: PoolOptions,
  tell: (task: CrateTask, outcome: Outcome) => void,
): Promise<void> {
  const keys = tasks.map((task) => (options.cache === undefined ? undefined : keyOfTask(task)));
  const kept = tasks.map((task, index) => {
    const span = begin(task);
    const answer = fromCache(keys[index], options.cache);
    if (answer !== undefined) options.onSpan?.(span(true));
    return answer;
  });
  const read = await reader(kept.filter((answer) => answer === undefined).length, options);
  try {
    const started = tasks.map(
      (task, index): Outcome | Promise<Outcome> => kept[index] ?? read.one(task, keys[index]),
    );
    // NOTE: one that fails while another is waited for must not end the program
    const settled = Promise.allSettled(started);
    for (const [index, task] of tasks.entries()) {
      tell(task, await started[index]!);
      started[index] = NONE;
      kept[index] = undefined;
    }
    await settled;
  } finally {
    await read.stop();
  }
}

/** Read one package on this thread, from the cache where nothing has changed. */
export function readNow(task: CrateTask, cache: Cache | undefined): Outcome {
  const kept = cache === undefined ? undefined : fromCache(keyOfTask(task), cache);
  return kept ?? readCrates(task);
}

const NONE: Outcome = { error: "" };

interface Reading {
  one(task: CrateTask, key: string | undefined): Promise<Outcome>;
  stop(): Promise<void>;
}

async function reader(count: number, options: PoolOptions): Promise<Reading> {
  const threads = Math.min(options.jobs ?? availableParallelism(), MOST_WORKERS, count);
  // NOTE: where our code runs as TypeScript, in tests, a worker could not load it
  const none = import.meta.url.endsWith(".ts") && options.worker === undefined;
  if (threads < 2 || count < WORTH_WORKERS || none) return here(options);
  return inWorkers(threads, options);
}

/** Starts the clock for a package that this thread does. */
function begin(task: CrateTask): (cached: boolean) => WorkSpan {
  const start = Date.now();
  const before = performance.now();
  const name = task.package.id;
  return (cached) => {
    const milliseconds = performance.now() - before;
    return { kind: "crate", name, start, milliseconds, thread: 0, cached };
  };
}

function here({ cache, onSpan }: PoolOptions): Reading {
  return {
    one: async (task, key) => {
      try {
        const span = begin(task);
        const answer = readCrates(task);
        onSpan?.(span(false));
        if (key !== undefined) cache?.put("facts", key, answer);
        return answer;
      } catch (error) {
        return failed(error);
      }
    },
    stop: async () => {},
  };
}

async function inWorkers(threads: number, options: PoolOptions): Promise<Reading> {
  const { cache, signal, onSpan } = options;
  const pool = await startPool(threads, WAITING, options);
  let second: Promise<Piscina> | undefined;
  return {
    one: async (task, key) => {
      const keep = key === undefined || cache === undefined ? undefined : { dir: cache.dir, key };
      const work: Work = keep === undefined ? task : { ...task, keep };
      try {
        // NOTE: a worker that dies takes others' tasks with it; alone, only the one to blame fails again
        const buffer: ArrayBuffer = await pool.run(work).catch(async (error: unknown) => {
          if (signal?.aborted === true) throw error;
          return (await (second ??= startPool(1, 1, options))).run(work);
        });
        const [start = 0, milliseconds = 0, thread = 0] = new Float64Array(buffer, 0, 3);
        const name = task.package.id;
        onSpan?.({ kind: "crate", name, start, milliseconds, thread, cached: false });
        const bytes = new Uint8Array(buffer, WORK_HEAD);
        return ownArrays(deserialize(bytes) as CrateAnswer);
      } catch (error) {
        if (signal?.aborted === true) throw error;
        return failed(error);
      }
    },
    stop: async () => {
      await pool.destroy();
      await (await second)?.destroy();
    },
  };
}

async function startPool(
  threads: number,
  atHand: number,
  { signal, worker }: PoolOptions,
): Promise<Piscina> {
  const { Piscina } = await import("piscina");
  const pool = new Piscina({
    filename: (worker?.code ?? new URL("./worker.js", import.meta.url)).href,
    minThreads: threads,
    maxThreads: threads,
    concurrentTasksPerWorker: atHand,
    resourceLimits: {
      maxYoungGenerationSizeMb: 48,
      maxOldGenerationSizeMb: worker?.megabytes ?? WORKER_MEGABYTES,
    },
  });
  // a worker that dies without a task, before it has begun perhaps: none may follow it, and tasks would wait for ever
  pool.on("error", () => void pool.destroy());
  signal?.addEventListener("abort", () => void pool.destroy(), { once: true });
  return pool;
}

function fromCache(key: string | undefined, cache: Cache | undefined): CrateAnswer | undefined {
  const kept = key === undefined ? undefined : cache?.get("facts", key);
  return isCrateAnswer(kept) ? ownArrays(kept) : undefined;
}

/** Arrays of what was deserialized are views of the bytes that it was read from, and would keep all of them. */
function ownArrays(answer: CrateAnswer): CrateAnswer {
  if (answer.kind === "host") return answer;
  const own = ({ files, ...source }: CrateSource): CrateSource => ({
    ...source,
    files: new Map([...files].map(([name, facts]) => [name, withOwn(facts)])),
  });
  return { ...answer, sources: answer.sources.map(own) };
}

function withOwn(facts: FileFacts): FileFacts {
  const { mentions, lineStarts } = facts;
  return { ...facts, mentions: mentions.slice(), lineStarts: lineStarts.slice() };
}

/** Undefined when the package's state can't be told: then it is read every time. */
function keyOfTask({ kind, package: pkg, roots, cfgs, tools }: CrateTask): string | undefined {
  const state = packageState(pkg);
  if (state === undefined) return undefined;
  const targets = pkg.targets.filter((target) => target.kind === "build-script");
  const own = [pkg.id, pkg.links, pkg.builds, targets];
  return keyOf([engineId(), kind, state, roots, cfgs, tools, own]);
}

function failed(error: unknown): Outcome {
  return { error: error instanceof Error ? error.message : String(error) };
}
