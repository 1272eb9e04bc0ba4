import type { Host } from "./host.ts";
import type { HostVerdict, PackageVerdict } from "./result.ts";
import type { Harm, Level } from "./rule.ts";

/** One rule about one name in one crate: what a change of dependencies brings or takes away. */
export interface Hazard {
  readonly rule: string;
  readonly symbol: string;
  readonly level: Level;
  readonly harm: Harm;
  readonly taxa: readonly string[];
  readonly hosts: readonly Host[];
  readonly message: string;
  /** Places in the code. */
  readonly places: number;
  /** `file:line` of the first of them. */
  readonly place: string;
}

/** A crate that is not the same before and after. */
export interface PackageChange {
  readonly name: string;
  readonly own: boolean;
  /** Versions; empty: it was not there. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly verdicts: readonly [
    before: PackageVerdict | undefined,
    after: PackageVerdict | undefined,
  ];
  /** The way into the tree, names with versions. */
  readonly path: readonly string[];
  readonly added: readonly Hazard[];
  readonly removed: readonly Hazard[];
}

/** What changes between two states of a tree. */
export interface TreeDiff {
  readonly before: string;
  readonly after: string;
  /** Crates with another version, or with hazards that came or went. */
  readonly packages: readonly PackageChange[];
  readonly hosts: readonly {
    readonly host: Host;
    readonly before: HostVerdict | undefined;
    readonly after: HostVerdict | undefined;
  }[];
  /** Hazards in both. */
  readonly stays: number;
}
