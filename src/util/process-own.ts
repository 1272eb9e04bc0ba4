import { fork } from "node:child_process";

/** A part of this program in a process of its own: all memory that it takes goes with it. */
export interface OwnProcess {
  /** Sends plain data, maps and sets among it. */
  send(message: unknown): void;
  onMessage(listen: (message: unknown) => void): void;
  /** Told once when nothing more can come, after the last message; with an error when it could not be started. */
  onEnd(listen: (error?: Error) => void): void;
  /** Do not stay for its sake. */
  leave(): void;
  kill(): void;
}

/** Starts a file of this program; it reads nothing, and what it writes to stdout is lost. */
export function startOwn(file: string): OwnProcess {
  const child = fork(file, [], {
    serialization: "advanced",
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    // NOTE: what is asked of node for the editor's server, a debugger's port say, is not meant for others
    execArgv: [],
  });
  // NOTE: sending to a process that has just ended is no news: its end is told
  const send = (message: unknown): void => void child.send(message as object, () => {});
  return {
    send,
    onMessage: (listen) => void child.on("message", listen),
    onEnd: (listen) => {
      child.once("error", listen);
      child.once("disconnect", () => listen());
    },
    leave: () => {
      child.unref();
      child.channel?.unref();
    },
    kill: () => void child.kill("SIGKILL"),
  };
}
