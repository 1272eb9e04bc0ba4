import { deserialize } from "node:v8";
import { MessageChannel, receiveMessageOnPort, type MessagePort } from "node:worker_threads";
import type { Piscina } from "piscina";
import type { WorkSpan } from "../model/options.ts";
import { messageOf } from "../util/errors.ts";
import { WORK_HEAD, type CrateAnswer, type KeptPackage } from "./crates.ts";
import { ownArrays } from "./own-arrays.ts";
import { SeriesCounts, type Answer, type Series, type Work } from "./series.ts";

/** Memory for one worker's objects: a package that needs more is told as not analysed, and ends nothing else. */
const WORKER_MEGABYTES = 2048;

export interface WorkersOptions {
  /** Told when a package is done. */
  readonly onSpan?: ((span: WorkSpan) => void) | undefined;
  readonly signal?: AbortSignal;
  /** The workers' code and the memory that each may have; others in tests of what happens when one dies. */
  readonly worker?: { readonly code: URL; readonly megabytes: number };
}

/** What reading one package gave. */
export type Outcome = CrateAnswer | { readonly error: string };

/**
 * Reads a series of packages in threads of their own, which need not wait for this one between two packages. A worker
 * that dies is replaced, and what it was reading is read once more, by one that reads nothing else.
 */
export class Workers {
  private readonly works: readonly Work[];
  private readonly options: WorkersOptions;
  private readonly pool: Piscina;
  private readonly counts: SeriesCounts;
  private readonly ports = new Map<MessagePort, (answer: Answer) => void>();
  private readonly answers: (Answer | undefined)[] = [];
  private second: Promise<Piscina> | undefined;
  private isStopped = false;
  /** Why no worker goes on; only once all have ended. */
  private over: string | undefined;
  /** Called when there may be a further answer. */
  private wake: () => void = () => {};

  private constructor(
    pool: Piscina,
    threads: number,
    works: readonly Work[],
    options: WorkersOptions,
  ) {
    this.pool = pool;
    this.works = works;
    this.options = options;
    this.counts = SeriesCounts.forWorkers(threads);
    options.signal?.addEventListener("abort", () => void this.stop(), { once: true });
    const ends = Array.from({ length: threads }, (_, me) => this.run(me));
    void Promise.all(ends).then(([reason]) => {
      this.over = reason;
      this.wake();
    });
  }

  static async start(
    threads: number,
    works: readonly Work[],
    options: WorkersOptions,
  ): Promise<Workers> {
    return new Workers(await startPool(threads, options), threads, works, options);
  }

  /** What was found in the package at a place of the series; to be asked once, in the order of the series. */
  async outcome(at: number): Promise<Outcome> {
    for (this.receive(); this.answers[at] === undefined && this.over === undefined; this.receive())
      await new Promise<void>((resolve) => (this.wake = resolve));
    this.options.signal?.throwIfAborted();
    const answer = this.answers[at] ?? { at, error: this.over ?? "" };
    this.answers[at] = undefined;
    return "error" in answer ? { error: answer.error } : this.opened(answer.buffer, at);
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    for (const port of this.ports.keys()) port.close();
    await this.pool.destroy();
    await (await this.second)?.destroy();
  }

  private opened(buffer: ArrayBuffer, at: number): CrateAnswer {
    this.counts.addAhead(-buffer.byteLength);
    const [start = 0, milliseconds = 0, thread = 0] = new Float64Array(buffer, 0, 3);
    const { id: name } = this.works[at]!.package;
    this.options.onSpan?.({ kind: "crate", name, start, milliseconds, thread, cached: false });
    const { answer } = deserialize(new Uint8Array(buffer, WORK_HEAD)) as KeptPackage;
    return ownArrays(answer);
  }

  /** One worker after the other until the series is over. @returns why it ended */
  private async run(me: number): Promise<string> {
    const { works, counts, pool } = this;
    const take = (answer: Answer): void => void (this.answers[answer.at] = answer);
    for (;;) {
      const before = counts.claimedBy(me);
      try {
        await this.hand(pool, { works, shared: counts.shared, me }, take);
        return "";
      } catch (error) {
        const at = counts.claimedBy(me) ?? -1;
        if (at >= works.length) return "";
        // it could not even begin: nor could the next one
        if (at === (before ?? -1) || this.isStopped) return messageOf(error);
        this.receive();
        if (this.answers[at] === undefined) this.answers[at] = await this.readAlone(at);
        this.wake();
      }
    }
  }

  private async readAlone(at: number): Promise<Answer> {
    this.second ??= startPool(1, this.options);
    const { shared } = SeriesCounts.forWorkers(1);
    let found: Answer = { at, error: "" };
    const take = (answer: Answer): void => {
      if ("buffer" in answer) this.counts.addAhead(answer.buffer.byteLength);
      found = { ...answer, at };
    };
    try {
      await this.hand(await this.second, { works: [this.works[at]!], shared, me: 0 }, take);
      this.receive();
    } catch (error) {
      found = { at, error: messageOf(error) };
    }
    return found;
  }

  /** Have a worker read on; ends when it does. */
  private async hand(
    pool: Piscina,
    series: Omit<Series, "port">,
    take: (answer: Answer) => void,
  ): Promise<void> {
    const { port1, port2 } = new MessageChannel();
    this.ports.set(port1, take);
    port1.on("message", (answer: Answer) => {
      take(answer);
      this.wake();
    });
    await pool.run({ ...series, port: port2 }, { transferList: [port2] });
  }

  /** Take what has arrived; this thread need not turn to its events for that. */
  private receive(): void {
    for (const [port, take] of this.ports)
      for (let next = receiveMessageOnPort(port); next; next = receiveMessageOnPort(port))
        take(next.message as Answer);
  }
}

async function startPool(threads: number, { worker }: WorkersOptions): Promise<Piscina> {
  const { Piscina } = await import("piscina");
  const pool = new Piscina({
    filename: (worker?.code ?? new URL("./worker.js", import.meta.url)).href,
    minThreads: threads,
    maxThreads: threads,
    resourceLimits: {
      maxYoungGenerationSizeMb: 16,
      maxOldGenerationSizeMb: worker?.megabytes ?? WORKER_MEGABYTES,
    },
  });
  // a worker that dies without a task, before it has begun perhaps: none may follow it, and tasks would wait for ever
  pool.on("error", () => void pool.destroy());
  return pool;
}
