import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { serialize } from "node:v8";

/** A worker whose packages' names say what becomes of it; it takes and answers them as the real one does. */
export default function work({ works, shared, me, port }) {
  const counts = new Int32Array(shared);
  for (;;) {
    const at = Atomics.add(counts, 0, 1);
    Atomics.store(counts, 2 + me, at + 1);
    if (at >= works.length) return;
    try {
      port.postMessage({ at, buffer: read(works[at].package) });
    } catch (error) {
      port.postMessage({ at, error: error.message });
    }
  }
}

function read({ name, dir }) {
  if (name.startsWith("exits")) process.exit(7);
  if (name.startsWith("needs-memory")) exhaust();
  if (name.startsWith("throws")) throw new Error("no such folder");
  if (name.startsWith("once")) dieOnce(join(dir, name));
  const found = { kind: "target", sources: [], script: name };
  const bytes = serialize({ state: "", answer: found });
  const answer = new ArrayBuffer(24 + bytes.length);
  new Uint8Array(answer, 24).set(bytes);
  return answer;
}

function exhaust() {
  const all = [];
  for (;;) all.push(Array.from({ length: 10_000 }, (_, at) => ({ at })));
}

function dieOnce(mark) {
  if (existsSync(mark)) return;
  writeFileSync(mark, "");
  process.exit(7);
}
