import { PassThrough } from "node:stream";
import { pathToFileURL } from "node:url";
import { onTestFinished } from "vitest";
import {
  createProtocolConnection,
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  InitializedNotification,
  InitializeRequest,
  PublishDiagnosticsNotification,
  RegistrationRequest,
  ShutdownRequest,
  ExitNotification,
  StreamMessageReader,
  StreamMessageWriter,
  type ClientCapabilities,
  type Diagnostic,
  type InitializeResult,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
} from "vscode-languageserver-protocol/node";
import { serve } from "../../src/lsp/index.ts";
import type { EditorSettings } from "../../src/lsp/settings.ts";

/** An editor made of paper: it does what a test says, and remembers what it is told. */
export interface ScriptedClient {
  readonly connection: ProtocolConnection;
  readonly answer: InitializeResult;
  /** Diagnostics that were sent unasked, newest last. */
  readonly pushed: PublishDiagnosticsParams[];
  readonly registered: string[];
  /** The streams, to be cut. */
  readonly toServer: PassThrough;
  /** Exit code of the server, when it has ended. */
  readonly ended: Promise<number>;
  open(file: string, text: string, languageId?: string): string;
  change(uri: string, version: number, text: string): void;
  /** The newest diagnostics of a file, as soon as `fits` holds for them. */
  diagnostics(
    file: string,
    fits?: (found: readonly Diagnostic[], message: PublishDiagnosticsParams) => boolean,
  ): Promise<readonly Diagnostic[]>;
  stop(): Promise<number>;
}

/** Starts a server in this process and says hello to it. Nothing asks cargo, nothing is kept. */
export async function startClient(options: {
  folders?: readonly string[];
  capabilities?: ClientCapabilities;
  settings?: Partial<EditorSettings>;
  onConnection?: (connection: ProtocolConnection) => void;
}): Promise<ScriptedClient> {
  const { folders = [], capabilities = {}, settings = {} } = options;
  const toServer = new PassThrough();
  const toClient = new PassThrough();
  const ended = serve({
    input: toServer,
    output: toClient,
    env: {},
    defaults: { cargo: "never", cache: false, ...settings },
  });
  const connection = createProtocolConnection(
    new StreamMessageReader(toClient),
    new StreamMessageWriter(toServer),
  );
  const pushed: PublishDiagnosticsParams[] = [];
  const registered: string[] = [];
  const waiting = new Set<() => void>();
  connection.onNotification(PublishDiagnosticsNotification.type, (message) => {
    pushed.push(message);
    for (const look of waiting) look();
  });
  connection.onRequest(RegistrationRequest.type, ({ registrations }) => {
    registered.push(...registrations.map(({ method }) => method));
  });
  options.onConnection?.(connection);
  connection.listen();
  const answer = await connection.sendRequest(InitializeRequest.type, {
    processId: process.pid,
    rootUri: null,
    capabilities,
    workspaceFolders: folders.map((folder) => ({ uri: uriOf(folder), name: folder })),
  });
  await connection.sendNotification(InitializedNotification.type, {});
  const client: ScriptedClient = {
    connection,
    answer,
    pushed,
    registered,
    toServer,
    ended,
    open(file, text, languageId = "rust") {
      const uri = uriOf(file);
      void connection.sendNotification(DidOpenTextDocumentNotification.type, {
        textDocument: { uri, languageId, version: 1, text },
      });
      return uri;
    },
    change(uri, version, text) {
      void connection.sendNotification(DidChangeTextDocumentNotification.type, {
        textDocument: { uri, version },
        contentChanges: [{ text }],
      });
    },
    diagnostics(file, fits = () => true) {
      return new Promise((resolve) => {
        const look = (): void => {
          const last = pushed.findLast(({ uri }) => uri === uriOf(file));
          if (last === undefined || !fits(last.diagnostics, last)) return;
          waiting.delete(look);
          resolve(last.diagnostics);
        };
        waiting.add(look);
        look();
      });
    },
    async stop() {
      await connection.sendRequest(ShutdownRequest.type);
      await connection.sendNotification(ExitNotification.type);
      return ended;
    },
  };
  onTestFinished(() => connection.dispose());
  return client;
}

/** Something that will happen once. */
export function event(): { readonly happened: Promise<void>; readonly tell: () => void } {
  let tell = (): void => {};
  const happened = new Promise<void>((resolve) => {
    tell = resolve;
  });
  return { happened, tell };
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}

export function uriOf(file: string): string {
  return pathToFileURL(file).href;
}
