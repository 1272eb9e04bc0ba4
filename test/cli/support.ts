import { runCommandLine } from "../../src/cli/run.ts";
import type { Io } from "../../src/cli/io.ts";

/** What one command line did. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line in this process, away from the real streams and the real environment. */
export async function runCli(
  args: readonly string[],
  options: { cwd?: string; env?: Record<string, string>; stdin?: string; tty?: boolean } = {},
): Promise<Ran> {
  let stdout = "";
  let stderr = "";
  const sink = (write: (text: string) => void): Io["stdout"] => ({
    isTTY: options.tty ?? false,
    columns: 100,
    write,
  });
  const io: Io = {
    stdout: sink((text) => (stdout += text)),
    stderr: sink((text) => (stderr += text)),
    env: { CI: "true", ...options.env },
    cwd: options.cwd ?? process.cwd(),
    command: "ape-lint",
    readStdin: () => Promise.resolve(options.stdin ?? ""),
    signal: new AbortController().signal,
  };
  const code = await runCommandLine(args, io);
  return { code, stdout, stderr };
}
