/** How the harm shows; results are sorted by it, worst first. */
export const HARMS = ["silent", "aborts", "fails", "build", "degraded"] as const;
export type Harm = (typeof HARMS)[number];

/** How a harm shows, as a person says it. */
export const HARM_WORDS: Readonly<Record<Harm, string>> = {
  silent: "wrong at run time, without an error",
  aborts: "ends the program",
  fails: "fails at run time",
  build: "does not build",
  degraded: "works less well",
};

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

/** What reporters tell about a rule; the rule itself has its query besides. */
export interface RuleInfo {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly help: string;
  readonly harm: Harm;
  readonly level: Level;
  readonly confidence: Confidence;
  /** F ids that its results can carry. */
  readonly taxa: readonly string[];
  readonly tags: readonly string[];
  readonly links: readonly string[];
}
