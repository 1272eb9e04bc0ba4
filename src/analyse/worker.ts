import { serialize } from "node:v8";
import { threadId } from "node:worker_threads";
import { Cache } from "../extract/cache.ts";
import { readCrates, WORK_HEAD, type KeptPackage } from "./crates.ts";
import { SeriesCounts, type Series, type Work } from "./series.ts";
import { messageOf } from "../util/errors.ts";

let cache: Cache | undefined;

/** A worker's whole job: read one package after the other, keep their facts, and hand them over without a copy. */
export default function work({ works, port, me, ...series }: Series): void {
  const counts = SeriesCounts.of(series);
  for (let at = counts.claim(me); at < works.length; at = counts.claim(me)) {
    try {
      const buffer = read(works[at]!);
      counts.addAhead(buffer.byteLength);
      port.postMessage({ at, buffer }, [buffer]);
    } catch (error) {
      port.postMessage({ at, error: messageOf(error) });
    }
  }
}

function read({ keep, ...task }: Work): ArrayBuffer {
  const start = Date.now();
  const before = performance.now();
  const found: KeptPackage = { state: keep?.state ?? "", answer: readCrates(task) };
  const bytes = serialize(found);
  const own = new ArrayBuffer(WORK_HEAD + bytes.length);
  new Uint8Array(own, WORK_HEAD).set(bytes);
  if (keep !== undefined) {
    // NOTE: what can't be written is told by the thread that asked, which writes there too
    cache ??= new Cache({ dir: keep.dir });
    cache.putBytes("facts", keep.key, bytes);
  }
  new Float64Array(own, 0, 3).set([start, performance.now() - before, threadId]);
  return own;
}
