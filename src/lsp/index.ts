import {
  createProtocolConnection,
  ExitNotification,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { answerActions } from "./features/actions.ts";
import { answerCommands } from "./features/commands.ts";
import { answerDefinition, answerLenses } from "./features/hazard.ts";
import { answerHover } from "./features/hover.ts";
import { answerLifecycle } from "./lifecycle.ts";
import { answerPulls } from "./pull.ts";
import { Session } from "./session.ts";
import type { EditorSettings } from "./settings.ts";
import { answerSync } from "./sync.ts";
import { answerWatching } from "./watching.ts";

/** What the server is given of the process around it. */
export interface ServerOptions {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Settings of the command line; the editor's own win. */
  readonly defaults?: Partial<EditorSettings>;
}

/** How often the editor's process is looked for. */
const ALIVE_MS = 3000;

/**
 * Serves one editor until it says goodbye, closes the pipe, or is not there any more.
 * @returns the exit code: 0 after a proper goodbye, else 1
 */
export function serve(options: ServerOptions): Promise<number> {
  const { input, output, env, defaults = {} } = options;
  const reader = new StreamMessageReader(input);
  const connection = createProtocolConnection(reader, new StreamMessageWriter(output));
  const session = new Session({ connection, env, defaults });
  answerLifecycle(session);
  answerSync(session);
  answerWatching(session);
  answerPulls(session);
  answerHover(session);
  answerDefinition(session);
  answerLenses(session);
  answerActions(session);
  answerCommands(session);
  let polite = false;
  return new Promise((resolve) => {
    const end = (code: number): void => {
      clearInterval(timer);
      session.scans.stop();
      connection.dispose();
      resolve(code);
    };
    connection.onRequest(ShutdownRequest.type, () => {
      polite = true;
    });
    connection.onNotification(ExitNotification.type, () => end(polite ? 0 : 1));
    connection.onClose(() => end(polite ? 0 : 1));
    connection.onError(([error]) => session.log(`the connection: ${error.message}`));
    // NOTE: an editor that was killed closes no pipe that a child of its own holds open
    const timer = setInterval(() => {
      if (isGone(session.editor)) end(1);
    }, ALIVE_MS);
    timer.unref();
    connection.listen();
  });
}

function isGone(id: number | undefined): boolean {
  if (id === undefined) return false;
  try {
    process.kill(id, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}
