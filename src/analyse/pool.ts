import { availableParallelism } from "node:os";
import type { WorkSpan } from "../model/options.ts";
import { engineId, keyOf, packageState } from "../extract/cache-key.ts";
import type { Cache } from "../extract/cache.ts";
import { messageOf } from "../util/errors.ts";
import { isKeptPackage } from "./check-answer.ts";
import { readCrates, type CrateAnswer, type CrateTask, type KeptPackage } from "./crates.ts";
import { ownArrays } from "./own-arrays.ts";
import type { Work } from "./series.ts";
import { Workers, type Outcome, type WorkersOptions } from "./workers.ts";

export interface PoolOptions extends WorkersOptions {
  /** Threads at most; absent: one per core. */
  readonly jobs?: number;
  readonly cache?: Cache | undefined;
}

/** Fewer packages than this are read at once: to start workers takes longer. */
const WORTH_WORKERS = 8;
const MOST_WORKERS = 8;

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
  const { cache } = options;
  const todo: Todo[] = [];
  const all = tasks.map((task) => {
    const span = begin(task);
    const { answer, isCurrent, keep } = lookUp(task, cache);
    if (isCurrent) options.onSpan?.(span(true));
    const place = isCurrent ? -1 : todo.push({ task, before: answer, keep }) - 1;
    return { task, kept: isCurrent ? answer : undefined, place };
  });
  const reading = await reader(todo, options);
  try {
    for (const one of all) {
      tell(one.task, one.kept ?? (await reading.outcome(one.place)));
      one.kept = undefined;
    }
  } finally {
    // NOTE: workers take a while to be gone, and nobody needs to see that
    reading.stop().catch(() => {});
  }
}

/** Read one package on this thread, from the cache where nothing has changed. */
export function readNow(task: CrateTask, cache: Cache | undefined): Outcome {
  const { answer, isCurrent } = lookUp(task, cache);
  return isCurrent && answer !== undefined ? answer : readCrates(task, answer);
}

/** A package that is not in the cache as it is now. */
interface Todo {
  readonly task: CrateTask;
  /** What was read of it in another state. */
  readonly before: CrateAnswer | undefined;
  readonly keep: Keep | undefined;
}

/** Under which key what is read is to be kept, and of which state it is. */
type Keep = Omit<NonNullable<Work["keep"]>, "dir">;

type Reading = Pick<Workers, "outcome" | "stop">;

async function reader(todo: readonly Todo[], options: PoolOptions): Promise<Reading> {
  const cores = options.jobs ?? availableParallelism();
  // NOTE: where our code runs as TypeScript, in tests, a worker could not load it
  const none = import.meta.url.endsWith(".ts") && options.worker === undefined;
  if (cores < 2 || todo.length < WORTH_WORKERS || none) return here(todo, options);
  // one core is this thread's, which has more to do with what is read than it takes to read it
  const threads = Math.min(cores - 1, MOST_WORKERS, todo.length);
  const dir = options.cache?.dir;
  const works = todo.map(({ task, keep }) =>
    keep === undefined || dir === undefined ? task : { ...task, keep: { dir, ...keep } },
  );
  return Workers.start(threads, works, options);
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

function here(todo: readonly Todo[], { cache, onSpan }: PoolOptions): Reading {
  return {
    outcome: async (place) => {
      const { task, before, keep } = todo[place]!;
      try {
        const span = begin(task);
        const answer = readCrates(task, before);
        onSpan?.(span(false));
        if (keep !== undefined) {
          const value: KeptPackage = { state: keep.state, answer };
          cache?.put("facts", keep.key, value);
        }
        return answer;
      } catch (error) {
        return { error: messageOf(error) };
      }
    },
    stop: async () => {},
  };
}

/** What is kept of a package; where its state can't be told, it is read every time. */
function lookUp(
  task: CrateTask,
  cache: Cache | undefined,
): { answer?: CrateAnswer; isCurrent: boolean; keep?: Keep } {
  const state = cache === undefined ? undefined : packageState(task.package);
  if (state === undefined) return { isCurrent: false };
  const keep = { key: keyOfTask(task), state };
  const found = cache?.get("facts", keep.key);
  if (!isKeptPackage(found)) return { isCurrent: false, keep };
  return { answer: ownArrays(found.answer), isCurrent: found.state === state, keep };
}

function keyOfTask({ kind, package: pkg, roots, cfgs, tools, into }: CrateTask): string {
  const targets = pkg.targets.filter((target) => target.kind === "build-script");
  const own = [pkg.id, pkg.dir, pkg.links, pkg.builds, targets];
  return keyOf([engineId(), kind, roots, cfgs, tools, into, own]);
}
