import { cpus, loadavg, totalmem } from "node:os";
import { MEANING, WAYS, type StartUp, type Way } from "./cases.ts";
import { median, ratio, type Run } from "./process.ts";
import { AST_GREP } from "./setup.ts";

/** Everything that was measured. */
export interface Figures {
  readonly rounds: number;
  readonly load: number;
  readonly reference: { name: string; packages: number; files: number; megabytes: number };
  readonly byCores: ReadonlyMap<number, Record<Way, Run[]>>;
  /** The same on two cores by further versions of node. */
  readonly others: readonly OtherNode[];
  readonly startUp: Record<StartUp, Run[]>;
  readonly growth: readonly Growth[];
  readonly floor: Run[];
}

export interface OtherNode {
  readonly version: string;
  readonly runs: Record<Way, Run[]>;
  readonly startUp: Record<StartUp, Run[]>;
}

export interface Growth {
  readonly name: string;
  readonly packages: number;
  readonly megabytes: number;
  readonly runs: readonly Run[];
}

/** What we want, as ratios to the peer in the same round. */
const TARGETS: readonly (readonly [Way, keyof Run, number])[] = [
  ["cold", "wall", 0.25],
  ["warm", "wall", 0.06],
  ["changed", "wall", 0.06],
  ["cold", "peak", 1.5],
];

/** `docs/performance.md`: every figure in it comes from here. */
export function page(figures: Figures): string {
  return [
    "# Performance",
    "",
    "Written by `npm run build && npm run bench`; no figure is typed in. Commands are run in turn, round by round, and",
    "ratios are taken within a round, so that a machine that is slow for a while is slow for all of them. Medians.",
    "",
    `${figures.rounds} rounds on ${cpus().length} processors (${cpus()[0]?.model.trim() ?? "unknown"}), ` +
      `${(totalmem() / 2 ** 30).toFixed(0)} GiB, Node ${process.versions.node}; other work on the machine at the start: ` +
      `load ${figures.load.toFixed(1)}; what is measured on fewer cores or for the growth has fewer rounds. ${figures.load > cpus().length ? "**Busy machine: seconds say little, ratios and processor time more.**" : ""}`.trimEnd(),
    "",
    ...reference(figures),
    ...targets(figures),
    ...otherNodes(figures),
    ...startUp(figures),
    ...growth(figures),
  ].join("\n");
}

/** Load of the machine before anything is measured. */
export function presentLoad(): number {
  return loadavg()[0] ?? 0;
}

function reference({ reference: tree, byCores, floor }: Figures): string[] {
  const rows = [...byCores].flatMap(([cores, runs]) =>
    WAYS.map((way) => [MEANING[way], String(cores), ...cells(runs[way], runs.peer)]),
  );
  return [
    `## ${tree.name}`,
    "",
    `${tree.packages} packages are compiled; our part of them is ${tree.files} files with ${tree.megabytes.toFixed(0)} MB. The peer is`,
    `ast-grep ${AST_GREP} with \`tools/bench/ast-grep.yml\` on the folders of the same packages: it reads every \`.rs\` file there,`,
    "tests and other systems' code included, and resolves no names.",
    "",
    ...table(["what", "cores", "wall s", "CPU s", "peak MB", "wall / peer", "CPU / peer"], rows),
    "",
    `The floor, reading those files once and searching them for one word in one thread: ${median(floor.map((run) => run.wall)).toFixed(2)} s,`,
    `${median(floor.map((run) => run.cpu)).toFixed(2)} s of processor time.`,
    "",
  ];
}

function cells(runs: readonly Run[], peer: readonly Run[]): string[] {
  return [
    median(runs.map((run) => run.wall)).toFixed(2),
    median(runs.map((run) => run.cpu)).toFixed(2),
    median(runs.map((run) => run.peak)).toFixed(0),
    ratio(runs, peer, "wall").toFixed(3),
    ratio(runs, peer, "cpu").toFixed(3),
  ];
}

function targets({ byCores, startUp: starts }: Figures): string[] {
  const runs = byCores.get(2) ?? [...byCores.values()].at(-1);
  if (runs === undefined) return [];
  const rows = TARGETS.map(([way, of, target]) => [
    ...verdict(`${MEANING[way]}: ${of} / peer`, target, ratio(runs[way], runs.peer, of)),
    each(runs, way, of),
  ]);
  rows.push([...verdict("slowest start / `node -e 0`", 2.5, slowestStart(starts)), ""]);
  return [
    "## Targets",
    "",
    ...table(["what", "target", "measured", "met", "each round"], rows),
    "",
  ];
}

function slowestStart(starts: Record<StartUp, Run[]>): number {
  return Math.max(...Object.values(starts).map((runs) => ratio(runs, starts.node, "wall")));
}

/** Round by round, since a machine that is slow for a while may be so for one version alone. */
function otherNodes({ others }: Figures): string[] {
  if (others.length === 0) return [];
  const rows = others.flatMap(({ version, runs, startUp: starts }) => [
    ...TARGETS.map(([way, of]) => [
      version,
      `${MEANING[way]}: ${of} / peer`,
      ratio(runs[way], runs.peer, of).toFixed(3),
      each(runs, way, of),
    ]),
    [version, "slowest start / `node -e 0`", slowestStart(starts).toFixed(3), ""],
  ]);
  const head = ["Node", "what", "measured", "each round"];
  return ["## Other versions of Node", "", "On two cores.", "", ...table(head, rows), ""];
}

function each(runs: Record<Way, Run[]>, way: Way, of: keyof Run): string {
  return runs[way].map((run, k) => ratio([run], [runs.peer[k]!], of).toFixed(3)).join(", ");
}

function verdict(what: string, target: number, measured: number): string[] {
  return [what, `<= ${target}`, measured.toFixed(3), measured <= target ? "yes" : "**no**"];
}

function startUp({ startUp: runs }: Figures): string[] {
  const rows = (Object.keys(runs) as StartUp[]).map((name) => [
    name === "node" ? "`node -e 0`" : `\`ape-lint ${name}\``,
    (median(runs[name].map((run) => run.wall)) * 1000).toFixed(0),
    (median(runs[name].map((run) => run.cpu)) * 1000).toFixed(0),
    ratio(runs[name], runs.node, "wall").toFixed(2),
  ]);
  return ["## Start", "", ...table(["what", "wall ms", "CPU ms", "wall / node"], rows), ""];
}

function growth({ growth: trees }: Figures): string[] {
  const rows = trees.map(({ name, packages, megabytes, runs }) => {
    const cpu = median(runs.map((run) => run.cpu));
    return [
      name,
      String(packages),
      megabytes.toFixed(1),
      median(runs.map((run) => run.wall)).toFixed(2),
      cpu.toFixed(2),
      median(runs.map((run) => run.peak)).toFixed(0),
      ((cpu * 1000) / megabytes).toFixed(0),
    ];
  });
  const head = ["tree", "packages", "MB compiled", "wall s", "CPU s", "peak MB", "CPU ms / MB"];
  return ["## Growth", "", "Cold, all cores.", "", ...table(head, rows), ""];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)];
}
