import { CONFIDENCES, HARMS, LEVELS } from "../model/rule.ts";
import type { Confidence, Harm, Level } from "../model/rule.ts";
import type { Result } from "../model/result.ts";
import { byText } from "../util/sorted.ts";

interface Weight {
  readonly harm: Harm;
  readonly level: Level;
  readonly confidence: Confidence;
}

/** Worst first: notes go last whatever their harm (they were judged weak), then harm, level, confidence. */
export function byWeight(a: Weight, b: Weight): number {
  return (
    Number(a.level === "note") - Number(b.level === "note") ||
    HARMS.indexOf(a.harm) - HARMS.indexOf(b.harm) ||
    LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) ||
    CONFIDENCES.indexOf(a.confidence) - CONFIDENCES.indexOf(b.confidence)
  );
}

/** Order of places in the code. */
export function byPlace(a: Result, b: Result): number {
  return (
    byText(a.file, b.file) ||
    a.span.start.line - b.span.start.line ||
    a.span.start.column - b.span.start.column ||
    byText(a.symbol, b.symbol) ||
    byText(a.fingerprint, b.fingerprint)
  );
}

const REACHED = ["yes", "unknown", "no"] as const;

/** The most telling first: sure to run, on many hosts, with a number of the field notes. */
export function byEvidence(a: Result, b: Result): number {
  return (
    byWeight(a, b) ||
    REACHED.indexOf(a.reachable) - REACHED.indexOf(b.reachable) ||
    Number(b.active === "yes") - Number(a.active === "yes") ||
    Number(a.construct === "import") - Number(b.construct === "import") ||
    Number(b.taxa.length > 0) - Number(a.taxa.length > 0) ||
    b.hosts.length - a.hosts.length ||
    byPlace(a, b)
  );
}
