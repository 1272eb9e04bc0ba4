import type { Io } from "./io.ts";

/** One call of a command: its operands, its switches as commander read them, and the process. */
export interface Invocation {
  readonly operands: readonly string[];
  /** By commander's names (`manifestPath`); narrowed by whoever reads them. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly io: Io;
}
