import { setFlagsFromString } from "node:v8";

/**
 * V8's flags for a process that lives for seconds, by major version of Node; other versions run as they are.
 * A run over a large tree is over soon after V8 has optimized the code that does it: half of the processor's time went
 * into optimizing, nearly all of that into functions that were inlined into one another. Figures:
 * docs/decisions/0024-v8-flags.md.
 */
const FLAGS: Readonly<Record<number, readonly string[]>> = {
  20: ["--max-inlined-bytecode-size-cumulative=150", "--interrupt-budget=400000"],
  22: ["--max-inlined-bytecode-size-cumulative=150", "--invocation-count-for-turbofan=10000"],
  24: ["--max-inlined-bytecode-size-cumulative=150", "--invocation-count-for-turbofan=10000"],
};

/** The flags for a version such as `20.19.0`. */
export function v8FlagsFor(version: string): readonly string[] {
  return FLAGS[Number.parseInt(version, 10)] ?? [];
}

/** Sets them for this process and for all threads that it starts. */
export function setV8Flags(version = process.versions.node): void {
  for (const flag of v8FlagsFor(version)) setFlagsFromString(flag);
}
