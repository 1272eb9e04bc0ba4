import type { FixHint, FixKind } from "../model/fix.ts";
import type { Edit } from "./edits.ts";
import type { Source } from "./source.ts";

/** Another file of the tree. */
export interface OtherFile {
  /** Whatever the caller calls it; edits in it come back under this name. */
  readonly file: string;
  readonly text: string;
}

/** What is known of the tree besides the file at hand. */
export interface FixContext {
  /** The other files that may name what is in this one; absent: nothing is known of them. */
  readonly others?: readonly OtherFile[];
  /** The crate's root or its manifest refuses `unsafe`; the file at hand is looked at anyway. */
  readonly forbidsUnsafe?: boolean;
}

/** Edits that answer one or several hints; all of them or none. */
export interface Planned {
  readonly title: string;
  readonly kind: FixKind;
  readonly hints: readonly FixHint[];
  readonly edits: readonly Edit[];
  /** Edits of other files that have to be made too. */
  readonly elsewhere?: readonly { readonly file: string; readonly edits: readonly Edit[] }[];
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
