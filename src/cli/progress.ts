import type { Progress } from "../model/options.ts";
import type { Io } from "./io.ts";
import { setV8Flags } from "./v8-flags.ts";

/**
 * Does a command's work over a tree: with V8 set for work of seconds, and progress shown as far as the user and the
 * terminal want it.
 */
export async function withProgress<T>(
  io: Io,
  flags: { readonly progress: boolean; readonly quiet: boolean },
  work: (onProgress: ProgressLine["onProgress"]) => Promise<T>,
): Promise<T> {
  setV8Flags();
  const line = progressLine(io, flags.progress && !flags.quiet);
  try {
    return await work(line.onProgress);
  } finally {
    line.stop();
  }
}

/** Tells on a terminal what goes on; silent everywhere else. */
interface ProgressLine {
  readonly onProgress: (progress: Progress) => void;
  /** Takes the line away; to be called before anything else is written. */
  stop(): void;
}

/** A run that is over sooner needs no words about it. */
const SILENT_MS = 500;

/** Shows one line that changes, on a terminal's stderr only, and only when the run takes a while. */
function progressLine(io: Io, wanted: boolean): ProgressLine {
  if (!wanted || !io.stderr.isTTY || io.env["TERM"] === "dumb" || io.env["CI"]) {
    return { onProgress: () => {}, stop: () => {} };
  }
  let text = "";
  let over = false;
  let spinner: { text: string; stop(): unknown } | undefined;
  const timer = setTimeout(() => {
    void import("ora").then(({ default: ora }) => {
      if (!over) spinner = ora({ text, stream: process.stderr, discardStdin: false }).start();
    });
  }, SILENT_MS);
  return {
    onProgress({ message }) {
      text = message;
      if (spinner !== undefined) spinner.text = message;
    },
    stop() {
      over = true;
      clearTimeout(timer);
      spinner?.stop();
    },
  };
}
