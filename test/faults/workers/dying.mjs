import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { serialize } from "node:v8";

/** A worker whose package's name says what becomes of it; what it answers has the form of the real one's. */
export default function work({ package: { name, dir } }) {
  if (name.startsWith("exits")) process.exit(7);
  if (name.startsWith("needs-memory")) exhaust();
  if (name.startsWith("throws")) throw new Error("no such folder");
  if (name.startsWith("once")) dieOnce(join(dir, name));
  const bytes = serialize({ kind: "target", sources: [], script: name });
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
