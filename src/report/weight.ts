import type { HostVerdict } from "../model/result.ts";

const WEIGHTS: Readonly<Record<HostVerdict, number>> = {
  "does not build": 5,
  fails: 4,
  "works with changes": 2,
  degraded: 1,
  unknown: 1,
  works: 0,
};

/** How much is wrong with a crate on some hosts together; 0: nothing on any. */
export function weightOf(verdicts: readonly HostVerdict[]): number {
  return verdicts.reduce((sum, verdict) => sum + WEIGHTS[verdict], 0);
}
