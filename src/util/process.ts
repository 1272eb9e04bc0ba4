import { spawn } from "node:child_process";

/** How a child process is run: never through a shell, always with limits. */
export interface RunOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly timeoutMs?: number;
  /** Longest output kept, per stream; more ends the child. */
  readonly maxBytes?: number;
  readonly signal?: AbortSignal;
  /** Called for every line that the child writes to stderr. */
  readonly onStderrLine?: (line: string) => void;
  /** What the child reads; nothing, when absent. */
  readonly input?: string;
}

export interface RunResult {
  readonly stdout: string;
  /** The same, undecoded. */
  readonly bytes?: Buffer;
  readonly stderr: string;
  /** Exit code; `null` when the child did not end by itself. */
  readonly code: number | null;
  /** Why the child was ended, when it did not end by itself. */
  readonly ended?: "timeout" | "output" | "aborted" | "signal";
}

const DEFAULT_TIMEOUT_MS = 10 * 60_000;
const DEFAULT_MAX_BYTES = 256 * 1024 * 1024;

/**
 * Runs a program and collects what it writes. A failing program is a result, not an exception;
 * only a program that cannot be started rejects (with Node's own error: `code` is `ENOENT`, …).
 *
 * NOTE: node:child_process instead of tinyexec, because tinyexec puts `node_modules/.bin` of the
 * current folders in front of PATH: a project could ship its own `cargo` that way.
 */
export async function run(
  program: string,
  args: readonly string[],
  options: RunOptions,
): Promise<RunResult> {
  const { promise, resolve, reject } = defer<RunResult>();
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: options.env,
    shell: false,
    windowsHide: true,
    stdio: "pipe",
  });
  let ended: RunResult["ended"];
  const stop = (why: NonNullable<RunResult["ended"]>): void => {
    ended ??= why;
    child.kill("SIGKILL");
  };
  const limit = options.maxBytes ?? DEFAULT_MAX_BYTES;
  const stdout = collect(child.stdout, limit, () => stop("output"));
  const stderr = collect(child.stderr, limit, () => stop("output"), options.onStderrLine);
  const timer = setTimeout(() => stop("timeout"), options.timeoutMs ?? DEFAULT_TIMEOUT_MS);
  const abort = (): void => stop("aborted");
  if (options.signal?.aborted) abort();
  options.signal?.addEventListener("abort", abort, { once: true });
  child.once("error", reject);
  // NOTE: a child that ends early closes its end; what it said is in its exit code.
  child.stdin.once("error", () => {}).end(options.input ?? "");
  child.once("close", (code, signal) => {
    const why = ended ?? (signal === null ? undefined : "signal");
    const bytes = stdout();
    resolve({
      stdout: bytes.toString("utf8"),
      bytes,
      stderr: stderr().toString("utf8"),
      code: why ? null : code,
      ...(why && { ended: why }),
    });
  });
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener("abort", abort);
  }
}

function defer<T>(): {
  promise: Promise<T>;
  resolve: (value: T) => void;
  reject: (error: unknown) => void;
} {
  let resolve!: (value: T) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<T>((ok, bad) => {
    resolve = ok;
    reject = bad;
  });
  return { promise, resolve, reject };
}

/** Gathers a stream up to a limit; returns a reader of what has come so far. */
function collect(
  stream: NodeJS.ReadableStream,
  limit: number,
  onFull: () => void,
  onLine?: (line: string) => void,
): () => Buffer {
  const chunks: Buffer[] = [];
  let size = 0;
  let rest = "";
  stream.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size > limit) return onFull();
    chunks.push(chunk);
    if (!onLine) return;
    const lines = (rest + chunk.toString("utf8")).split(/\r?\n/);
    rest = lines.pop() ?? "";
    for (const line of lines) onLine(line);
  });
  return () => Buffer.concat(chunks);
}
