import type { OptionSpec } from "./options.ts";
import type { Invocation } from "./invocation.ts";

/** What a command's module gives. */
export interface CommandModule {
  /** Runs the command; the number is the exit code. */
  run(invocation: Invocation): Promise<number>;
}

/** One command. The only place that knows it: parser, help, completions and man page are made from this. */
export interface CommandSpec {
  readonly name: string;
  /** Operands as commander writes them: `[input]`, `<word>`. */
  readonly operands: string;
  readonly summary: string;
  /** Words that completions offer for the first operand. */
  readonly words?: readonly string[];
  readonly options?: readonly OptionSpec[];
  /** It can do a part of the packages alone (`--shard`); what others say is of the whole tree. */
  readonly inParts?: boolean;
  /** Brings the command's code; nothing of it is loaded before. */
  readonly load: () => Promise<CommandModule>;
}

/** The shells that completions exist for. */
export const SHELLS = ["bash", "zsh", "fish", "powershell"] as const;

/** What `kb` can show. */
export const KB_WORDS = ["show", "diff", "releases"] as const;

/** What `baseline` can do. */
export const BASELINE_WORDS = ["write", "prune", "show"] as const;

/** What `cache` can do. */
export const CACHE_WORDS = ["info", "clean"] as const;

const FIX_OPTIONS = [
  {
    flags: "--diff",
    group: "Output",
    help: "print a patch of what is seen at first and write nothing",
  },
  { flags: "--unsafe", group: "What is judged", help: "repairs that a person has to look at, too" },
  { flags: "--allow-dirty", group: "Output", help: "write although changes are not committed" },
  { flags: "--allow-no-vcs", group: "Output", help: "write although there is no git repository" },
] as const satisfies readonly OptionSpec[];

/** Every command, in the order of `--help`. */
export const COMMANDS: readonly CommandSpec[] = [
  {
    name: "check",
    operands: "[input]",
    summary: "say what breaks, where, on which hosts and why (the default)",
    inParts: true,
    load: () => import("./commands/check.ts"),
  },
  {
    name: "inventory",
    operands: "[input]",
    summary: "list every use of the libc crate, one JSON object per line",
    load: () => import("./commands/inventory.ts"),
  },
  {
    name: "explain",
    operands: "<word> [input]",
    summary: "tell of a rule, a finding (F-016), libc::NAME or a crate",
    load: () => import("./commands/explain.ts"),
  },
  {
    name: "matrix",
    operands: "[input]",
    summary: "show hosts against crates",
    load: () => import("./commands/matrix.ts"),
  },
  {
    name: "why",
    operands: "<crate> [input]",
    summary: "show how a crate comes into the tree, and what it brings",
    load: () => import("./commands/why.ts"),
  },
  {
    name: "plan",
    operands: "[input]",
    summary: "make the ordered work list: profile, features, forks, own code, and what stays lost",
    options: [
      {
        flags: "--write <DIR>",
        group: "Output",
        takes: "folder",
        help: "also write the plan, its manifest entries and a CI workflow into a folder",
      },
    ],
    load: () => import("./commands/plan.ts"),
  },
  {
    name: "diff",
    operands: "<old> <new>",
    summary: "show what a change of Cargo.lock brings and takes away; lockfiles or git revisions",
    load: () => import("./commands/diff.ts"),
  },
  {
    name: "baseline",
    operands: "<action> [input]",
    summary: "write down what is known (write, prune, show), so that only new results fail",
    words: BASELINE_WORDS,
    load: () => import("./commands/baseline.ts"),
  },
  {
    name: "fix",
    operands: "[input]",
    summary: "make the repairs that rules have, in your own packages only",
    options: FIX_OPTIONS,
    load: () => import("./commands/fix.ts"),
  },
  {
    name: "merge",
    operands: "<files...>",
    summary: "join JSON reports or SARIF files of several runs, such as those of --shard",
    load: () => import("./commands/merge.ts"),
  },
  {
    name: "rules",
    operands: "",
    summary: "list the rules",
    load: () => import("./commands/rules.ts"),
  },
  {
    name: "kb",
    operands: "<view> [names...]",
    summary: "show what a release of cosmocc says (show NAME…, diff OLD NEW [input], releases)",
    words: KB_WORDS,
    load: () => import("./commands/kb.ts"),
  },
  {
    name: "cache",
    operands: "<what>",
    summary: "tell what is kept between runs (info), or delete it (clean)",
    words: CACHE_WORDS,
    load: () => import("./commands/cache.ts"),
  },
  {
    name: "doctor",
    operands: "[input]",
    summary:
      "say what a run would work with, and what in the toolchain's files does not go with an APE",
    options: [
      {
        flags: "--fix",
        group: "Output",
        help: "correct what can be corrected; keeps a copy of each file",
      },
    ],
    load: () => import("./commands/doctor.ts"),
  },
  {
    name: "lsp",
    operands: "",
    summary: "serve an editor: diagnostics, hovers and fixes by the Language Server Protocol",
    options: [
      { flags: "--stdio", group: "What is built", help: "by standard input and output, as always" },
      {
        flags: "--clientProcessId <PID>",
        group: "What is built",
        help: "the editor's process; the protocol tells it too",
        hidden: true,
      },
    ],
    load: () => import("./commands/lsp.ts"),
  },
  {
    name: "init",
    operands: "[input]",
    summary:
      "write what builds an APE: target specifications, cargo's configuration, manifest entries",
    load: () => import("./commands/init.ts"),
  },
  {
    name: "completions",
    operands: "<shell>",
    summary: "print a completion script",
    words: SHELLS,
    load: () => import("./commands/completions.ts"),
  },
];

/** The command that is meant when none is named. */
export const DEFAULT_COMMAND = "check";
