import type { HostVerdict } from "../../../src/model/result.ts";
import { percent } from "../figures.ts";

/** What happened to a program on a face. */
export type Outcome = "works" | "fails" | "overwrites" | "does not build";

/** One program, one profile, one face. */
export interface RunFigure {
  readonly program: string;
  readonly profile: string;
  readonly host: string;
  readonly outcome: Outcome;
  /** The first words of how it failed. */
  readonly how?: string;
  readonly verdict: HostVerdict;
  readonly because: readonly string[];
}

/** What tells one run from the others, and orders them. */
export function runKey({ profile, host, program }: RunFigure): string {
  return `${profile} ${host} ${program}`;
}

/** True when the verdict says "works" exactly where the program did what it does elsewhere. */
export function isRightRun({ outcome, verdict }: RunFigure): boolean {
  if (outcome === "works") return verdict === "works";
  if (outcome === "does not build") return verdict === "does not build";
  return verdict === "fails" || verdict === "degraded";
}

/** True when the verdict promises what did not come. */
export function isPromise({ outcome, verdict }: RunFigure): boolean {
  return outcome !== "works" && (verdict === "works" || verdict === "works with changes");
}

const ABOUT = `One tiny program per API of std (\`fixtures/run\`), built with Cosmopolitan's real C library and run: on Linux,
with its Windows face under Wine, and for arm64 under qemu. A program works when it prints what it prints as a plain
Linux program and ends as that does. Memory written behind a struct of Rust's counts as a failure, crash or not
("overwrites"). A verdict is right when it says "works" exactly there, and "does not build" exactly where it does not link.
Wine and qemu are evidence, not the hosts themselves. \`rust-ape\` is its patched std and its shim, the shim compiled by the
system's gcc in place of cosmocc: such a build crashes on Linux when it ends, after all its output, which says nothing
about the SDK, so that it counts on Windows only, for the programs that were built.
`;

/** What the first run gave, before any rule was mended by what it showed. */
export interface FirstRun {
  readonly profile: string;
  readonly hosts: readonly string[];
  readonly runs: number;
  readonly right: number;
  readonly promises: number;
}

/** A section of docs/accuracy.md. */
export function runSection(figures: readonly RunFigure[], first: readonly FirstRun[] = []): string {
  if (figures.length === 0) return "";
  const groups = new Map<string, RunFigure[]>();
  for (const one of figures) {
    const key = `${one.profile}\n${one.host}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const rows = [...groups].map(([key, some]) => `| ${cells(key, some).join(" | ")} |`);
  const wrong = figures.filter((one) => !isRightRun(one));
  return [
    `## What runs\n\n${ABOUT}`,
    '| profile | host | programs | work | fail | overwrite | do not build | right | "works" where it failed |',
    "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ...rows,
    "",
    ...first.map(
      ({ profile, hosts, runs, right, promises }) =>
        `Before rules were mended by what these programs showed, ${right} of ${runs} verdicts were right under \`${profile}\` (${hosts.join(", ")}), and ${promises} said "works" where it failed.\n`,
    ),
    ...differences(figures),
    "### Verdicts that were wrong\n",
    ...(wrong.length === 0 ? ["None."] : wrong.map(line)),
    "",
  ].join("\n");
}

function cells(key: string, some: readonly RunFigure[]): (string | number)[] {
  const [profile = "", host = ""] = key.split("\n");
  const count = (outcome: Outcome): number => some.filter((one) => one.outcome === outcome).length;
  const right = some.filter(isRightRun).length;
  return [
    `\`${profile}\``,
    host,
    some.length,
    count("works"),
    count("fails"),
    count("overwrites"),
    count("does not build"),
    `${right} (${percent(right / some.length)})`,
    some.filter(isPromise).length,
  ];
}

/** Programs that another profile changes, per host. */
function differences(figures: readonly RunFigure[]): string[] {
  const plain = new Map<string, Outcome>();
  for (const one of figures)
    if (one.profile === "none") plain.set(`${one.program}\n${one.host}`, one.outcome);
  const groups = new Map<string, string[]>();
  for (const { program, host, profile, outcome } of figures) {
    const before = plain.get(`${program}\n${host}`);
    if (profile === "none" || before === undefined || before === outcome) continue;
    const key = `${host}, \`none\` to \`${profile}\`, ${before} to ${outcome}`;
    groups.set(key, [...(groups.get(key) ?? []), program]);
  }
  if (groups.size === 0) return [];
  const lines = [...groups].map(([key, names]) => `- ${key}: ${names.toSorted().join(", ")}`);
  return ["### What a profile changes\n", ...lines, ""];
}

function line({ program, profile, host, outcome, how, verdict, because }: RunFigure): string {
  const rules = because.length === 0 ? "" : ` (${because.join(", ")})`;
  return `- ${program}, \`${profile}\`, ${host}: ${outcome}${how === undefined ? "" : ` (${how})`}; said "${verdict}"${rules}`;
}
