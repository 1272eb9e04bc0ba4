import { InputError } from "../util/errors.ts";
/** What a command may touch of the process; tests hand over their own. */
export interface Io {
  /** Where results go. */
  readonly stdout: Sink;
  /** Where everything else goes. */
  readonly stderr: Sink;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** How the program was called, for help and next steps. */
  readonly command: string;
  readonly readStdin: () => Promise<string>;
  readonly signal: AbortSignal;
}

/** A stream that text is written to. */
export interface Sink {
  readonly isTTY: boolean;
  readonly columns: number | undefined;
  write(text: string): void;
}

/** The real process. */
export function processIo(command: string, signal: AbortSignal): Io {
  return {
    stdout: sinkOf(process.stdout),
    stderr: sinkOf(process.stderr),
    env: process.env,
    cwd: process.cwd(),
    command,
    readStdin,
    signal,
  };
}

function sinkOf(stream: NodeJS.WriteStream): Sink {
  return {
    isTTY: stream.isTTY ?? false,
    columns: stream.columns,
    write: (text) => void stream.write(text),
  };
}

/** No sensible Rust file is longer. */
const MAX_STDIN = 32 * 1024 * 1024;

async function readStdin(): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin) {
    const bytes = Buffer.from(chunk as Uint8Array);
    size += bytes.length;
    if (size > MAX_STDIN)
      throw new InputError("more than 32 MiB on standard input", { hint: "give a file" });
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString("utf8");
}
