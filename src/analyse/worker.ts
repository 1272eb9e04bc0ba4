import { serialize } from "node:v8";
import { threadId } from "node:worker_threads";
import { move } from "piscina";
import { Cache } from "../extract/cache.ts";
import { readCrates, WORK_HEAD, type CrateTask } from "./crates.ts";

/** A package to read, and where its facts are to be kept. */
export interface Work extends CrateTask {
  readonly keep?: { readonly dir: string; readonly key: string };
}

let cache: Cache | undefined;

/** A worker's whole job: read one package, keep its facts, and hand them over as bytes, without a copy. */
export default function work({ keep, ...task }: Work): unknown {
  const start = Date.now();
  const before = performance.now();
  const bytes = serialize(readCrates(task));
  const own = new ArrayBuffer(WORK_HEAD + bytes.length);
  new Uint8Array(own, WORK_HEAD).set(bytes);
  if (keep !== undefined) {
    // NOTE: what can't be written is told by the thread that asked, which writes there too
    cache ??= new Cache({ dir: keep.dir });
    cache.putBytes("facts", keep.key, bytes);
  }
  new Float64Array(own, 0, 3).set([start, performance.now() - before, threadId]);
  return move(own);
}
