import { parentPort, workerData } from "node:worker_threads";
import { tree } from "../api.ts";
import { packError, type WorkerAnswer, type WorkerOptions } from "./runner.ts";

/** One run in a thread of its own, so that the editor is answered meanwhile; its memory goes with the thread. */
const port = parentPort;
if (port !== null) {
  const abort = new AbortController();
  port.once("message", () => abort.abort());
  const tell = (answer: WorkerAnswer): void => port.postMessage(answer);
  const onProgress = ({ message }: { message: string }): void => tell({ progress: message });
  const options = workerData as WorkerOptions;
  try {
    tell({ tree: await tree({ ...options, signal: abort.signal, onProgress }) });
  } catch (error) {
    tell({ error: packError(error) });
  }
  port.close();
}
