import { rmSync } from "node:fs";
import { join } from "node:path";
import { inTurn, type Command, type Run } from "./process.ts";
import { PROGRAM, RULES, touchSource, type Project } from "./setup.ts";

/** Results of a run are no mistake. */
const FINE = [0, 1];

/** Ways of asking about one tree. */
export const WAYS = ["peer", "cold", "facts", "warm", "changed"] as const;
export type Way = (typeof WAYS)[number];

export const MEANING: Readonly<Record<Way, string>> = {
  peer: "ast-grep, three rules",
  cold: "ape-lint, empty cache",
  facts: "ape-lint, facts of packages kept, workspace new",
  warm: "ape-lint, nothing changed",
  changed: "ape-lint, one file of the program changed",
};

/** Every way on one tree, in turn, with so many processors, by one version of node. */
export function referenceRuns(
  options: { project: Project; peer: string; work: string; rounds: number; node?: string },
  cores: number,
): Record<Way, Run[]> {
  const { project, peer, work, rounds, node = process.execPath } = options;
  const cache = join(work, `cache-${cores}`);
  rmSync(cache, { recursive: true, force: true });
  const ours = (before?: () => void): Command => ({
    words: [node, PROGRAM, "check", project.dir, "--format", "json", "--offline"],
    env: { APE_LINT_CACHE: cache },
    cores,
    fine: FINE,
    ...(before === undefined ? {} : { before }),
  });
  return inTurn(
    {
      peer: {
        words: [peer, "scan", "--rule", RULES, "--json=stream", ...project.folders],
        cores,
        fine: FINE,
      },
      cold: ours(() => rmSync(cache, { recursive: true, force: true })),
      facts: ours(() => {
        for (const kind of ["runs", "foundations"])
          rmSync(join(cache, kind), { recursive: true, force: true });
      }),
      warm: ours(),
      changed: ours(() => touchSource(project.dir)),
    } satisfies Record<Way, Command>,
    rounds,
  );
}

const START_UPS = {
  node: ["-e", "0"],
  "--version": [PROGRAM, "--version"],
  "--help": [PROGRAM, "--help"],
  "explain EAGAIN": [PROGRAM, "explain", "EAGAIN"],
  "explain runtime-constant": [PROGRAM, "explain", "runtime-constant"],
  "explain F-002": [PROGRAM, "explain", "F-002"],
  "explain F-016": [PROGRAM, "explain", "F-016"],
} as const;
export type StartUp = keyof typeof START_UPS;

/** What comes before any work: a program that only says its version, and node by itself. */
export function startUpRuns(rounds: number, node = process.execPath): Record<StartUp, Run[]> {
  const commands = Object.fromEntries(
    Object.entries(START_UPS).map(([name, words]) => [name, { words: [node, ...words] }]),
  ) as unknown as Record<StartUp, Command>;
  return inTurn(commands, rounds);
}

/** One cold run per tree, for the growth. */
export function growthRuns(project: Project, work: string, rounds: number): Run[] {
  const cache = join(work, "cache-growth");
  const command: Command = {
    words: [process.execPath, PROGRAM, "check", project.dir, "--format", "json", "--offline"],
    env: { APE_LINT_CACHE: cache },
    fine: FINE,
    before: () => rmSync(cache, { recursive: true, force: true }),
  };
  return inTurn({ cold: command }, rounds).cold;
}
