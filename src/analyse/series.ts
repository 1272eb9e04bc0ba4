import type { MessagePort } from "node:worker_threads";
import type { CrateTask } from "./crates.ts";

/** A package to read, where its facts are to be kept, and the state that they are of. */
export interface Work extends CrateTask {
  readonly keep?: { readonly dir: string; readonly key: string; readonly state: string };
}

/** Packages that several workers read, each of them the next one that nobody has begun. */
export interface Series {
  readonly works: readonly Work[];
  /** See `SeriesCounts`. */
  readonly shared: SharedArrayBuffer;
  /** Number of the worker. */
  readonly me: number;
  /** Gets an `Answer` for each package. */
  readonly port: MessagePort;
}

/** What a worker says of the package at a place of the series: its facts as bytes, or why there are none. */
export type Answer = { readonly at: number } & (
  | { readonly buffer: ArrayBuffer }
  | { readonly error: string }
);

const NEXT = 0;
const AHEAD = 1;
const CLAIMED = 2;
/** Answers that wait may have so many bytes together; then the workers wait, too. */
export const MOST_AHEAD = 128 * 1024 * 1024;

/** The numbers that all threads of a series share. */
export class SeriesCounts {
  readonly shared: SharedArrayBuffer;
  private readonly numbers: Int32Array;

  private constructor(shared: SharedArrayBuffer) {
    this.shared = shared;
    this.numbers = new Int32Array(shared);
  }

  static forWorkers(workers: number): SeriesCounts {
    const bytes = (CLAIMED + workers) * Int32Array.BYTES_PER_ELEMENT;
    return new SeriesCounts(new SharedArrayBuffer(bytes));
  }

  static of({ shared }: Pick<Series, "shared">): SeriesCounts {
    return new SeriesCounts(shared);
  }

  /** The next package for a worker; waits while too much is ahead. No deadlock: packages are begun in their order. */
  claim(worker: number): number {
    const { numbers } = this;
    for (let bytes = this.ahead; bytes > MOST_AHEAD; bytes = this.ahead)
      Atomics.wait(numbers, AHEAD, bytes);
    const at = Atomics.add(numbers, NEXT, 1);
    Atomics.store(numbers, CLAIMED + worker, at + 1);
    return at;
  }

  /** What a worker has begun last; undefined when it has begun nothing. */
  claimedBy(worker: number): number | undefined {
    const claimed = Atomics.load(this.numbers, CLAIMED + worker);
    return claimed === 0 ? undefined : claimed - 1;
  }

  /** @param bytes of an answer that waits now, or that waits no more (negative) */
  addAhead(bytes: number): void {
    Atomics.add(this.numbers, AHEAD, bytes);
    if (bytes < 0) Atomics.notify(this.numbers, AHEAD);
  }

  private get ahead(): number {
    return Atomics.load(this.numbers, AHEAD);
  }
}
