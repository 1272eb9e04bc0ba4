import {
  copyFileSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  statSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { InputError } from "../util/errors.ts";
import { workspaceFolderOf } from "../cargo/workspace-root.ts";
import { repositoryAt, writeRevision, type Repository } from "./git.ts";

/** One state of a project: a folder with its manifest, in which it can be analysed. */
export interface State {
  readonly name: string;
  readonly dir: string;
}

/** Where states come from. */
export interface StateOptions {
  /** Folder of the project's Cargo.toml. */
  readonly project: string;
  readonly cwd: string;
  readonly io: Repository["io"];
}

/**
 * Makes the states that words stand for, each in a folder of its own below a temporary one, hands them over, and
 * takes all of it away again. The user's tree is only read.
 */
export async function withStates<T>(
  words: readonly string[],
  options: StateOptions,
  work: (states: readonly State[]) => Promise<T>,
): Promise<T> {
  const temporary = mkdtempSync(path.join(tmpdir(), "ape-lint-"));
  try {
    const states: State[] = [];
    for (const [index, word] of words.entries())
      states.push(await stateOf(word, path.join(temporary, String(index)), options));
    return await work(states);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

async function stateOf(word: string, folder: string, options: StateOptions): Promise<State> {
  const place = path.resolve(options.cwd, word);
  const stat = statSync(place, { throwIfNoEntry: false });
  if (stat?.isDirectory() === true && existsSync(path.join(place, "Cargo.toml")))
    return { name: word, dir: place };
  mkdirSync(folder, { recursive: true });
  if (stat?.isFile() === true) return withLockfile(word, place, folder, options);
  const repository = await repositoryAt(options.project, options.io);
  if (repository === undefined) {
    throw new InputError(`there is no file ${word}, and no git repository here`, {
      place: options.project,
      hint: "name two Cargo.lock files, two folders or two git revisions",
    });
  }
  await writeRevision(repository, word, folder);
  const below = path.relative(repository.root, realOf(options.project));
  return { name: word, dir: path.join(folder, below) };
}

/** The project with another lockfile. Its own lockfile needs no copy. */
async function withLockfile(
  word: string,
  place: string,
  folder: string,
  { project, io }: StateOptions,
): Promise<State> {
  const lockfile = path.join(lockFolder(project), "Cargo.lock");
  if (place === lockfile) return { name: word, dir: project };
  const top = (await repositoryAt(project, io))?.root ?? realOf(lockFolder(project));
  const real = realOf(project);
  copyTree(top, folder);
  const dir = path.join(folder, path.relative(top, real));
  copyFileSync(place, path.join(folder, path.relative(top, lockFolder(real)), "Cargo.lock"));
  return { name: word, dir };
}

/** Where the lockfile of a project stands: beside the manifest of its workspace. */
function lockFolder(project: string): string {
  return workspaceFolderOf(path.join(project, "Cargo.toml")) ?? project;
}

const LEFT_OUT = new Set([".git", "target", "node_modules"]);
const MAX_BYTES = 8 * 1024 * 1024;

/** Regular files only: links could lead anywhere, and large files are no sources. */
function copyTree(from: string, to: string): void {
  cpSync(from, to, {
    recursive: true,
    filter(source) {
      if (source !== from && LEFT_OUT.has(path.basename(source))) return false;
      const stat = lstatSync(source);
      return stat.isDirectory() || (stat.isFile() && stat.size <= MAX_BYTES);
    },
  });
}

function realOf(folder: string): string {
  return realpathSync(folder);
}
