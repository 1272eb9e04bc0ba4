import { InputError } from "../util/errors.ts";
import { git, gitOnTree, repositoryAt, untrackedFiles, type Repository } from "./git.ts";

/** Whether a line of the repository's tree is part of a change; paths are relative to the repository. */
export type InDiff = (path: string, line: number) => boolean;

const DIFF = [
  "diff",
  "--unified=0",
  "--no-color",
  "--no-ext-diff",
  "--no-textconv",
  "--no-renames",
  "--inter-hunk-context=0",
  "--src-prefix=a/",
  "--dst-prefix=b/",
];

/**
 * The lines that differ between the point where a revision and the tree at hand parted, and that tree; all lines of
 * files that git does not know yet. Throws an InputError when git cannot tell.
 */
export async function changedLines(
  dir: string,
  revision: string,
  io: Repository["io"],
): Promise<InDiff> {
  const repository = await repositoryAt(dir, io);
  if (repository === undefined) throw unknown(revision, dir);
  const { root } = repository;
  const name = `${revision}^{commit}`;
  const found = await git(root, ["rev-parse", "--verify", "--quiet", "--end-of-options", name], io);
  const commit = found?.stdout.trim();
  if (commit === undefined) throw unknown(revision, dir);
  const base = await git(root, ["merge-base", commit, "HEAD"], io);
  const from = base?.stdout.trim() ?? commit;
  const diff = await gitOnTree(root, ["-c", "core.quotePath=false", ...DIFF, from, "--"], io);
  const added = await untrackedFiles(root, io);
  if (diff === undefined || added === undefined) throw unknown(revision, dir);
  const ranges = rangesOf(diff.stdout);
  for (const path of added) ranges.set(path, [[1, Infinity]]);
  return (path, line) =>
    ranges.get(path)?.some(([first, last]) => first <= line && line <= last) ?? false;
}

function unknown(revision: string, dir: string): InputError {
  return new InputError(`git cannot say what changed since ${revision}`, {
    place: dir,
    hint: "name a revision that is here; in CI fetch it first (fetch-depth: 0)",
  });
}

const HUNK = /^@@ -\d+(?:,(?<gone>\d+))? \+(?<at>\d+)(?:,(?<count>\d+))? @@/u;

/** First and last line of each piece of new text, by file. */
export function rangesOf(diff: string): Map<string, [number, number][]> {
  const ranges = new Map<string, [number, number][]>();
  let current: [number, number][] = [];
  // NOTE: an added line may look like a header; what a piece says to hold is not looked at.
  let inside = 0;
  for (const line of diff.split("\n")) {
    if (inside > 0) {
      if (!line.startsWith("\\")) inside--;
      continue;
    }
    const file = /^\+\+\+ "?b\/(?<path>.*?)"?\t?$/u.exec(line)?.groups?.["path"];
    if (file !== undefined) ranges.set(file, (current = []));
    const hunk = HUNK.exec(line)?.groups;
    if (hunk === undefined) continue;
    const at = Number(hunk["at"]);
    const count = Number(hunk["count"] ?? 1);
    inside = count + Number(hunk["gone"] ?? 1);
    if (count > 0) current.push([at, at + count - 1]);
  }
  return ranges;
}
