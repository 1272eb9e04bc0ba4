import { FAIL_ON } from "../model/options.ts";
import { CONFIDENCES, LEVELS } from "../model/rule.ts";
import { FORMATS } from "../report/options.ts";
import {
  HOST_WORDS,
  parseCfg,
  parseCount,
  parseFormat,
  parseHosts,
  parseShard,
  splitFeatures,
} from "./parse.ts";

/** Where a switch stands in `--help`, the man page and the documentation. */
export const OPTION_GROUPS = [
  "What is built",
  "What is judged",
  "Output",
  "Configuration",
] as const;

/** One switch. The only place that knows it: parser, help, completions and man page are made from this. */
export interface OptionSpec {
  /** As commander writes them: `-p, --package <SPEC>`. */
  readonly flags: string;
  readonly group: (typeof OPTION_GROUPS)[number];
  readonly help: string;
  /** Words that it takes; completions offer them, the parser refuses others. */
  readonly choices?: readonly string[];
  /** Words that completions offer although others are taken too. */
  readonly suggestions?: readonly string[];
  /** May be given several times; the values add up. */
  readonly repeat?: boolean;
  /** What completions offer for the value. */
  readonly takes?: "file" | "folder";
  /** Another spelling of a switch: accepted, not listed. */
  readonly hidden?: boolean;
  /** Reads one value; throws with a reason. Several values when the switch may be repeated. */
  readonly parse?: (text: string) => unknown;
}

/** Who asks: how much is shown. */
export const PERSONAS = ["regular", "pedantic", "auditor"] as const;

const BUILT = [
  { flags: "--manifest-path <PATH>", help: "Cargo.toml to analyse", takes: "file" },
  { flags: "-p, --package <SPEC>", help: "only this package of the workspace", repeat: true },
  { flags: "--workspace", help: "all packages of the workspace" },
  { flags: "--exclude <SPEC>", help: "not this package, with --workspace", repeat: true },
  {
    flags: "-F, --features <FEATURES>",
    help: "features to turn on, by comma or space",
    repeat: true,
    parse: splitFeatures,
  },
  { flags: "--all-features", help: "turn all features on" },
  { flags: "--no-default-features", help: "leave the feature `default` off" },
  { flags: "--target <TRIPLE>", help: "analyse this triple in place of the APE's two" },
  {
    flags: "--cfg <CFG>",
    help: 'a cfg that the build sets: name or name="value"',
    repeat: true,
    parse: parseCfg,
  },
  { flags: "--locked", help: "take Cargo.lock as it is" },
  { flags: "--offline", help: "cargo must not use the network (we never do)" },
  { flags: "--frozen", help: "--locked and --offline" },
  {
    flags: "--shard <I/N>",
    help: "only part I of N of all packages, dependencies too",
    parse: parseShard,
  },
  { flags: "--no-cargo", help: "read manifests and lockfile ourselves; approximate" },
] as const satisfies Row[];

const JUDGED = [
  {
    flags: "--host <HOSTS>",
    help: "only these hosts, by comma; a group does too",
    repeat: true,
    parse: parseHosts,
    suggestions: HOST_WORDS,
  },
  {
    flags: "--hosts <HOSTS>",
    help: "the same as --host",
    repeat: true,
    parse: parseHosts,
    hidden: true,
  },
  {
    flags: "--profile <PROFILE>",
    help: "what your SDK repairs: an id, or a .yml file of yours; default none",
  },
  { flags: "--release <RELEASE>", help: "release of cosmocc that you link with" },
  { flags: "--cosmo <RELEASE>", help: "the same as --release", hidden: true },
  {
    flags: "--rules <DIR>",
    help: "a folder with rules of your own",
    repeat: true,
    takes: "folder",
  },
  { flags: "-D, --deny <RULE>", help: "this rule, or group of rules, is an error", repeat: true },
  { flags: "-W, --warn <RULE>", help: "this rule is a warning", repeat: true },
  { flags: "-A, --allow <RULE>", help: "this rule is off", repeat: true },
  {
    flags: "--min-severity <LEVEL>",
    help: "leave out results below this level",
    choices: LEVELS,
  },
  {
    flags: "--min-confidence <CONFIDENCE>",
    help: "leave out results that are less sure; default medium",
    choices: CONFIDENCES,
  },
  { flags: "--pedantic", help: "the same as --min-confidence low" },
  {
    flags: "--persona <NAME>",
    help: "pedantic: unsure results too; auditor: everything, hidden or not reached too",
    choices: PERSONAS,
  },
  { flags: "--fail-on <LEVEL>", help: "lowest level that exits with 1", choices: FAIL_ON },
  { flags: "--strict", help: "exit with 3 when something was not analysed" },
] as const satisfies Row[];

const OUTPUT = [
  {
    flags: "--format <FORMAT[=FILE]>",
    help: "format of the results; with =FILE also to a file",
    repeat: true,
    parse: parseFormat,
    suggestions: FORMATS,
  },
  { flags: "-o, --output <FILE>", help: "results into a file in place of stdout", takes: "file" },
  { flags: "--all", help: "every place and every note" },
  {
    flags: "--changed-since <REVISION>",
    help: "first what the change since a git revision touches",
  },
  { flags: "--only-changed", help: "with it: nothing else" },
  { flags: "--max-findings <N>", help: "at most so many results", parse: parseCount },
  {
    flags: "--sarif-max-results <N>",
    help: "results kept in SARIF; default 5000",
    parse: parseCount,
  },
  { flags: "--sarif-include-suppressed", help: "suppressed results in SARIF too" },
  { flags: "--timings", help: "where the time went, on stderr" },
  { flags: "--trace <FILE>", help: "the same as a Chrome trace", takes: "file" },
  {
    flags: "--color <WHEN>",
    help: "colours in text",
    choices: ["auto", "always", "never"],
  },
  { flags: "--no-progress", help: "no progress on a terminal" },
  { flags: "-q, --quiet", help: "nothing on stderr but errors" },
  { flags: "-v, --verbose", help: "on stderr what was read and decided" },
] as const satisfies Row[];

const CONFIGURATION = [
  { flags: "--config <FILE>", help: "configuration to use", takes: "file" },
  { flags: "--no-config", help: "use no configuration" },
  {
    flags: "--no-ignores",
    help: "show what configuration, comments and baseline hide too",
  },
  { flags: "--baseline <FILE>", help: "results that are known; only others fail", takes: "file" },
  { flags: "--no-baseline", help: "use no baseline" },
  { flags: "--no-cache", help: "keep nothing between runs, and use nothing kept" },
  { flags: "-j, --jobs <N>", help: "cores to use; default all, at most nine", parse: parseCount },
] as const satisfies Row[];

type Row = Omit<OptionSpec, "group">;

/** The switches that every command takes, in front of it or behind it. */
export const OPTIONS: readonly OptionSpec[] = [
  ...BUILT.map((row): OptionSpec => ({ ...row, group: "What is built" })),
  ...JUDGED.map((row): OptionSpec => ({ ...row, group: "What is judged" })),
  ...OUTPUT.map((row): OptionSpec => ({ ...row, group: "Output" })),
  ...CONFIGURATION.map((row): OptionSpec => ({ ...row, group: "Configuration" })),
];
