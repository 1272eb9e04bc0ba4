import { serialize } from "node:v8";
import { threadId } from "node:worker_threads";
import { move } from "piscina";
import { readCrates, WORK_HEAD, type CrateTask } from "./crates.ts";

/** A worker's whole job: read one package and hand its facts over as bytes, without a copy. */
export default function work(task: CrateTask): unknown {
  const start = Date.now();
  const before = performance.now();
  const bytes = serialize(readCrates(task));
  const own = new ArrayBuffer(WORK_HEAD + bytes.length);
  new Uint8Array(own, WORK_HEAD).set(bytes);
  new Float64Array(own, 0, 3).set([start, performance.now() - before, threadId]);
  return move(own);
}
