import { serialize } from "node:v8";
import { move } from "piscina";
import { readCrates, type CrateTask } from "./crates.ts";

/** A worker's whole job: read one package and hand its facts over as bytes, without a copy. */
export default function work(task: CrateTask): unknown {
  const bytes = serialize(readCrates(task));
  // NOTE: a view of its own buffer, never of a pool that others use
  const own = new Uint8Array(bytes);
  return move(own.buffer);
}
