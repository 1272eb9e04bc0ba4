import type { Host } from "./host.ts";
import type { CfgAtom } from "./workspace.ts";

/** What a porter's SDK does about one name. Without `hosts` it holds on every host. */
export interface Repair {
  /** `closes`: the hazard is gone there. `demotes`: it is still there and weaker. */
  readonly effect: "closes" | "demotes";
  /** How, in one sentence for a person. */
  readonly how: string;
  /** Where that is known from: a repository with path, a crate with version. */
  readonly source: string;
  readonly hosts?: readonly Host[];
  /** How a constant is repaired; a static compiles at fewer places than the constant it stands for. */
  readonly mode?: "extern-static" | "translated";
}

export type Repairs = Readonly<Record<string, Repair>>;

/** A crate that the SDK brings in a patched form. */
export interface PatchedCrate {
  readonly name: string;
  /** Range of versions, in semver's notation; `*` for all. */
  readonly versions: string;
  /** The rules whose results in this crate the patch answers; absent: all. */
  readonly rules?: readonly string[];
  /** Only these names, where a rule has more than the patch covers. */
  readonly symbols?: readonly string[];
  readonly effect: "closes" | "demotes";
  readonly how: string;
  readonly source: string;
  readonly hosts?: readonly Host[];
}

/** What the porter's SDK already repairs; data of `data/profiles/`. */
export interface Profile {
  readonly id: string;
  readonly title: string;
  readonly sources: readonly string[];
  /** Told to the compiler on top of the target's own. */
  readonly cfgs: readonly CfgAtom[];
  readonly rustflags: readonly string[];
  /** Constants of the libc crate that become run-time values, by name. */
  readonly constants: Repairs;
  /** C functions that the SDK adds or wraps; on hosts that a repair leaves out they stay as knowledge says. */
  readonly functions: Repairs;
  /** Structs whose layout the SDK corrects, by the libc crate's name. */
  readonly structs: Repairs;
  /** Hazards inside std, by the key that the rules name (`clock`, `socket`, `errno-kind` …). */
  readonly std: Repairs;
  /** Repairs that fit no table, by rule id. */
  readonly rules: Repairs;
  readonly crates: readonly PatchedCrate[];
  /** Hosts that the SDK itself was tried on; empty: not said. */
  readonly hosts: readonly Host[];
  /** What the SDK itself says does not work, one sentence each. */
  readonly limits?: readonly string[];
}
