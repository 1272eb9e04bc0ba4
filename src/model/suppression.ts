import type { Position } from "./place.ts";

/** Where the user's judgement of a result is written. */
export const SUPPRESSION_KINDS = ["inSource", "config", "baseline"] as const;
export type SuppressionKind = (typeof SUPPRESSION_KINDS)[number];

/** Why a suppression has no effect: no reason is given, no rule is named, or it cannot be read at all. */
export type SuppressionProblem = "no-reason" | "no-rule" | "malformed";

/** A result that the author judged beside the code: `// ape-lint: allow(rule, until = "2027-01-31") reason`. */
export interface Suppression {
  /** Ids of rules as written. */
  readonly rules: readonly string[];
  readonly reason: string;
  /** Last day on which it holds, `YYYY-MM-DD`. */
  readonly until?: string;
  readonly problem?: SuppressionProblem;
  readonly package: { readonly name: string; readonly version: string };
  /** Relative to the package's folder, `/`-separated. */
  readonly file: string;
  /** Where it is written. */
  readonly start: Position;
  /** First and last line that it speaks about. */
  readonly lines: readonly [from: number, to: number];
}

/** Kinds of notices: stable words, for machines. */
export const NOTICE_KINDS = [
  "unused-ignore",
  "expired-ignore",
  "unused-suppression",
  "expired-suppression",
  "no-reason",
  "no-rule",
  "malformed",
  "unknown-rule",
  "stale-baseline",
] as const;

/** Something about the user's own judgements that should be looked at; it fails no run. */
export interface Notice {
  readonly kind: (typeof NOTICE_KINDS)[number];
  /** `file:line:column`, or a file. */
  readonly place: string;
  readonly message: string;
}
