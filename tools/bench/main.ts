import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { loadSources } from "../../src/analyse/load.ts";
import { defaultCacheDir } from "../../src/cargo/index.ts";
import { growthRuns, referenceRuns, startUpRuns } from "./cases.ts";
import { page, presentLoad, type Growth } from "./page.ts";
import { inTurn, type Run } from "./process.ts";
import { astGrep, CHECKED, PROGRAM, project, type Project } from "./setup.ts";

/** The tree that the targets speak of. */
const REFERENCE = ["xh", "0.26.3"] as const;
/** From few packages to many. */
const GROWTH = [
  ["memmap2", "0.9.12"],
  ["mio", "1.2.4"],
  ["fd-find", "10.5.0"],
  ["ripgrep", "15.2.0"],
  ["xh", "0.26.3"],
  ["coreutils", "0.12.0"],
] as const;
const PAGE = resolve(import.meta.dirname, "../../docs/performance.md");

/** Read the files that a list names, and search each for one word: nobody can do less. */
const FLOOR = `const { readFileSync } = require("node:fs");
let found = 0;
for (const file of readFileSync(process.argv[1], "utf8").split("\\n"))
  if (readFileSync(file).includes("libc")) found++;
process.stdout.write(String(found));`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { node: { type: "string", multiple: true, default: [] } },
});
/**
 * Three rounds take some five minutes on two idle processors, and two more for each further `--node PROGRAM`; the first
 * argument asks for more or fewer.
 */
const rounds = Number(positionals[0] ?? 3);
/** What takes longest is asked for least often. */
const few = Math.ceil(rounds / 3);
if (!existsSync(PROGRAM) || !existsSync(CHECKED)) throw new Error("npm run build comes first");
const work = join(defaultCacheDir(), "bench");
mkdirSync(work, { recursive: true });
const load = presentLoad();
const peer = astGrep(work);
const tree = await project(...REFERENCE, work);
const read = await sizeOf(tree);
const byCores = new Map(
  [1, 2].map((cores) => {
    const times = cores === 1 ? few : rounds;
    say(`${REFERENCE.join(" ")} on ${cores} cores, ${times} rounds`);
    return [cores, referenceRuns({ project: tree, peer, work, rounds: times }, cores)];
  }),
);
const others = values.node.map((node) => {
  const version = execFileSync(node, ["--version"], { encoding: "utf8" }).trim().slice(1);
  say(`node ${version}`);
  const runs = referenceRuns({ project: tree, peer, work, rounds, node }, 2);
  return { version, runs, startUp: startUpRuns(Math.max(rounds, 5), node) };
});
const growth: Growth[] = [];
for (const [name, version] of GROWTH) {
  say(`${name} ${version}`);
  const one = await project(name, version, work);
  const { megabytes, packages } = await sizeOf(one);
  const runs = growthRuns(one, work, few);
  growth.push({ name: `${name} ${version}`, packages, megabytes, runs });
}
say("start");
writeFileSync(
  PAGE,
  page({
    rounds,
    load,
    reference: { name: REFERENCE.join(" "), ...read },
    byCores,
    others,
    startUp: startUpRuns(Math.max(rounds, 5)),
    growth,
    floor: floorRuns(read.paths),
  }),
);

function say(what: string): void {
  process.stderr.write(`${what}\n`);
}

async function sizeOf({ workspace }: Project): Promise<{
  packages: number;
  files: number;
  megabytes: number;
  paths: readonly string[];
}> {
  const loaded = await loadSources(workspace, []);
  const paths = loaded.inputs.flatMap(({ package: pkg, source }) =>
    [...source.files.keys()].map((file) => join(pkg.dir, file)),
  );
  const packages = new Set(loaded.inputs.map((input) => input.package.id)).size;
  return { packages, files: paths.length, megabytes: loaded.bytes / 1e6, paths };
}

function floorRuns(paths: readonly string[]): Run[] {
  const list = join(work, "files.txt");
  writeFileSync(list, paths.join("\n"));
  return inTurn({ floor: { words: [process.execPath, "-e", FLOOR, list] } }, rounds).floor;
}
