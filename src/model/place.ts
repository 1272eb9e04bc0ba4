/** Line and column count from 1; columns in UTF-16 units (as LSP, SARIF and JavaScript strings count). */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A half-open range of one file: `end` is the place after the last character. */
export interface Span {
  readonly start: Position;
  readonly end: Position;
}

/** What kind of thing was left out: one word per cause, stable, countable. */
export const NOT_ANALYSED_CAUSES = [
  "missing-file",
  "unreadable-file",
  "not-utf8",
  "outside-package",
  "too-large",
  "syntax",
  "macro",
  "include",
  "generated-code",
  "package",
  "approximate",
  "limit",
] as const;
export type NotAnalysedCause = (typeof NOT_ANALYSED_CAUSES)[number];

/** Something that the analysis could not look into. Nothing is skipped without one of these. */
export interface NotAnalysed {
  readonly cause: NotAnalysedCause;
  /** One sentence for a person: what, and what it means. */
  readonly message: string;
  readonly package?: string;
  readonly file?: string;
  readonly span?: Span;
  /** It is part of the program only where this variable is set; absent in reports. */
  readonly variable?: string;
}
