import type { Position } from "./place.ts";
import type { Level } from "./rule.ts";

/** A change of a file's text: offsets in UTF-16 units, `end` after the last one. */
export interface FileEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Something in the toolchain's files that does not go with an APE. */
export interface DoctorFinding {
  /** What was looked at, kebab-case: `field-type`, `data-layout`, `linker-pin` … */
  readonly check: string;
  readonly level: Level;
  /** Relative to the workspace's root, `/`-separated. */
  readonly file: string;
  readonly start: Position;
  readonly message: string;
  /** What to write instead, one sentence. */
  readonly fix: string;
  /** What `--fix` does; absent: it is left to the user. */
  readonly edits?: readonly FileEdit[];
}

/** Something about a system that an APE runs on, whatever its code is. */
export interface HostAdvice {
  readonly system: string;
  readonly text: string;
  readonly source: string;
}
