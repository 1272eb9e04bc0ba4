/** A line of a section; code is shown as it is, everything else is wrapped. */
export type PlanLine =
  | { readonly kind: "say"; readonly text: string; readonly depth?: number }
  | { readonly kind: "code"; readonly text: string };

/** One step of the work list. */
export interface PlanSection {
  readonly title: string;
  readonly lines: readonly PlanLine[];
}

/** Prose. */
export const say = (text: string, depth = 0): PlanLine => ({ kind: "say", text, depth });
/** Text to copy. */
export const code = (text: string): PlanLine => ({ kind: "code", text: text.trimEnd() });
