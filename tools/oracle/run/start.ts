import { spawn } from "node:child_process";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { tmpdir } from "node:os";
import type { Cosmo } from "../cosmo.ts";
import { symbolsOf } from "./build.ts";

/** What a run of one program gave. */
export interface Ran {
  /** The exit code; -1 when a signal or the time limit ended it. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Where a program is run. */
export type Face = "plain" | "linux-x64" | "windows-x64" | "linux-arm64";

const LIMIT = 30_000;

/** What a program is started with, and what is looked at besides its output. */
export interface Start {
  readonly args: readonly string[];
  /** Puts something into the folder that the program starts in. */
  readonly fill?: (work: string) => Promise<void>;
  /** What the program left there; compared as if it had been printed. */
  readonly left?: (work: string) => Promise<string>;
}

/** Starts a program on a face, with a new folder as its argument unless told otherwise. */
export async function start(
  program: string,
  face: Face,
  dir: string,
  { args: given, fill, left }: Start = { args: ["files"] },
): Promise<Ran> {
  const work = await mkdtemp(join(tmpdir(), "ape-run-"));
  // NOTE: a relative name, since Windows has its folders elsewhere
  await mkdir(join(work, "files"));
  await fill?.(work);
  const runner = {
    plain: [],
    "linux-x64": [],
    "windows-x64": [join(dir, "scripts/windows/run.sh")],
    "linux-arm64": [join(dir, "scripts/arm64/run.sh")],
  }[face];
  const [command = program, ...args] = [...runner, program, ...given];
  const wine = join(dir, "wine");
  await mkdir(wine, { recursive: true });
  try {
    const env = { ...process.env, APE_WINE: wine, RUST_BACKTRACE: "0" };
    const ended = await ran(command, args, { env, cwd: work });
    return { ...ended, stdout: ended.stdout + ((await left?.(work)) ?? "") };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

function ran(
  command: string,
  args: readonly string[],
  place: { env: NodeJS.ProcessEnv; cwd: string },
): Promise<Ran> {
  return new Promise((done, fail) => {
    const child = spawn(command, args, {
      ...place,
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => void out.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => void err.push(chunk));
    const timer = setTimeout(() => process.kill(-(child.pid ?? 0), "SIGKILL"), LIMIT);
    child.once("error", fail);
    child.once("exit", (code) => {
      clearTimeout(timer);
      // NOTE: a server of Wine's keeps the pipes open; what is there by now is all
      setTimeout(() => {
        child.stdout.destroy();
        child.stderr.destroy();
        done({ code: code ?? -1, stdout: text(out), stderr: text(err) });
      }, 50);
    });
  });
}

function text(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString("utf8").replaceAll("\r\n", "\n");
}

/** The calls after which memory behind a struct of Rust code was another. */
export async function overwrites(program: string, cosmo: Cosmo, stderr: string): Promise<string[]> {
  const told = [...stderr.matchAll(/APE-OVERWRITE (\w+) ([0-9a-f]{16})/g)];
  if (told.length === 0) return [];
  const symbols = await symbolsOf(program, cosmo);
  const names = told.flatMap(([, call = "", address = "0"]) => {
    const caller = symbols.findLast(([at]) => at <= BigInt(`0x${address}`))?.[1] ?? "";
    return /^_(ZN|R)/.test(caller) ? [call] : [];
  });
  return [...new Set(names)].toSorted();
}
