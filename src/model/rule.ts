/** How the harm shows; results are sorted by it, worst first. */
export const HARMS = ["silent", "aborts", "fails", "build", "degraded"] as const;
export type Harm = (typeof HARMS)[number];

export const LEVELS = ["error", "warning", "note"] as const;
export type Level = (typeof LEVELS)[number];

export const CONFIDENCES = ["high", "medium", "low"] as const;
export type Confidence = (typeof CONFIDENCES)[number];

/** An entry of the field notes' list of findings. */
export interface Taxon {
  readonly id: string;
  readonly title: string;
  readonly hosts: string;
  readonly rootClass: string;
  /** `published`, or `reconstructed` where no stored copy of the notes says it: never show one as the other. */
  readonly status: "published" | "reconstructed";
  readonly source: string;
}
