import type { Span } from "./place.ts";

/** Ways to repair a place that code exists for; a rule names those that answer what it sees. */
export const FIX_NAMES = [
  /** Put the read of a static into `unsafe { }`. */
  "read-in-unsafe",
  /** Make a match arm's pattern a binding with a guard, or an `if let` a comparison. */
  "pattern-to-guard",
  /** Make a `const fn` a plain one, so that it can read a static. */
  "drop-const",
  /** Put another text in the place of what is marked. */
  "replace",
  /** Turn a feature of a dependency on, in the manifest of whoever was asked about. */
  "turn-on-feature",
] as const;
export type FixName = (typeof FIX_NAMES)[number];

/** `safe`: the program means the same as before. `unsafe`: a person has to look at it. */
export const FIX_KINDS = ["safe", "unsafe"] as const;
export type FixKind = (typeof FIX_KINDS)[number];

/** What is said of a fix before the text was looked at. */
export const FIX_ABOUT: Readonly<
  Record<FixName, { readonly kind: FixKind; readonly does: string }>
> = {
  "read-in-unsafe": { kind: "safe", does: "read it in `unsafe`" },
  "pattern-to-guard": { kind: "unsafe", does: "compare in a guard instead of matching" },
  "drop-const": { kind: "unsafe", does: "make the function a plain one and read it in `unsafe`" },
  replace: { kind: "safe", does: "write the constant in place of the number" },
  "turn-on-feature": { kind: "unsafe", does: "turn on a feature of the crate" },
};

/**
 * A repair that a rule names for a place. Whether it can be done there is seen when the text is looked at: `src/fix`
 * makes edits of hints and texts.
 */
export interface FixHint {
  readonly apply: FixName;
  /** Relative to the package's folder, `/`-separated. */
  readonly file: string;
  readonly span: Span;
  readonly symbol: string;
  /** The new text, where the fix needs one. */
  readonly text?: string;
}

/** One change of a file, half-open; positions as everywhere: from 1, columns in UTF-16 units. */
export interface FixEdit extends Span {
  readonly newText: string;
}

/** What can be done about a result. All edits belong together. */
export interface Fix {
  readonly title: string;
  readonly kind: FixKind;
  /** In the result's own file. */
  readonly edits: readonly FixEdit[];
  /** In other files, under the names that the caller gave them. */
  readonly elsewhere?: readonly { readonly file: string; readonly edits: readonly FixEdit[] }[];
  /** `repair` changes the code, `suppress` says beside it that it may stay, `explain` only leads to `link`. */
  readonly does: "repair" | "suppress" | "explain";
  readonly link?: string;
}
