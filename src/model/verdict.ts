import type { Host } from "./host.ts";
import type { NotAnalysedCause } from "./place.ts";
import type { Result, HostVerdict, MatrixRow, PackageVerdict } from "./result.ts";
import type { Confidence, Harm, Level } from "./rule.ts";
import type { SuppressionKind } from "./suppression.ts";
import type { PackageSource } from "./workspace.ts";

type ListOrNot<T> = T | readonly T[] | { readonly not: T | readonly T[] };

/** Which results a folding rule speaks about; all given fields must fit. */
export interface ResultFilter {
  readonly rule?: ListOrNot<string> | undefined;
  readonly harm?: ListOrNot<Harm> | undefined;
  readonly level?: ListOrNot<Level> | undefined;
  readonly confidence?: ListOrNot<Confidence> | undefined;
  readonly active?: ListOrNot<Result["active"]> | undefined;
  readonly reachable?: ListOrNot<Result["reachable"]> | undefined;
  readonly source?: ListOrNot<PackageSource> | undefined;
  readonly suppressed?: ListOrNot<"no" | SuppressionKind> | undefined;
  /** In the user's own packages, or in the one that was asked about. */
  readonly own?: boolean | undefined;
  /** With an F id: somebody saw programs fail by it. */
  readonly taxa?: boolean | undefined;
  readonly closed?: boolean | undefined;
  readonly demoted?: boolean | undefined;
}

/** One step of the folding: the first that fits decides. */
export interface FoldingRule<V extends string> {
  readonly verdict: V;
  /** Why this verdict follows; shown when no result speaks for itself. */
  readonly why: string;
  /** At least one result of this kind harms the host (or stands in the package). */
  readonly results?: ResultFilter | undefined;
  /** At least one thing of these causes could not be looked into. */
  readonly notAnalysed?: readonly NotAnalysedCause[] | undefined;
  /** With `notAnalysed`: in the user's own packages, or in the one that was asked about. */
  readonly ownSources?: boolean | undefined;
  /** The profile's SDK was tried on other hosts, not on this one. */
  readonly untried?: boolean | undefined;
}

/** A note about a host that no line of code causes. */
export interface HostNote {
  readonly hosts: readonly Host[];
  readonly taxon?: string | undefined;
  readonly text: string;
}

/** How results become verdicts: data of `data/verdict.yml`. */
export interface Folding {
  /** Results that never count, each with a reason. */
  readonly leaveOut: readonly { readonly results: ResultFilter; readonly why: string }[];
  readonly hosts: readonly FoldingRule<HostVerdict>[];
  readonly packages: readonly FoldingRule<PackageVerdict>[];
  readonly notes: readonly HostNote[];
}

/** One crate of the tree against the hosts. */
export interface CrateRow {
  readonly name: string;
  readonly version: string;
  readonly own: boolean;
  readonly path: readonly string[];
  readonly verdict: PackageVerdict;
  readonly cells: Readonly<Partial<Record<Host, HostVerdict>>>;
  /** Fingerprints of the results that decide, worst first. */
  readonly because: readonly string[];
  /** Places that have to be worked on, by construct. */
  readonly work: Readonly<Record<string, number>>;
}

/** `ape-lint matrix`: hosts against crates, and the line of the whole program. */
export interface Matrix {
  readonly release: string;
  readonly profile: string;
  readonly hosts: readonly Host[];
  readonly workload: readonly MatrixRow[];
  readonly crates: readonly CrateRow[];
  readonly results: readonly Result[];
  readonly notes: readonly HostNote[];
}

/** One step of a path in the graph of crates. */
export interface WhyStep {
  readonly from: string;
  readonly to: string;
  readonly kind: "normal" | "build";
  /** Features of `from` that bring `to` in; empty when it is not optional. */
  readonly enabledBy: readonly string[];
  /** Features of `to` that this edge asks for. */
  readonly asks: readonly string[];
}

/** `ape-lint why CRATE`: every way into the tree, and what that brings. */
export interface Why {
  readonly name: string;
  readonly version: string;
  readonly verdict: PackageVerdict;
  readonly features: readonly string[];
  readonly paths: readonly (readonly WhyStep[])[];
  /** True when there are more paths than are listed. */
  readonly more: boolean;
  readonly results: readonly Result[];
}
