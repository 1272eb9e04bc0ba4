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

/** A changed copy of a crate that others published and a program can take in place of the crate. */
export interface PublishedFork {
  readonly name: string;
  /** Versions of the crate that it can stand in for, in semver's notation. */
  readonly versions: string;
  /** Where it is: a git repository, or a folder of the SDK (below what `root` names). */
  readonly git?: string;
  readonly branch?: string;
  readonly path?: string;
  /** `sdk`: part of the SDK, every program takes it. `tree`: only a program that has places which need it. */
  readonly brought: "sdk" | "tree";
  readonly source: string;
}

/** A C function that a program links besides libcosmo. */
export interface Shim {
  readonly name: string;
  /** `sdk`: it is there. `program`: the program has to define it itself. */
  readonly brought: "sdk" | "program";
  /** `std`: every program needs it. `use`: only one that calls it. */
  readonly needed: "std" | "use";
  readonly how: string;
  readonly source: string;
}

/** One thing to do once before a profile can be built with. */
export interface SetupStep {
  readonly text: string;
  readonly run?: string;
  readonly source: string;
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
  /** What a CI job runs, from the project's folder, to build the APE, and where that is; `{bin}` is the program. */
  readonly ci?: {
    readonly steps: readonly { readonly name: string; readonly run: string }[];
    readonly file: string;
    readonly source: string;
  };
  /** Its SDK calls cargo itself, with every switch that a custom target needs. */
  readonly drivesCargo?: boolean;
  /** Published forks that belong to it. */
  readonly forks?: readonly PublishedFork[];
  readonly shims?: readonly Shim[];
  /** How to get it and build with it, in order. */
  readonly setup?: readonly SetupStep[];
  /** What the SDK itself says does not work, one sentence each. */
  readonly limits?: readonly string[];
}
