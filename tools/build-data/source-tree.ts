import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { run, runOk } from "./run.ts";

/** A release of Cosmopolitan, laid out on disk. */
export interface SourceTree {
  readonly dir: string;
  readonly tag: string;
  readonly commit: string;
}

const WANTED = /^(libc|third_party|net|ape|dsp|ctl)\/.*\.(c|h|S|s|inc|sh|mk)$/;

/**
 * Writes the sources of one tag below `out`, straight from the object store: a shallow or partial mirror
 * that lacks some blobs of the tests still serves.
 */
export function extractTree(options: { git: string; tag: string; out: string }): SourceTree {
  const { git, tag, out } = options;
  const gitDir = findGitDir(git);
  const base = [`--git-dir=${gitDir}`];
  const commit = runOk("git", [...base, "rev-parse", `${tag}^{commit}`]).trim();
  const files = listFiles(runOk("git", [...base, "ls-tree", "-r", commit]));
  const input = files.map((file) => file.hash).join("\n") + "\n";
  const done = spawnSync("git", [...base, "cat-file", "--batch"], { input, maxBuffer: 1 << 30 });
  if (done.status !== 0)
    throw new Error(`git cat-file failed: ${done.stderr.toString().slice(-500)}`);
  writeBlobs({ batch: done.stdout, files, out });
  return { dir: out, tag, commit };
}

function findGitDir(dir: string): string {
  const bare = run("git", [`--git-dir=${dir}`, "rev-parse", "--git-dir"]);
  if (bare.ok) return dir;
  return join(dir, ".git");
}

interface Blob {
  readonly hash: string;
  readonly path: string;
}

function listFiles(listing: string): Blob[] {
  const files: Blob[] = [];
  for (const line of listing.split("\n")) {
    const found = /^100\d+ blob ([0-9a-f]+)\t(.*)$/.exec(line);
    if (!found) continue;
    const [, hash = "", path = ""] = found;
    if (WANTED.test(path) || path.startsWith("libc/isystem/")) files.push({ hash, path });
  }
  return files;
}

function writeBlobs(options: { batch: Buffer; files: readonly Blob[]; out: string }): void {
  let at = 0;
  for (const file of options.files) {
    const end = options.batch.indexOf(10, at);
    const head = options.batch.toString("latin1", at, end).split(" ");
    at = end + 1;
    if (head[1] === "missing") continue;
    const size = Number(head[2]);
    const path = join(options.out, file.path);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, options.batch.subarray(at, at + size));
    at += size + 1;
  }
}
