import { fileURLToPath } from "node:url";
import { tree, type Tree } from "../api.ts";
import type { RunOptions } from "../model/options.ts";
import { InputError, messageOf } from "../util/errors.ts";
import { startOwn, type OwnProcess } from "../util/process-own.ts";

/** A run's options without what can't be sent to another process. */
export type WorkerOptions = Omit<RunOptions, "signal" | "onProgress" | "onSpan" | "onNotice">;

/** An error as it is sent to another process. */
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
export const GRACE_MS = 2000;

/**
 * Run all stages in a process of their own: what a thread takes for a large tree is not all given back when it ends.
 * Rejects with an InputError for what the user has to change.
 */
export async function runApart(
  options: WorkerOptions,
  hooks: { signal: AbortSignal; onProgress: (message: string) => void },
): Promise<Tree> {
  const { signal, onProgress } = hooks;
  signal.throwIfAborted();
  // NOTE: where our code runs as TypeScript, in tests, another process could not load it
  if (import.meta.url.endsWith(".ts"))
    return tree({ ...options, signal, onProgress: ({ message }) => onProgress(message) });
  const worker = startOwn(fileURLToPath(new URL("./run-worker.js", import.meta.url)));
  const abort = (): void => {
    worker.send("abort");
    worker.leave();
    setTimeout(() => worker.kill(), GRACE_MS).unref();
  };
  signal.addEventListener("abort", abort, { once: true });
  try {
    const answer = answerOf(worker, onProgress);
    worker.send(options);
    return await answer;
  } finally {
    signal.removeEventListener("abort", abort);
    // NOTE: it may still write down what the next run need not find out
    worker.leave();
  }
}

function answerOf(worker: OwnProcess, onProgress: (message: string) => void): Promise<Tree> {
  return new Promise((resolve, reject) => {
    worker.onMessage((message) => {
      const answer = message as WorkerAnswer;
      if ("progress" in answer) onProgress(answer.progress);
      else if ("tree" in answer) resolve(answer.tree);
      else reject(unpackError(answer.error));
    });
    worker.onEnd((error) => reject(error ?? new Error("the run ended without an answer")));
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
