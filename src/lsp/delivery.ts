import { createHash } from "node:crypto";
import {
  CodeLensRefreshRequest,
  DiagnosticRefreshRequest,
  PublishDiagnosticsNotification,
  type Diagnostic,
  type ProtocolConnection,
} from "vscode-languageserver/node";
import type { Client } from "./client.ts";
import type { Documents } from "./documents.ts";
import { toDiagnostic, type Speaker, type Squiggle } from "./diagnostics/squiggle.ts";
import { quietly } from "./quietly.ts";
import type { Texts } from "./texts.ts";

/** Brings diagnostics to the client: unasked, or when it asks; never both. */
export class Delivery implements Speaker {
  client: Client;
  private readonly connection: ProtocolConnection;
  private readonly documents: Documents;
  private readonly texts: Texts;
  /** What is shown now, by who says it and by file. */
  private readonly shown = new Map<unknown, ReadonlyMap<string, readonly Squiggle[]>>();
  /** What was sent last, by URI: the same is not sent twice. */
  private readonly sent = new Map<string, string>();

  constructor(parts: {
    client: Client;
    connection: ProtocolConnection;
    documents: Documents;
    texts: Texts;
  }) {
    this.client = parts.client;
    this.connection = parts.connection;
    this.documents = parts.documents;
    this.texts = parts.texts;
  }

  linesOf(file: string): readonly string[] {
    return this.texts.lines(file);
  }

  uriOf(file: string): string {
    return this.documents.uriOf(file);
  }

  /**
   * All that one source of diagnostics says now; what it said before and does not any more is taken back. A client that
   * asks, and is not about to get this as an answer, is told to ask again.
   */
  show(
    from: unknown,
    squiggles: ReadonlyMap<string, readonly Squiggle[]>,
    { asked = false }: { asked?: boolean } = {},
  ): void {
    const files = new Set([...(this.shown.get(from)?.keys() ?? []), ...squiggles.keys()]);
    if (squiggles.size === 0) this.shown.delete(from);
    else this.shown.set(from, squiggles);
    if (!this.client.pulls) for (const file of files) this.push(file);
    else if (this.client.refreshesDiagnostics && !asked)
      void quietly(() => this.connection.sendRequest(DiagnosticRefreshRequest.type));
  }

  /** Verdicts above dependencies may be others now. */
  refreshLenses(): void {
    if (this.client.refreshesLenses)
      void quietly(() => this.connection.sendRequest(CodeLensRefreshRequest.type));
  }

  /** Every file that something is said about. */
  files(): string[] {
    return [...new Set([...this.shown.values()].flatMap((files) => [...files.keys()]))];
  }

  squigglesOf(file: string): Squiggle[] {
    const all = [...this.shown.values()].flatMap((files) => files.get(file) ?? []);
    // NOTE: a mistake in a configuration is found by who reads it for a run, and by who looks at the open file
    const inputs = new Set<string>();
    return all.filter(({ code, message }) => {
      if (code !== "input") return true;
      return !inputs.has(message) && inputs.add(message);
    });
  }

  diagnosticsOf(file: string): Diagnostic[] {
    return this.squigglesOf(file).map((each) => toDiagnostic(each, this));
  }

  push(file: string): void {
    const uri = this.uriOf(file);
    const diagnostics = this.diagnosticsOf(file);
    const version = this.documents.get(uri)?.version;
    const message = { uri, diagnostics, ...(version === undefined ? {} : { version }) };
    const id = resultId(message);
    if (this.sent.get(uri) === id || (diagnostics.length === 0 && !this.sent.has(uri))) return;
    if (diagnostics.length === 0) this.sent.delete(uri);
    else this.sent.set(uri, id);
    void quietly(() =>
      this.connection.sendNotification(PublishDiagnosticsNotification.type, message),
    );
  }

  /** A file was opened or closed: its name or version is another one. */
  forget(uri: string): void {
    if (this.sent.has(uri)) this.sent.set(uri, "");
  }
}

/** The same for the same diagnostics: a client that has them is told so. */
export function resultId(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("base64url").slice(0, 22);
}
