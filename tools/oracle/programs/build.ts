import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { must, run } from "../cargo.ts";
import type { Cosmo } from "../cosmo.ts";
import { linkCopy } from "../link/build.ts";
import { executables } from "../live/build.ts";
import { featureFlags, subjectId } from "../model.ts";
import { cosmoBuild, type RunBuild } from "../run/build.ts";
import type { Start } from "../run/start.ts";
import type { ProgramSubject } from "./subjects.ts";

/** Builds a program for this machine: what it does is what is right. */
export async function buildPlainProgram(subject: ProgramSubject, cache: string): Promise<string> {
  const dir = await linkCopy(subject, cache);
  const args = ["+nightly", "build", "--bins", "--message-format=json-render-diagnostics"];
  const env = { CARGO_TARGET_DIR: join(cache, "programs", "plain") };
  const stdout = await must("cargo", [...args, ...featureFlags(subject)], { cwd: dir, env });
  return ownOf(subject, executables(stdout)) ?? fail(subject, stdout);
}

/** Builds a program for the APE's half; undefined when it does not link. The place is kept for a later run. */
export async function buildProgramFor(
  subject: ProgramSubject,
  options: { cosmo: Cosmo; build: RunBuild; cache: string },
): Promise<string | undefined> {
  const { cosmo, build, cache } = options;
  const dir = await linkCopy(subject, cache);
  const { cargo, flags, env } = await cosmoBuild(cosmo, build, cache);
  const ended = await run(cargo, [...flags, ...featureFlags(subject)], { cwd: dir, env });
  const logs = join(cache, "programs");
  await mkdir(logs, { recursive: true });
  const name = `${subjectId(subject)}-${build.profile}-${cosmo.arch}.log`;
  await writeFile(join(logs, name), ended.stderr);
  return ownOf(subject, executables(ended.stdout));
}

function ownOf(
  { name, binary = name }: ProgramSubject,
  files: readonly string[],
): string | undefined {
  return files.find((file) => basename(file, ".dbg") === binary);
}

function fail(subject: ProgramSubject, stdout: string): never {
  throw new Error(`${subjectId(subject)} has no such program: ${stdout.slice(-200)}`);
}

const TEXTS: Readonly<Record<string, string>> = {
  "words.txt": "an old word\nanother old one\nnothing here\nold and new\n",
  "deep/code.rs": '// a comment\nfn main() {\n    println!("old");\n}\n',
  "deep/more.txt": "the old way\n\nold\n",
  "deep/deeper/page.md": "# Old\n\nold text\n",
};

/** A workload: its arguments, the same small folder for each, and what is in it afterwards. */
export function workload(args: readonly string[]): Start {
  return {
    args,
    fill: async (work) => {
      await mkdir(join(work, "files/deep/deeper"), { recursive: true });
      for (const [name, text] of Object.entries(TEXTS))
        await writeFile(join(work, "files", name), text);
    },
    left: async (work) => {
      const entries = await readdir(join(work, "files"), { recursive: true, withFileTypes: true });
      const files = entries.filter((entry) => entry.isFile());
      const paths = files.map((entry) => join(entry.parentPath, entry.name)).toSorted();
      const texts = paths.map(
        async (path) => `${path.slice(work.length)}\n${await readFile(path, "utf8")}`,
      );
      return `\n== left\n${(await Promise.all(texts)).join("")}`;
    },
  };
}
