import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { InputError } from "../util/errors.ts";
import { run, type RunResult } from "../util/process.ts";
import type { Io } from "./io.ts";

/** A repository, and how git is asked about it. */
export interface Repository {
  readonly root: string;
  readonly io: Pick<Io, "env" | "signal">;
}

/** No hook, no file system monitor, no question, no lock file. */
const SAFE = ["-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"];
const QUIET_ENV = { GIT_TERMINAL_PROMPT: "0", GIT_OPTIONAL_LOCKS: "0", GIT_PAGER: "cat" };

/** Runs git in a folder; a repository that it does not trust, or no git at all, is `undefined`. */
export async function git(
  dir: string,
  args: readonly string[],
  io: Repository["io"],
  input?: string,
): Promise<RunResult | undefined> {
  try {
    const result = await run("git", [...SAFE, ...args], {
      cwd: dir,
      env: { ...io.env, ...QUIET_ENV },
      signal: io.signal,
      timeoutMs: 60_000,
      ...(input === undefined ? {} : { input }),
    });
    return result.code === 0 ? result : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The same for what looks at files of the tree: the repository's configuration can name programs that they are to be
 * put through first, and whoever wrote it is not trusted with that.
 */
export async function gitOnTree(
  dir: string,
  args: readonly string[],
  io: Repository["io"],
): Promise<RunResult | undefined> {
  const found = await git(dir, ["config", "--null", "--name-only", "--get-regexp", FILTERS], io);
  const names = (found?.stdout ?? "").split("\0").filter((name) => name !== "");
  const off = names.flatMap((name) => [
    "-c",
    `${name}=${name.endsWith(".required") ? "false" : ""}`,
  ]);
  return git(dir, [...off, ...args], io);
}

const FILTERS = String.raw`^filter\..*\.(clean|smudge|process|required)$`;

/** The repository that a folder is in. */
export async function repositoryAt(
  dir: string,
  io: Repository["io"],
): Promise<Repository | undefined> {
  const found = await git(dir, ["rev-parse", "--show-toplevel"], io);
  const root = found?.stdout.replace(/\r?\n$/u, "");
  return root === undefined || root === "" ? undefined : { root: path.resolve(root), io };
}

/** The paths that version control knows, relative to a folder. */
export async function trackedFiles(
  dir: string,
  io: Repository["io"],
): Promise<ReadonlySet<string> | undefined> {
  return filesOf(dir, [], io);
}

/** Files that it does not know, and is not told to ignore. */
export async function untrackedFiles(
  dir: string,
  io: Repository["io"],
): Promise<ReadonlySet<string> | undefined> {
  return filesOf(dir, ["--others", "--exclude-standard"], io);
}

async function filesOf(
  dir: string,
  which: readonly string[],
  io: Repository["io"],
): Promise<ReadonlySet<string> | undefined> {
  const found = await git(dir, ["ls-files", "-z", ...which], io);
  return found && new Set(found.stdout.split("\0"));
}

/** Files beyond these are no sources; a repository with more of them is not written out. */
const MAX_BYTES = 8 * 1024 * 1024;
const MAX_FILES = 100_000;

/**
 * Writes the files of a revision into a folder of ours. Objects are read from the database: no filter runs, no
 * link is made, nothing of the user's tree or index is touched. Throws an InputError when there is no such revision.
 */
export async function writeRevision(
  { root, io }: Repository,
  revision: string,
  folder: string,
): Promise<void> {
  const name = `${revision}^{tree}`;
  const tree = await git(root, ["rev-parse", "--verify", "--quiet", "--end-of-options", name], io);
  if (tree === undefined)
    throw new InputError(`${revision} is neither a Cargo.lock nor a git revision`, { place: root });
  const list = await git(
    root,
    ["ls-tree", "-r", "-l", "-z", "--full-tree", tree.stdout.trim()],
    io,
  );
  const blobs = blobsOf(list?.stdout ?? "");
  if (blobs.length > MAX_FILES)
    throw new InputError(`${revision} has more than ${MAX_FILES} files`);
  const input = blobs.map(({ id }) => `${id}\n`).join("");
  const content = await git(root, ["cat-file", "--batch"], io, input);
  if (content?.bytes === undefined)
    throw new InputError(`git cannot read ${revision}`, { place: root });
  writeBlobs(blobs, content.bytes, folder);
}

interface Blob {
  readonly id: string;
  readonly path: string;
}

/** Regular files only: a link could lead out of the folder. */
function blobsOf(list: string): Blob[] {
  return list.split("\0").flatMap((line): Blob[] => {
    const found = /^100\d{3} blob (?<id>[0-9a-f]+) +(?<size>\d+)\t(?<file>[^]+)$/u.exec(
      line,
    )?.groups;
    const { id, size, file } = found ?? {};
    if (id === undefined || file === undefined || Number(size) > MAX_BYTES) return [];
    return isSafe(file) ? [{ id, path: file }] : [];
  });
}

function isSafe(file: string): boolean {
  const parts = file.split(/[\\/]/u);
  return (
    !path.isAbsolute(file) && parts.every((part) => part !== ".." && part.toLowerCase() !== ".git")
  );
}

function writeBlobs(blobs: readonly Blob[], bytes: Buffer, folder: string): void {
  let at = 0;
  for (const blob of blobs) {
    const end = bytes.indexOf(10, at);
    const size = Number(bytes.toString("latin1", at, end).split(" ")[2]);
    if (end < 0 || !Number.isInteger(size)) throw new InputError(`git cannot read ${blob.path}`);
    const file = path.join(folder, blob.path);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, bytes.subarray(end + 1, end + 1 + size));
    at = end + size + 2;
  }
}
