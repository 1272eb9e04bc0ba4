import { percent } from "../figures.ts";

interface Counts {
  readonly shown: number;
  readonly hidden: number;
}

/** What one run counted. */
export interface LiveCounts {
  readonly packages: number;
  /** Uses in the bodies of functions that are in the program; hidden ones are mistakes. */
  readonly liveBodies: Counts;
  readonly deadBodies: Counts;
  /** Constants, statics and entries of tables that nothing in the program names. */
  readonly deadEntries: Counts;
}

/** What was measured of one program. */
export interface LiveFigures extends LiveCounts {
  readonly subject: string;
  readonly builds: readonly string[];
  /** Not looked at while the stage was written. */
  readonly holdout: boolean;
  /** Of such a program: what came out when it was looked at first, before anything was mended by it. */
  readonly first?: LiveCounts;
}

const ABOUT = `Whether the program gets to a use of libc, set against linked programs for
x86_64-unknown-linux-musl: unoptimised and optimised, without the projects' own profiles, line tables
read with \`llvm-dwarfdump\`. A use in a function's body is live when either program has code of that
function, inlined or not. An unused entry is a constant, a static or a variant whose name no live
function, and no constant that one names, has among its words. "Hidden" is what
\`check\` does not show without \`--all\`: no live use may be hidden.
`;

/** A section of docs/accuracy.md. */
export function liveSection(figures: readonly LiveFigures[]): string {
  const tuned = figures.filter(({ holdout }) => !holdout);
  const holdout = figures.filter((one) => one.holdout);
  const parts = [`## Only what reaches the program\n\n${ABOUT}\n${table(tuned)}\n`];
  if (holdout.length > 0)
    parts.push(`### Not looked at before (programs)\n\n${UNSEEN}\n${twice(holdout)}\n`);
  return parts.join("\n");
}

const UNSEEN = `As they came out at first sight; "now" where a program was measured again after a cause was mended.
`;

/** First sights, with what a program says now below its own. */
function twice(figures: readonly LiveFigures[]): string {
  const lines = figures.flatMap((one) => {
    const builds = one.builds.join(", ");
    const first = row(one.subject, builds, one.first ?? one);
    return one.first === undefined ? [first] : [first, row(`${one.subject}, now`, builds, one)];
  });
  const firsts = figures.map((one) => one.first ?? one);
  const sums = [row("**all**", "", sum(firsts)), row("**all, now**", "", sum(figures))];
  return [...HEAD, ...lines, ...sums].join("\n");
}

const HEAD = [
  "| program | builds | packages | live uses | of them hidden | dead uses | of them hidden | unused entries | of them hidden |",
  "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
];

function table(figures: readonly LiveFigures[]): string {
  const lines = figures.map((one) => row(one.subject, one.builds.join(", "), one));
  return [...HEAD, ...lines, row("**all**", "", sum(figures))].join("\n");
}

function row(name: string, builds: string, one: LiveCounts): string {
  const { liveBodies, deadBodies, deadEntries } = one;
  const cells = [name, builds, one.packages, total(liveBodies), liveBodies.hidden];
  for (const counts of [deadBodies, deadEntries]) cells.push(total(counts), share(counts));
  return `| ${cells.join(" | ")} |`;
}

function share(counts: Counts): string {
  const all = total(counts);
  return all === 0 ? "" : `${counts.hidden} (${percent(counts.hidden / all)})`;
}

function total({ shown, hidden }: Counts): number {
  return shown + hidden;
}

function sum(figures: readonly LiveCounts[]): LiveCounts {
  const add = (pick: (one: LiveCounts) => Counts): Counts => ({
    shown: figures.reduce((all, one) => all + pick(one).shown, 0),
    hidden: figures.reduce((all, one) => all + pick(one).hidden, 0),
  });
  return {
    packages: figures.reduce((all, one) => all + one.packages, 0),
    liveBodies: add((one) => one.liveBodies),
    deadBodies: add((one) => one.deadBodies),
    deadEntries: add((one) => one.deadEntries),
  };
}
