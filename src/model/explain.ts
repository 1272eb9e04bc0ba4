import type { CrateFact } from "./crate.ts";
import type { Arch, Host } from "./host.ts";
import type {
  ConstantClass,
  ConstantRow,
  FunctionRow,
  HostValue,
  StructLayout,
  StructRow,
  SyscallRow,
} from "./knowledge.ts";
import type { PatchedCrate, Repair } from "./profile.ts";
import type { Taxon } from "./rule.ts";

/** What one release says of a name, in short. */
export interface ReleaseState {
  readonly release: string;
  readonly constant?: ConstantClass;
  readonly function?: FunctionRow["status"];
  readonly struct?: Readonly<Record<Arch, StructLayout["class"]>>;
}

/** Uses of a name in one package of the user's workspace. */
export interface SymbolUses {
  readonly package: string;
  readonly version: string;
  readonly count: number;
}

/** Everything that is known about one name of the libc crate. */
export interface SymbolExplanation {
  readonly kind: "symbol";
  readonly name: string;
  readonly release: string;
  readonly constant?: ConstantRow;
  readonly function?: FunctionRow;
  readonly struct?: StructRow;
  readonly syscall?: SyscallRow;
  readonly releases: readonly ReleaseState[];
  readonly taxa: readonly Taxon[];
  /** What each SDK does about it. */
  readonly repairs: readonly { readonly profile: string; readonly repair: Repair }[];
  /** What to do, one sentence each. */
  readonly advice: readonly string[];
  /** Who uses it, where a workspace was given. */
  readonly uses?: readonly SymbolUses[];
}

/** One entry of the F taxonomy with what our data has about it. */
export interface TaxonExplanation {
  readonly kind: "taxon";
  readonly taxon: Taxon;
  readonly release: string;
  /** Names of the libc crate that it is about in this release. */
  readonly names: readonly string[];
  readonly crates: readonly { readonly name: string; readonly fact: CrateFact }[];
  readonly rules: readonly string[];
}

/** What is known about a crate by its name. */
export interface CrateExplanation {
  readonly kind: "crate";
  readonly name: string;
  readonly facts: readonly CrateFact[];
  readonly patches: readonly { readonly profile: string; readonly patch: PatchedCrate }[];
}

export type Explanation = SymbolExplanation | TaxonExplanation | CrateExplanation;

/** A name whose hazard an upgrade removes, brings, or moves. */
export interface KbChange {
  readonly name: string;
  readonly table: "constants" | "functions" | "structs";
  readonly group: string;
  readonly from: string;
  readonly to: string;
  /** Uses in the workspace, where one was given. */
  readonly uses?: number;
}

/** What changes between two releases: hazards that go, hazards that come, and those that stay as another kind. */
export interface KbDiff {
  readonly from: string;
  readonly to: string;
  readonly closes: readonly KbChange[];
  readonly opens: readonly KbChange[];
  readonly changes: readonly KbChange[];
  /** Hazards in both, unchanged. */
  readonly stays: number;
}

/** The documented answer of `kb show --format json`. */
export interface KbShow {
  readonly release: string;
  readonly constants: Readonly<
    Record<
      string,
      {
        readonly class: ConstantClass;
        readonly libc: Readonly<Record<Arch, number | null>>;
        readonly hosts: Readonly<Record<Host, HostValue>>;
        readonly runtime: boolean;
      }
    >
  >;
  readonly functions: Readonly<
    Record<
      string,
      { readonly status: FunctionRow["status"]; readonly unavailable: readonly Host[] }
    >
  >;
  readonly structs: Readonly<
    Record<string, Readonly<Record<Arch, Pick<StructLayout, "libc" | "cosmo" | "class">>>>
  >;
}
