import { spawnSync } from "node:child_process";

export interface RunResult {
  readonly ok: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program and waits; a program that cannot be started is an error, a failing one is an answer. */
export function run(
  program: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv; input?: string } = {},
): RunResult {
  const done = spawnSync(program, args, {
    encoding: "utf8",
    maxBuffer: 1 << 30,
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    ...(options.input === undefined ? {} : { input: options.input }),
    env: { ...process.env, LC_ALL: "C", ...options.env },
  });
  if (done.error) throw new Error(`cannot run ${program}: ${done.error.message}`);
  return { ok: done.status === 0, stdout: done.stdout, stderr: done.stderr };
}

/** As `run`, and a failing program is an error that shows the end of what it said. */
export function runOk(
  program: string,
  args: readonly string[],
  options: Parameters<typeof run>[2] = {},
): string {
  const done = run(program, args, options);
  if (!done.ok)
    throw new Error(
      `${program} ${args.slice(0, 4).join(" ")} … failed:\n${done.stderr.slice(-2000)}`,
    );
  return done.stdout;
}
