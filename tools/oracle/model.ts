import type { Arch } from "../../src/model/host.ts";

/** A real crate that the oracle is asked about; an entry of `fixtures/corpus.yml`. */
export interface Subject {
  readonly name: string;
  readonly version: string;
  /** Tells two entries of one crate apart (`rustix@1.1.6+libc`). */
  readonly variant?: string | undefined;
  readonly features: readonly string[];
  readonly allFeatures: boolean;
  readonly defaultFeatures: boolean;
  /** Packages of the tree that cannot be checked here, with the reason. */
  readonly exclude?: Readonly<Record<string, string>> | undefined;
  /** Why it is in the corpus. */
  readonly why: string;
  /** Compiled against a libc of statics, too. */
  readonly effort?: boolean | undefined;
  /** Never looked at while the resolver was written. */
  readonly holdout?: boolean | undefined;
}

/** `name@version`, with `+variant` behind it. */
export function subjectId(subject: Subject): string {
  const variant = subject.variant === undefined ? "" : `+${subject.variant}`;
  return `${subject.name}@${subject.version}${variant}`;
}

/** The flags that give cargo (and ape-lint) the features of a subject. */
export function featureFlags(subject: Subject): string[] {
  const flags: string[] = [];
  if (subject.allFeatures) flags.push("--all-features");
  if (!subject.defaultFeatures) flags.push("--no-default-features");
  if (subject.features.length > 0) flags.push("--features", subject.features.join(","));
  return flags;
}

/** The triple that stands for one half of an APE. */
export function tripleOf(arch: Arch): string {
  return `${arch}-unknown-linux-musl`;
}

/** A place in a file of the tree; `owner` is the package whose folder the file is in. */
export interface Place {
  readonly owner: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** What rustc calls the thing that was used. */
export type OracleKind = "const" | "fn" | "static" | "struct" | "type" | "field" | "other";

/** One resolved use of the libc crate, as rustc reports it. */
export interface OracleRow {
  readonly package: string;
  readonly version: string;
  /** Relative to the folder of `package`. */
  readonly file: string;
  readonly line: number;
  /** Of the last segment of the path; UTF-16 units from 1. */
  readonly column: number;
  readonly symbol: string;
  /** The identifier at that place when it is another one: `x` after `use libc::NAME as x`. */
  readonly spelled?: string;
  /** A name may stand for a struct and a function at once (`use libc::stat`). */
  readonly kinds: readonly OracleKind[];
  /** Where the name is written, when that is in another package's macro. */
  readonly written?: Place;
  /** Macros that the use came through, innermost first, with the place of each call. */
  readonly macros: readonly (Place & { readonly macro: string })[];
  /** Calls, in the package's own files, of all macros that this use comes out of. */
  readonly calls: readonly Place[];
  /** The source line, without the blanks around it. */
  readonly text: string;
}

/** What one run of the oracle says about a subject on one architecture. */
export interface OracleRun {
  readonly subject: string;
  readonly target: string;
  readonly rustc: string;
  readonly libc: string;
  readonly flags: readonly string[];
  /** Packages compiled for the target, as `name@version`. */
  readonly packages: readonly string[];
  /** Packages that did not compile here, with rustc's or the build script's first words. */
  readonly failed: Readonly<Record<string, string>>;
  readonly rows: readonly OracleRow[];
}
