import type { Arch } from "./host.ts";
import type { NotAnalysed } from "./place.ts";

/** Identity of a package in one run: `name@version`, with `+source` behind it when two sources bring the same. */
export type PackageId = string;

/** Editions of Rust, oldest first. */
export const EDITIONS = ["2015", "2018", "2021", "2024"] as const;
export type Edition = (typeof EDITIONS)[number];

/** Where a package's files come from. */
export const PACKAGE_SOURCES = ["path", "registry", "git"] as const;
export type PackageSource = (typeof PACKAGE_SOURCES)[number];

/** Kinds of compilation roots, in the order in which a package lists them. */
export const TARGET_KINDS = ["lib", "proc-macro", "bin", "build-script"] as const;
export type TargetKind = (typeof TARGET_KINDS)[number];

/** A compilation root of a package (Cargo calls it a target). */
export interface Target {
  readonly kind: TargetKind;
  readonly name: string;
  /** Name of the crate in code: `-` replaced by `_`. */
  readonly crateName: string;
  /** Relative to the package's folder, `/`-separated. */
  readonly root: string;
  readonly edition: Edition;
}

/** One edge of the resolved graph. */
export interface Dependency {
  readonly package: PackageId;
  /** Name in the dependant's code: after `package = "…"` renaming, `-` replaced by `_`. */
  readonly externName: string;
  readonly kind: "normal" | "build";
  /** The architectures for which this edge exists on the compile target; host edges name both. */
  readonly archs: readonly Arch[];
  /** Features that this edge asks for, as far as the manifest says (for `why`). */
  readonly features: readonly string[];
}

/** What a package is compiled as: for the APE's target per architecture, or for the machine that builds. */
export interface Build {
  readonly for: "target" | "host";
  readonly arch: Arch;
  readonly features: readonly string[];
}

export interface Package {
  readonly id: PackageId;
  readonly name: string;
  readonly version: string;
  readonly source: PackageSource;
  /** Absolute folder of the package's Cargo.toml. */
  readonly dir: string;
  readonly edition: Edition;
  readonly links?: string;
  readonly checksum?: string;
  readonly repository?: string;
  readonly targets: readonly Target[];
  /** Empty when the package is in the lockfile but not compiled for this target. */
  readonly builds: readonly Build[];
  readonly dependencies: readonly Dependency[];
}

/** A cfg that the compiler is told: `unix`, or `target_os = "linux"`. */
export interface CfgAtom {
  readonly name: string;
  readonly value?: string;
}

/** What cargo says would be compiled: the input of all later stages. */
export interface Workspace {
  /** Absolute folder of the workspace root. */
  readonly root: string;
  /** The packages that the user asked about, in order. */
  readonly roots: readonly PackageId[];
  readonly members: readonly PackageId[];
  readonly packages: ReadonlyMap<PackageId, Package>;
  /** Absolute path of the Cargo.lock that was used, when there is one in the user's tree. */
  readonly lockfile?: string;
  /** Cfgs that the project's or the user's compiler flags add to every crate (`tokio_unstable`). */
  readonly cfgs?: readonly CfgAtom[];
  /** Names of the variables that are set where the project is built, as far as its configuration and we ourselves see. */
  readonly variables?: ReadonlySet<string>;
  /** True when features and edges come from our own resolver instead of cargo. */
  readonly approximate: boolean;
  readonly notAnalysed: readonly NotAnalysed[];
}
