import { Worker } from "node:worker_threads";
import { tree, type Tree } from "../api.ts";
import type { RunOptions } from "../model/options.ts";
import { InputError, messageOf } from "../util/errors.ts";

/** A run's options without what can't be sent to another thread. */
export type WorkerOptions = Omit<RunOptions, "signal" | "onProgress" | "onSpan" | "onNotice">;

/** An error as it is sent to another thread. */
interface PackedError {
  readonly kind: "input" | "other";
  readonly message: string;
  readonly place?: string | undefined;
  readonly hint?: string | undefined;
}

/** What a worker says. */
export type WorkerAnswer =
  | { readonly progress: string }
  | { readonly tree: Tree }
  | { readonly error: PackedError };

/** How long a run that was given up may end its own children. */
const GRACE_MS = 2000;

/** Run all stages away from this thread. Rejects with an InputError for what the user has to change. */
export async function runApart(
  options: WorkerOptions,
  hooks: { signal: AbortSignal; onProgress: (message: string) => void },
): Promise<Tree> {
  const { signal, onProgress } = hooks;
  signal.throwIfAborted();
  // NOTE: where our code runs as TypeScript, in tests, a worker could not load it
  if (import.meta.url.endsWith(".ts"))
    return tree({ ...options, signal, onProgress: ({ message }) => onProgress(message) });
  const worker = new Worker(new URL("./run-worker.js", import.meta.url), { workerData: options });
  const abort = (): void => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    worker.postMessage("abort");
    setTimeout(() => void worker.terminate(), GRACE_MS).unref();
  };
  signal.addEventListener("abort", abort, { once: true });
  try {
    return await answerOf(worker, onProgress);
  } finally {
    signal.removeEventListener("abort", abort);
    if (!signal.aborted) void worker.terminate();
  }
}

function answerOf(worker: Worker, onProgress: (message: string) => void): Promise<Tree> {
  return new Promise((resolve, reject) => {
    worker.on("message", (answer: WorkerAnswer) => {
      if ("progress" in answer) onProgress(answer.progress);
      else if ("tree" in answer) resolve(answer.tree);
      else reject(unpackError(answer.error));
    });
    worker.once("error", reject);
    worker.once("exit", () => reject(new Error("the run ended without an answer")));
  });
}

export function packError(error: unknown): PackedError {
  if (error instanceof InputError) {
    const { message, place, hint } = error;
    return { kind: "input", message, place, hint };
  }
  return { kind: "other", message: messageOf(error) };
}

function unpackError({ kind, message, place, hint }: PackedError): Error {
  if (kind === "other") return new Error(message);
  return new InputError(message, {
    ...(place === undefined ? {} : { place }),
    ...(hint === undefined ? {} : { hint }),
  });
}
