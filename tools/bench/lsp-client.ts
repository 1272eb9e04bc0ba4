import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import {
  createProtocolConnection,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  LogMessageNotification,
  PublishDiagnosticsNotification,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  WorkDoneProgressCreateRequest,
} from "vscode-languageserver-protocol/node";

/** A real server in a process of its own, and a client that measures. */
export class MeasuredServer {
  private readonly child;
  private readonly connection;
  private readonly waiting = new Map<string, (at: number) => void>();
  /** Milliseconds from the hello until progress was to be shown. */
  progress: number | undefined;
  private scanned: (() => void) | undefined;
  private began = 0;

  constructor(words: readonly string[]) {
    const [program = "", ...args] = words;
    this.child = spawn(program, [...args, "lsp", "--stdio"], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    this.connection = createProtocolConnection(
      new StreamMessageReader(this.child.stdout),
      new StreamMessageWriter(this.child.stdin),
    );
    this.connection.onNotification(PublishDiagnosticsNotification.type, ({ uri, version }) => {
      const key = `${uri}#${version}`;
      this.waiting.get(key)?.(performance.now());
      this.waiting.delete(key);
    });
    this.connection.onNotification(LogMessageNotification.type, ({ message }) => {
      if (message.includes("looked at in")) this.scanned?.();
    });
    this.connection.onRequest(WorkDoneProgressCreateRequest.type, () => {
      this.progress ??= performance.now() - this.began;
    });
    this.connection.listen();
  }

  /** Says hello. @returns milliseconds until the whole workspace was looked at */
  async start(folder: string): Promise<number> {
    this.began = performance.now();
    const scanned = new Promise<void>((resolve) => {
      this.scanned = resolve;
    });
    await this.connection.sendRequest(InitializeRequest.type, {
      processId: process.pid,
      rootUri: null,
      capabilities: { window: { workDoneProgress: true } },
      workspaceFolders: [{ uri: pathToFileURL(folder).href, name: "bench" }],
      initializationOptions: { offline: true },
    });
    await this.connection.sendNotification(InitializedNotification.type, {});
    await scanned;
    return performance.now() - this.began;
  }

  /** Opens a file. @returns milliseconds until its diagnostics were there */
  async open(file: string, text: string, version: number): Promise<number> {
    const uri = pathToFileURL(file).href;
    return this.measure(uri, version, () =>
      this.connection.sendNotification(DidOpenTextDocumentNotification.type, {
        textDocument: { uri, languageId: "rust", version, text },
      }),
    );
  }

  /** Types one character. @returns milliseconds until its diagnostics were there, the wait for more keys included */
  async type(file: string, version: number, line: number, text: string): Promise<number> {
    const uri = pathToFileURL(file).href;
    const at = { line, character: 0 };
    return this.measure(uri, version, () =>
      this.connection.sendNotification(DidChangeTextDocumentNotification.type, {
        textDocument: { uri, version },
        contentChanges: [{ range: { start: at, end: at }, text }],
      }),
    );
  }

  async close(file: string): Promise<void> {
    const textDocument = { uri: pathToFileURL(file).href };
    await this.connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument });
  }

  /** Megabytes that the process has in memory; undefined where the system does not tell. */
  megabytes(): number | undefined {
    try {
      const status = readFileSync(`/proc/${this.child.pid}/status`, "utf8");
      return Number(/VmRSS:\s+(\d+)/u.exec(status)?.[1]) / 1024;
    } catch {
      return undefined;
    }
  }

  /** Processor milliseconds that the process has had so far. */
  processor(): number {
    const stat = readFileSync(`/proc/${this.child.pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return (Number(fields[11]) + Number(fields[12])) * 10;
  }

  async stop(): Promise<void> {
    await this.connection.sendRequest(ShutdownRequest.type);
    await this.connection.sendNotification(ExitNotification.type);
  }

  private async measure(uri: string, version: number, send: () => Promise<void>): Promise<number> {
    const before = performance.now();
    const told = new Promise<number>((resolve) => {
      this.waiting.set(`${uri}#${version}`, resolve);
    });
    await send();
    return (await told) - before;
  }
}
