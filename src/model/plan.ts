import type { Host } from "./host.ts";
import type { Position } from "./place.ts";
import type { PublishedFork, SetupStep, Shim } from "./profile.ts";
import type { HostVerdict } from "./result.ts";

/** What a place of code needs, by the construct that it stands in. */
export const WORK_KINDS = [
  "wrap in unsafe",
  "drop const",
  "make it a function",
  "match to comparison",
  "table entry",
  "other",
] as const;
export type WorkKind = (typeof WORK_KINDS)[number];

/** One place of code that has to be written another way. */
export interface PlanSite {
  /** Relative to the package's folder, `/`-separated. */
  readonly file: string;
  readonly start: Position;
  readonly symbol: string;
  readonly rule: string;
  readonly work: WorkKind;
  /** What to write, one sentence. */
  readonly how: string;
  /** Where it stands for a table: all constants in it that have to be changed, `symbol` among them. */
  readonly entries?: readonly string[];
  /** The compiler refuses it as soon as the profile's constants are statics; other places compile as they are. */
  readonly stops?: true;
  readonly hosts: readonly Host[];
}

/** Effort as counts, never as days. */
export interface Effort {
  readonly places: number;
  readonly files: number;
}

/** A crate that a changed copy has to take the place of. */
export interface PlanFork extends Effort {
  readonly name: string;
  readonly version: string;
  /** `sdk`: the profile's own. `published`: somebody has made it. `own`: nobody has, make one. */
  readonly from: "sdk" | "published" | "own";
  readonly fork?: PublishedFork;
  /** What a switch turns on in it: the places are those of the crate with them. */
  readonly with?: readonly string[];
  readonly path: readonly string[];
  readonly work: Readonly<Partial<Record<WorkKind, number>>>;
  readonly sites: readonly PlanSite[];
}

/** An edit of the user's own Cargo.toml, or a flag for cargo. */
export interface ManifestEdit {
  readonly package: string;
  /** Where it stands today, when it does. */
  readonly place?: { readonly file: string; readonly line: number };
  readonly from?: string;
  readonly to: string;
}

/** A feature to switch, a crate to swap or to leave out. */
export interface PlanSwitch {
  readonly crate: string;
  readonly version: string;
  readonly path: readonly string[];
  /** What is wrong with the crate as it is, worst first. */
  readonly because: readonly string[];
  readonly kind: "feature" | "cfg" | "instead" | "without" | "unknown";
  /** All hosts that it is for, where they stay lost whatever is done about this crate: there is no need to switch. */
  readonly idle?: readonly Host[];
  readonly summary: string;
  readonly cost?: string;
  readonly edits: readonly ManifestEdit[];
  /** Features of the user's own packages that bring it; without them it is gone. Tried, not guessed. */
  readonly featuresOff?: readonly string[];
  /** Cargo's flags that leave them off. */
  readonly flags?: readonly string[];
  /** Places of own code that name the crate. */
  readonly places: readonly { readonly file: string; readonly line: number }[];
  readonly sources: readonly string[];
}

/** A package whose C or assembly cosmocc has to build. */
export interface PlanNative {
  readonly crate: string;
  readonly version: string;
  readonly messages: readonly string[];
}

/** A C function that the link asks for. */
export interface PlanShim extends Omit<Shim, "brought"> {
  readonly brought: Shim["brought"] | "nobody";
  readonly hosts: readonly Host[];
}

/** What one profile would mean for this program. */
export interface ProfileChoice {
  readonly id: string;
  readonly title: string;
  readonly chosen: boolean;
  /** Hosts that its SDK was tried on; empty: not said. */
  readonly tried: readonly Host[];
  readonly hosts: Readonly<Partial<Record<Host, HostVerdict>>>;
  readonly forks: { readonly sdk: number; readonly published: number; readonly own: number };
  readonly switches: number;
  readonly places: number;
  readonly ownPlaces: number;
  readonly limits: readonly string[];
}

/** What holds on a host today, and once everything above is done. */
export interface PlanHost {
  readonly host: Host;
  readonly now: HostVerdict;
  readonly afterwards: HostVerdict;
  readonly because: readonly string[];
  readonly notes: readonly string[];
}

/** Own code that has to be changed, one file. */
export interface PlanOwn {
  readonly package: string;
  readonly sites: readonly PlanSite[];
}

/** A constant that the profile leaves at Linux's number although the program uses it. */
export interface PlanStatic {
  readonly name: string;
  readonly places: number;
  readonly hosts: readonly Host[];
}

/** What a target of the plain matrix needs on the machine that builds it. */
export interface FallbackTarget {
  readonly triple: string;
  readonly hosts: readonly Host[];
  readonly runner: string;
  readonly linker?: string;
  readonly env: Readonly<Record<string, string>>;
  /** Packages of the system, and whether this tree needs them for its C code or any program does. */
  readonly packages: readonly { readonly name: string; readonly why: string }[];
  /** Crates of this tree that make them necessary. */
  readonly crates: readonly string[];
  readonly tool: "cargo" | "cross" | "vm";
  readonly notes: readonly string[];
  readonly sources: readonly string[];
}

/** Two kinds of programs: the APE where it works, a plain one for each host that stays lost. */
export interface Fallback {
  readonly lost: readonly { readonly host: Host; readonly because: readonly string[] }[];
  readonly targets: readonly FallbackTarget[];
  /** Lost hosts that no target of ours stands for. */
  readonly without: readonly Host[];
  readonly cargoConfig: string;
  readonly workflow: string;
}

/** `ape-lint plan`: the ordered work list. */
export interface Plan {
  readonly release: string;
  readonly profile: {
    readonly id: string;
    readonly title: string;
    readonly limits: readonly string[];
  };
  readonly program: { readonly name: string; readonly version: string };
  readonly hosts: readonly PlanHost[];
  readonly profiles: readonly ProfileChoice[];
  /** Id of the profile under which most hosts work, with the least to do. */
  readonly recommended: string;
  readonly setup: readonly SetupStep[];
  readonly cfgs: readonly string[];
  readonly rustflags: readonly string[];
  readonly switches: readonly PlanSwitch[];
  readonly forks: readonly PlanFork[];
  /** The `[patch.crates-io]` table, ready to paste; empty when there is nothing to patch. */
  readonly patch: string;
  readonly statics: readonly PlanStatic[];
  readonly own: readonly PlanOwn[];
  readonly native: readonly PlanNative[];
  readonly shims: readonly PlanShim[];
  readonly fallback?: Fallback;
  readonly counts: {
    readonly crates: number;
    readonly switches: number;
    readonly places: number;
    readonly files: number;
    readonly ownPlaces: number;
  };
  /** What could not be worked out, one sentence each. */
  readonly open: readonly string[];
}
