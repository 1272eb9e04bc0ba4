import module from "node:module";
import { systemReason } from "../util/errors.ts";
import { EXIT } from "./exit-codes.ts";

/** How long an interrupted run may clean up. */
const GRACE_MS = 1000;

/** Starts the program for this process and sets its exit code. */
export async function start(options: { command: string; args: readonly string[] }): Promise<void> {
  // NOTE: Node 22 and later keep compiled code between runs; Node 20 has no such thing.
  const { enableCompileCache } = module as { enableCompileCache?: () => unknown };
  enableCompileCache?.();
  const interrupt = new AbortController();
  quietOnClosedPipe();
  process.once("SIGINT", () => {
    interrupt.abort();
    // NOTE: cargo is told to end; whoever does not listen is not waited for.
    setTimeout(() => {
      process.stderr.write("interrupted; nothing of this run is complete\n");
      process.exit(130);
    }, GRACE_MS).unref();
    process.once("SIGINT", () => process.exit(130));
  });
  const [{ runCommandLine }, { processIo }] = await Promise.all([
    import("./run.ts"),
    import("./io.ts"),
  ]);
  const code = await runCommandLine(options.args, processIo(options.command, interrupt.signal));
  process.exitCode = interrupt.signal.aborted ? 130 : code;
}

/** A reader that has seen enough (`| head`) is no error; a full disk is one. */
function quietOnClosedPipe(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EPIPE") process.exit(process.exitCode ?? 0);
      if (stream === process.stdout)
        process.stderr.write(
          `error: cannot write the results (${systemReason(error) ?? error.message})\n`,
        );
      process.exit(EXIT.incomplete);
    });
  }
}
