import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** How a child process ended. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface Options {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Called for each line of stdout; the lines are then not kept. */
  readonly onLine?: (line: string) => void;
}

/** Runs a program to its end, politely (`nice`); never throws for a failure of the program. */
export async function run(
  program: string,
  args: readonly string[],
  options: Options,
): Promise<Ended> {
  const child = spawn("nice", ["-n", "10", program, ...args], {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const out: string[] = [];
  const err: string[] = [];
  const keep = options.onLine ?? ((line: string) => void out.push(line));
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => void err.push(chunk));
  const lines = createInterface({ input: child.stdout });
  lines.on("line", keep);
  const closed = new Promise<void>((done) => lines.once("close", done));
  const code = await new Promise<number>((done, fail) => {
    child.once("error", fail);
    child.once("close", (status) => done(status ?? 1));
  });
  await closed;
  return { code, stdout: out.join("\n"), stderr: err.join("") };
}

/** Like `run`, but a failure of the program is an error that holds its last words. */
export async function must(
  program: string,
  args: readonly string[],
  options: Options,
): Promise<string> {
  const ended = await run(program, args, options);
  if (ended.code !== 0) {
    throw new Error(
      `${program} ${args.join(" ")}: ${ended.stderr.trim().split("\n").slice(-4).join(" | ")}`,
    );
  }
  return ended.stdout;
}

/** True when cargo and the standard library of the target are there; else says what is missing. */
export async function missingTool(target: string): Promise<string | undefined> {
  const cwd = process.cwd();
  const cargo = await run("cargo", ["--version"], { cwd }).catch(() => undefined);
  if (cargo === undefined || cargo.code !== 0) return "cargo is not installed";
  const lib = await run("rustc", ["--print", "target-libdir", "--target", target], { cwd });
  const there = await run("test", ["-d", lib.stdout.trim()], { cwd });
  return there.code === 0 ? undefined : `rustup target add ${target} has not been done`;
}
