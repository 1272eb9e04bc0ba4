import type { Host } from "./host.ts";
import type { Confidence, Harm } from "./rule.ts";

/** Something about a named crate that no structure of its source shows. Always with evidence. */
export interface CrateFact {
  /** Unique inside the crate, kebab-case. */
  readonly id: string;
  /**
   * `hazard`: it breaks. `falls-back`: the code has another way when `symbols` fail, so they are no failure.
   * `works`: shown to work although its parts look bad.
   */
  readonly kind: "hazard" | "falls-back" | "works";
  /** Range of versions, in semver's notation; `*` for all. */
  readonly versions: string;
  /** Hosts that it holds on; empty: all. */
  readonly hosts: readonly Host[];
  /** For hazards: how the harm shows. */
  readonly harm?: Harm;
  readonly confidence: Confidence;
  /** Profiles that it holds under; absent: all. */
  readonly profiles?: readonly string[];
  /** Only with one of these features of the crate on. */
  readonly whenFeatures?: readonly string[];
  /** Not when one of these features of the crate is on. */
  readonly unlessFeatures?: readonly string[];
  /** The names that a `falls-back` or `works` speaks about; absent: all results in the crate. */
  readonly symbols?: readonly string[];
  /** The rules that a `falls-back` or `works` speaks about; absent: all. */
  readonly rules?: readonly string[];
  readonly taxa?: readonly string[];
  /** One sentence: what happens. */
  readonly summary: string;
  /** One sentence: what to do. */
  readonly help?: string;
  /** Where it is known from, at least one. */
  readonly sources: readonly string[];
}

/** A way out of what a crate brings: another feature, another crate, or none at all. Always with evidence. */
export interface CrateSwitch {
  /** Unique inside the crate, kebab-case. */
  readonly id: string;
  /**
   * `feature`: turn `feature` of the crate on. `cfg`: build with `--cfg`. `instead`: another crate, `to`.
   * `without`: leave the crate out.
   */
  readonly kind: "feature" | "cfg" | "instead" | "without";
  readonly feature?: string;
  readonly cfg?: string;
  readonly to?: string;
  readonly versions: string;
  /** Profiles that it helps under; absent: all. */
  readonly profiles?: readonly string[];
  /** Not when one of these features of the crate is on. */
  readonly unlessFeatures?: readonly string[];
  /** One sentence: what to do. */
  readonly summary: string;
  /** What it costs, one sentence. */
  readonly cost?: string;
  readonly sources: readonly string[];
}

/** What is known about a crate by name; data of `data/crates/`. */
export interface KnownCrate {
  readonly name: string;
  readonly switches?: readonly CrateSwitch[];
  readonly facts: readonly CrateFact[];
}
