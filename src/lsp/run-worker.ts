import { tree } from "../api.ts";
import { GRACE_MS, packError, type WorkerAnswer, type WorkerOptions } from "./runner.ts";

/** One run in a process of its own, so that the editor is answered meanwhile; its memory goes with the process. */
const abort = new AbortController();

const tell = (answer: WorkerAnswer): Promise<void> =>
  new Promise((resolve) => {
    if (process.connected) process.send?.(answer, undefined, undefined, () => resolve());
    else resolve();
  });

const giveUp = (): void => {
  abort.abort();
  setTimeout(() => process.exit(1), GRACE_MS).unref();
};

async function answer(options: WorkerOptions): Promise<WorkerAnswer> {
  const onProgress = ({ message }: { message: string }): void => void tell({ progress: message });
  try {
    return { tree: await tree({ ...options, signal: abort.signal, onProgress }) };
  } catch (error) {
    return { error: packError(error) };
  }
}

// who asked may be killed
process.once("disconnect", giveUp);
process.once("message", (options) => {
  process.once("message", giveUp);
  void answer(options as WorkerOptions).then(async (said) => {
    await tell(said);
    process.off("disconnect", giveUp);
    if (process.connected) process.disconnect();
  });
});
