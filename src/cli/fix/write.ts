import { randomUUID } from "node:crypto";
import { readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { InputError } from "../../util/errors.ts";
import { gitOnTree, repositoryAt } from "../git.ts";
import type { Io } from "../io.ts";
import type { Change } from "./changes.ts";

/** What the user allows although it cannot be undone with a word. */
export interface Allowed {
  readonly dirty: boolean;
  readonly noVcs: boolean;
}

/**
 * Refuses to write where version control could not bring back what was there: outside of a repository, or in one with
 * changes that nobody has committed.
 */
export async function refuseUnlessClean(root: string, allowed: Allowed, io: Io): Promise<void> {
  const repository = await repositoryAt(root, io);
  if (repository === undefined) {
    if (allowed.noVcs) return;
    throw new InputError(
      "there is no git repository here that could bring back what a fix changes",
      {
        place: root,
        hint: "look at the changes with --diff, or allow it with --allow-no-vcs",
      },
    );
  }
  if (allowed.dirty) return;
  const status = await gitOnTree(root, ["status", "--porcelain", "-z", "--", "."], io);
  const first = (status?.stdout ?? "?? unknown").split("\0").find((line) => line !== "");
  if (first === undefined) return;
  throw new InputError(`there are changes that are not committed (${first.slice(3)})`, {
    place: root,
    hint: "commit or stash them, or allow it with --allow-dirty",
  });
}

/**
 * Writes all files or, where one cannot be written beside its place, none: each whole text goes into a new file that
 * then takes the place of the old one. Throws an InputError when a file is no longer what was looked at.
 */
export function writeChanges(changes: readonly Change[], scanned: number): void {
  const ready: { from: string; to: string }[] = [];
  try {
    for (const change of changes) {
      const to = realpathSync.native(change.path);
      const { mode, mtimeMs } = statSync(to);
      const isNewer = mtimeMs > scanned && mtimeMs <= Date.now();
      if (isNewer || readFileSync(to, "utf8") !== change.before) throw changedSince(change);
      const from = path.join(path.dirname(to), `.${path.basename(to)}.${randomUUID()}.tmp`);
      ready.push({ from, to });
      writeFileSync(from, change.after, { mode, flag: "wx" });
    }
    for (const { from, to } of ready) renameSync(from, to);
  } catch (error) {
    for (const { from } of ready) rmSync(from, { force: true });
    if (error instanceof InputError) throw error;
    throw new InputError("a fix cannot be written", {
      place: changes[ready.length - 1]?.shown ?? "",
      cause: error,
    });
  }
}

function changedSince({ shown }: Change): InputError {
  return new InputError("this file has changed since it was looked at; nothing is written", {
    place: shown,
    hint: "run it again",
  });
}
