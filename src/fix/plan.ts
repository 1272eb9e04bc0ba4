import type { FixHint, FixKind } from "../model/fix.ts";
import type { Edit } from "./edits.ts";
import type { Source } from "./source.ts";

/** What is known of the crate besides the file at hand. */
export interface FixContext {
  /** Texts of the crate's other files; absent: nothing is known of them. */
  readonly others?: readonly string[];
}

/** Edits that answer one or several hints; all of them or none. */
export interface Planned {
  readonly title: string;
  readonly kind: FixKind;
  readonly hints: readonly FixHint[];
  readonly edits: readonly Edit[];
}

/** A hint and the token that it is about. */
export interface Marked {
  readonly hint: FixHint;
  readonly token: number;
}

/** Makes edits of the hints of one kind in one file; hints that it cannot answer it leaves out. */
export type Fixer = (
  source: Source,
  marked: readonly Marked[],
  context: FixContext,
) => readonly Planned[];
