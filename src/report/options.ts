import type { Host } from "../model/host.ts";
import type { Report } from "../model/result.ts";
import type { RuleInfo, Taxon } from "../model/rule.ts";

/** Names that `--format` takes. */
export const FORMATS = [
  "text",
  "json",
  "jsonl",
  "sarif",
  "github",
  "gitlab",
  "markdown",
  "html",
  "cargo-json",
] as const;
export type FormatName = (typeof FORMATS)[number];

/** A text file of the user's tree; `path` is relative to `Report.root`, `/`-separated. */
export interface TreeFile {
  readonly path: string;
  readonly text: string;
}

/** How text looks. Nothing here changes which facts are told, but `all`. */
export interface TextStyle {
  /** Columns of the terminal; lines of prose are wrapped to it. */
  readonly width?: number;
  readonly color?: boolean;
  /** False: ASCII only in what we draw ourselves. */
  readonly unicode?: boolean;
  /** Every place, and notes too. */
  readonly all?: boolean;
  /** How the program was called, for the next steps; `ape-lint` or `cargo ape-lint`. */
  readonly command?: string;
  /** What was analysed as the user named it; absent for the folder at hand. */
  readonly input?: string;
}

export interface SarifStyle {
  /** Results kept, the worst ones; GitHub keeps 5,000 of a run. */
  readonly maxResults?: number;
  readonly includeSuppressed?: boolean;
}

/** All that reporters may know besides the report; they read no file. */
export interface RenderOptions {
  /** Every rule that ran, in a fixed order. */
  readonly rules?: readonly RuleInfo[];
  /** The list of F ids. */
  readonly taxonomy?: readonly Taxon[];
  /** Text of a package's file exactly as decoded (no newline changed, no byte order mark taken off). */
  readonly source?: (packageName: string, version: string, file: string) => string | undefined;
  /** Absolute folder that repository-relative paths start from; `Report.root` when absent. */
  readonly repository?: string;
  readonly lockfile?: TreeFile;
  /** Cargo.toml files of the user's tree. */
  readonly manifests?: readonly TreeFile[];
  /** Whether version control knows the path (relative to `Report.root`); everything is, when absent. */
  readonly tracked?: (path: string) => boolean;
  /** Whether a line of the tree is part of the change under review; those are told first where room is short. */
  readonly inDiff?: (path: string, line: number) => boolean;
  /** What the run will exit with. */
  readonly exitCode?: number;
  /** Where the project lives on the web, without a slash at the end. */
  readonly homepage?: string;
  readonly text?: TextStyle;
  readonly sarif?: SarifStyle;
}

/** A reporter: pure, total, the same bytes for the same input. */
export type Reporter = (report: Report, options: RenderOptions) => string;

/** Short name of a host's system and of the machine, for tables: `["linux", "x64"]`. */
export function hostParts(host: Host): readonly [system: string, machine: string] {
  const [system = host, machine = ""] = host.split("-");
  return [system, machine];
}
