import type { FixHint } from "./fix.ts";
import type { Host } from "./host.ts";
import type { NotAnalysed, Span } from "./place.ts";
import type { Notice, SuppressionKind } from "./suppression.ts";
import type { Confidence, Harm, Level } from "./rule.ts";
import type { Context } from "./site.ts";
import type { Edition, PackageSource } from "./workspace.ts";

/** One rule at one place: the unit of every report. */
export interface Result {
  readonly rule: string;
  readonly taxa: readonly string[];
  readonly level: Level;
  readonly confidence: Confidence;
  readonly harm: Harm;
  readonly message: string;
  /** What to do about it, one sentence. */
  readonly help?: string;
  readonly hosts: readonly Host[];
  readonly package: { readonly name: string; readonly version: string };
  /** Relative to the package's folder, `/`-separated. */
  readonly file: string;
  readonly span: Span;
  readonly symbol: string;
  readonly construct: Context;
  readonly active: "yes" | "unknown";
  readonly reachable: "yes" | "no" | "unknown";
  /** Evidence for `reachable: yes`: items from a root of the program to this place. */
  readonly via?: readonly string[];
  /** Does not move with line numbers: baselines and alerts depend on it. */
  readonly fingerprint: string;
  /** How many places it stands for, where a rule tells a hazard once per package or file. */
  readonly places?: number;
  /** How many places use the constant that is defined here. */
  readonly uses?: number;
  /** Constants of a table that it stands for. */
  readonly entries?: readonly string[];
  /** What can be done about it, at each place that it stands for. */
  readonly fixes?: readonly FixHint[];
  /** The profile that repairs this, with how. */
  readonly closed?: { readonly by: string; readonly how: string };
  /** Why this weighs less than the rule says: a profile, or something known about the crate. */
  readonly demoted?: { readonly by: string; readonly how: string };
  readonly suppressed?: {
    readonly kind: SuppressionKind;
    readonly reason: string;
  };
}

/** What is predicted for a program or a crate on one host. */
export const HOST_VERDICTS = [
  "works",
  "works with changes",
  "degraded",
  "fails",
  "does not build",
  "unknown",
] as const;
export type HostVerdict = (typeof HOST_VERDICTS)[number];

/** Of several the first is what holds, as in `data/verdict.yml`. */
export const WORST_FIRST: readonly HostVerdict[] = [
  "does not build",
  "fails",
  "works with changes",
  "unknown",
  "degraded",
  "works",
];

/** What a crate asks of whoever takes it into an APE. */
export const PACKAGE_VERDICTS = [
  "as is",
  "patch",
  "fork",
  "replace",
  "blocked",
  "unknown",
] as const;
export type PackageVerdict = (typeof PACKAGE_VERDICTS)[number];

export interface PackageReport {
  readonly name: string;
  readonly version: string;
  readonly source: PackageSource;
  readonly edition: Edition;
  /** Absolute; never written to a report, used to read code for frames. */
  readonly dir: string;
  /** One shortest way from a root package to this one, names with versions. */
  readonly path: readonly string[];
  readonly features: readonly string[];
  readonly verdict: PackageVerdict;
  readonly counts: Readonly<Record<Level, number>>;
  readonly own: boolean;
  /** What it asks for itself and what is compiled for the target, names with versions. */
  readonly dependencies?: readonly string[];
  /** Verdict per host of this package by itself. */
  readonly cells?: Readonly<Partial<Record<Host, HostVerdict>>>;
}

export interface MatrixRow {
  readonly host: Host;
  readonly verdict: HostVerdict;
  /** Fingerprints or sentences that decide the cell, the deciding one first. */
  readonly because: readonly string[];
  /** What holds on this host whatever the code says (F-006: the loader on newer OpenBSD). */
  readonly notes?: readonly string[];
}

export interface Stats {
  readonly packages: number;
  readonly files: number;
  readonly bytes: number;
  readonly milliseconds: Readonly<Record<string, number>>;
}

/** Everything that a run found: the input of every reporter. */
export interface Report {
  readonly tool: { readonly name: string; readonly version: string };
  readonly release: string;
  readonly profile: string;
  readonly target: string;
  readonly hosts: readonly Host[];
  /** Where the user's tree is; reports show paths relative to it. */
  readonly root: string;
  readonly packages: readonly PackageReport[];
  readonly results: readonly Result[];
  readonly matrix: readonly MatrixRow[];
  readonly notAnalysed: readonly NotAnalysed[];
  readonly stats: Stats;
  /** What is to be said of the user's own judgements: ignores, suppressions, baseline. */
  readonly notices?: readonly Notice[];
}
