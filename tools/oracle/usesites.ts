import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Arch } from "../../src/model/host.ts";
import { crateKey } from "../../src/util/crate-key.ts";
import { buildEnv } from "./build-env.ts";
import { must, run } from "./cargo.ts";
import { mergeRows, Message, Places, toRow } from "./diagnostics.ts";
import { markLibc } from "./mark.ts";
import {
  featureFlags,
  type OracleRow,
  type OracleRun,
  subjectId,
  type Subject,
  tripleOf,
} from "./model.ts";
import { exists, fetchPackage, libcVersion, packageDirs, patchedCopy, prepare } from "./prepare.ts";

/** Where the result of one subject on one architecture is kept. */
export function runPath(subject: Subject, arch: Arch, cache: string): string {
  return join(cache, `${subjectId(subject)}.${arch}.jsonl`);
}

async function markedWorkspace(
  subject: Subject,
  cache: string,
): Promise<{ dir: string; libc: string }> {
  const clean = await prepare(subject, cache);
  const version = await libcVersion(subject, clean);
  const marked = join(cache, "libc", `libc-${version}`);
  await mkdir(join(cache, "libc"), { recursive: true });
  await markLibc(await fetchPackage("libc", version, cache), marked);
  const dir = join(cache, "marked", subjectId(subject));
  await patchedCopy(clean, dir, marked);
  return { dir, libc: version };
}

function failures(stderr: string): Record<string, string> {
  const failed: Record<string, string> = {};
  for (const line of stderr.split("\n")) {
    const compile = /^error: could not compile `([^`]+)`(.*)/.exec(line);
    const script = /^error: failed to run custom build command for `([^` ]+) v([^` ]+)/.exec(line);
    if (compile?.[1] !== undefined) failed[compile[1]] = `does not compile${compile[2] ?? ""}`;
    if (script?.[1] !== undefined)
      failed[`${script[1]}@${script[2] ?? ""}`] = "its build script fails here";
  }
  return failed;
}

/**
 * Asks rustc for every resolved use of the libc crate in the tree of a subject, on one architecture.
 * Runs the build scripts and procedural macros of the tree, as any `cargo check` does.
 */
export async function useSites(subject: Subject, arch: Arch, cache: string): Promise<OracleRun> {
  const path = runPath(subject, arch, cache);
  if (await exists(path)) return readRun(path);
  const { dir, libc } = await markedWorkspace(subject, cache);
  const target = tripleOf(arch);
  // NOTE cargo does not repeat the warnings of a dependency that it finds compiled: only what is
  // made for the host (procedural macros, build scripts) is kept from one run to the next.
  const scratch = join(cache, "target");
  await rm(join(scratch, target), { recursive: true, force: true });
  const places = new Places(dir, await packageDirs(dir));
  const rows: OracleRow[] = [];
  const packages = new Set<string>();
  const onLine = (line: string): void => {
    if (line.includes(`/${target}/`) && line.includes('"reason":"compiler-artifact"')) {
      const id = places.byId(String((JSON.parse(line) as { package_id: unknown }).package_id));
      if (id !== undefined) packages.add(crateKey(id));
    }
    if (!line.includes("use of deprecated")) return;
    const row = toRow(Message.parse(JSON.parse(line)), places);
    if (row !== undefined) rows.push(row);
  };
  const flags = featureFlags(subject);
  const args = [
    "check",
    "--offline",
    "--keep-going",
    "--target",
    target,
    "--message-format=json",
    "-j2",
    ...flags,
  ];
  const env = {
    ...(await buildEnv(cache)),
    RUSTFLAGS: "--force-warn deprecated",
    CARGO_TARGET_DIR: scratch,
  };
  const ended = await run("cargo", args, { cwd: dir, env, onLine });
  const failed = failures(ended.stderr);
  if (ended.code !== 0 && Object.keys(failed).length === 0)
    throw new Error(`${subjectId(subject)}: ${ended.stderr.slice(-600)}`);
  const rustc = (await must("rustc", ["--version"], { cwd: dir })).trim();
  const merged = mergeRows(rows);
  const head = {
    subject: subjectId(subject),
    target,
    rustc,
    libc,
    flags,
    packages: [...packages].toSorted(),
    failed,
  };
  await writeRun({ ...head, rows: merged }, path);
  await rm(join(scratch, target), { recursive: true, force: true });
  return { ...head, rows: merged };
}

async function writeRun(result: OracleRun, path: string): Promise<void> {
  const { rows, ...head } = result;
  await writeFile(path, `${[head, ...rows].map((line) => JSON.stringify(line)).join("\n")}\n`);
}

/** Reads what `useSites` has written: a line about the run, then one line per use. */
export async function readRun(path: string): Promise<OracleRun> {
  const [head = "{}", ...rows] = (await readFile(path, "utf8")).trimEnd().split("\n");
  return {
    ...(JSON.parse(head) as Omit<OracleRun, "rows">),
    rows: rows.map((row) => JSON.parse(row) as OracleRow),
  };
}
