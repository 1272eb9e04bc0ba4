import { isPromise, isRightRun, type Outcome, type RunFigure } from "../run/section.ts";

/** What a real program did on a face. */
export interface ProgramFigure extends RunFigure {
  /** Why a run that works says nothing of the host. */
  readonly notShown?: string;
  readonly workloads: readonly {
    readonly name: string;
    readonly outcome: Outcome;
    readonly how?: string;
  }[];
}

const ABOUT = `Published programs, built with the real C library and run with a few workloads each (\`fixtures/programs.yml\`): on Linux,
with the Windows face under Wine, and for arm64 under qemu. A workload works when the program prints what it prints as a
plain Linux program, ends as that does, panics only where that does and leaves the same files. The program's outcome is that of its worst workload. A
verdict is right when it says "works" exactly where all of them work. \`rust-ape\` is built as for the tiny programs above.
`;

/** A section of docs/accuracy.md. */
export function programSection(figures: readonly ProgramFigure[]): string {
  if (figures.length === 0) return "";
  const shown = figures.filter(({ notShown }) => notShown === undefined);
  const right = shown.filter(isRightRun).length;
  const promises = shown.filter(isPromise).length;
  return [
    `## What real programs do\n\n${ABOUT}`,
    `${right} of ${shown.length} verdicts are right; ${promises} say "works" where something failed.\n`,
    "| program | profile | host | workloads | what happened | verdict | decided by | right |",
    "| --- | --- | --- | ---: | --- | --- | --- | --- |",
    ...figures.map(row),
    "",
  ].join("\n");
}

function row(one: ProgramFigure): string {
  const { program, profile, host, workloads, outcome, verdict, because } = one;
  const worked = workloads.filter((each) => each.outcome === "works").length;
  const how = workloads.find((each) => each.outcome === outcome)?.how;
  const happened = how === undefined ? outcome : `${outcome}: ${how}`;
  const right = one.notShown ?? (isRightRun(one) ? "yes" : "**no**");
  const cells = [
    program,
    `\`${profile}\``,
    host,
    `${worked} of ${workloads.length}`,
    happened,
    verdict,
    because.join(", "),
    right,
  ];
  return `| ${cells.join(" | ")} |`;
}
