import type { Baseline } from "./baseline.ts";
import type { Host } from "./host.ts";
import { LEVELS, type Level } from "./rule.ts";
import type { CfgAtom } from "./workspace.ts";

/** What a run is about. */
export type RunInput =
  /** A folder or a Cargo.toml. */
  | { readonly kind: "path"; readonly path: string }
  /** A published crate; no version means the newest. */
  | { readonly kind: "crate"; readonly name: string; readonly version?: string }
  /** One Rust file, taken as a crate's root by itself. */
  | { readonly kind: "file"; readonly path: string }
  /** The same, from standard input. */
  | { readonly kind: "stdin"; readonly text: string };

/** Cargo's own flags, with cargo's meaning. */
export interface CargoFlags {
  readonly features?: readonly string[];
  readonly allFeatures?: boolean;
  readonly noDefaultFeatures?: boolean;
  /** `-p`: package names or `name@version`. */
  readonly packages?: readonly string[];
  readonly workspace?: boolean;
  readonly exclude?: readonly string[];
  readonly locked?: boolean;
  readonly offline?: boolean;
}

/** Lowest level that makes a run fail; `never` for a run that only tells. */
export const FAIL_ON = [...LEVELS, "never"] as const;
export type FailOn = (typeof FAIL_ON)[number];

/** A level that the user gives to a rule instead of the rule's own. */
export type LevelSetting = Level | "off";

/** A result that the user has judged and does not want to hear of, with the reason. */
export interface Ignore {
  /** Rule id; absent: every rule. */
  readonly rule?: string;
  /** `name`, or `name@range` in Cargo's notation; absent: every package. */
  readonly crate?: string;
  /** Glob over the file's path in its package; absent: every file. */
  readonly path?: string;
  /** Name of a constant, function or struct; absent: every one. */
  readonly symbol?: string;
  /** Only results that show on no other host than these; absent: wherever they show. */
  readonly hosts?: readonly Host[];
  readonly reason: string;
  /** Last day on which it holds, `YYYY-MM-DD`. */
  readonly until?: string;
  /** Where it is written, `file:line:column`, for the note about an unused or expired one. */
  readonly place: string;
}

/** One step of a run, told while it goes on. */
export interface Progress {
  readonly stage: string;
  readonly message: string;
}

/** Part `index` (from 1) of `count` parts. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** A piece of work that is over, for `--timings` and `--trace`. */
export interface WorkSpan {
  readonly kind: "stage" | "crate";
  /** Name of the stage, or id of the package. */
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly start: number;
  readonly milliseconds: number;
  /** 0 is the main thread. */
  readonly thread: number;
  /** True when it was not done but remembered. */
  readonly cached: boolean;
}

/** All that a run needs to know: the command line and the configuration, already joined. */
export interface RunOptions {
  readonly input: RunInput;
  readonly cargo?: CargoFlags;
  /** True: read manifests, lockfile and sources ourselves even when cargo is there. */
  readonly noCargo?: boolean;
  /** Hosts that are judged; absent: all. */
  readonly hosts?: readonly Host[];
  /** Id of a profile, or a path to a profile's file; absent: `none`. */
  readonly profile?: string;
  /** Release of cosmocc; absent: the default one. */
  readonly release?: string;
  /** A triple that is analysed instead of the APE's own two. */
  readonly target?: string;
  /** Cfgs that the build sets besides the target's own and the profile's. */
  readonly cfgs?: readonly CfgAtom[];
  /** Folders with rules of the user's own, besides ours. */
  readonly ruleDirs?: readonly string[];
  readonly levels?: Readonly<Record<string, LevelSetting>>;
  /** Where the configuration sets a rule's level: `ape-lint.toml:3:1`. */
  readonly levelPlaces?: Readonly<Record<string, string>>;
  readonly ignores?: readonly Ignore[];
  /** False: suppressions beside the code are not listened to. */
  readonly inSource?: boolean;
  /** Results that were there before; they fail no run. */
  readonly baseline?: Baseline;
  /** Only this part of the workspace's packages, for runs on several machines. */
  readonly shard?: Shard;
  /** Workers; absent: as many as the machine has cores. */
  readonly jobs?: number;
  /** Absent: the user's own cache folder; `false`: no cache. */
  readonly cacheDir?: string | false;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** Told about every piece of work when it is over. */
  readonly onSpan?: (span: WorkSpan) => void;
  /** Told what the user should know although the run goes on. */
  readonly onNotice?: (message: string) => void;
}
