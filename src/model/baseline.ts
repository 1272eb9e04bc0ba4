import type { Host } from "./host.ts";

/** Results of one rule about one name, at one place that survives edits: a file of own code, or a dependency. */
export interface BaselineEntry {
  readonly rule: string;
  /** Name without version: a bump does not bring old results back. */
  readonly package: string;
  /** Own code: path in the package. Absent for dependencies. */
  readonly file?: string;
  /** What the result is about. */
  readonly symbol: string;
  /** One short fingerprint for each result; their number is how many are known. */
  readonly places: readonly string[];
}

/** Results that were there when we were adopted: they are known, only others fail a run. */
export interface Baseline {
  readonly version: 1;
  /** What it was written with; a run with something else does not call entries stale. */
  readonly release: string;
  readonly profile: string;
  readonly hosts: readonly Host[];
  readonly results: readonly BaselineEntry[];
}
