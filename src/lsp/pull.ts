import {
  DocumentDiagnosticReportKind,
  DocumentDiagnosticRequest,
  LSPErrorCodes,
  ResponseError,
  WorkspaceDiagnosticRequest,
  type CancellationToken,
  type DocumentDiagnosticReport,
} from "vscode-languageserver/node";
import { pathOf } from "./documents.ts";
import { resultId } from "./delivery.ts";
import type { Session } from "./session.ts";

/** Answers clients that ask for diagnostics. */
export function answerPulls(session: Session): void {
  const { connection, delivery, documents, projects, scans } = session;
  connection.onRequest(DocumentDiagnosticRequest.type, async (params, token) => {
    const { uri } = params.textDocument;
    const path = pathOf(uri);
    const project = path === undefined ? undefined : projects.of(path);
    if (path === undefined || !session.settings.enable)
      return { kind: DocumentDiagnosticReportKind.Full, items: [] };
    const { version } = documents.get(uri) ?? {};
    if (project !== undefined) await unlessCancelled(scans.ready(project), token);
    await unlessCancelled(session.edits.settle(path), token);
    // NOTE: what is known is about another text by now; the client asks again
    if (documents.get(uri)?.version !== version) throw retry();
    return reportOf(delivery.diagnosticsOf(path), params.previousResultId);
  });
  connection.onRequest(WorkspaceDiagnosticRequest.type, async (params, token) => {
    if (session.settings.enable)
      await unlessCancelled(Promise.all(projects.all().map((one) => scans.ready(one))), token);
    const before = new Map(params.previousResultIds.map(({ uri, value }) => [uri, value]));
    const uris = new Set([...before.keys(), ...delivery.files().map((one) => delivery.uriOf(one))]);
    const items = [...uris].map((uri) => {
      const version = documents.get(uri)?.version ?? null;
      const found = delivery.diagnosticsOf(pathOf(uri) ?? "");
      return { ...reportOf(found, before.get(uri)), uri, version };
    });
    return { items };
  });
}

function reportOf(
  items: ReturnType<Session["delivery"]["diagnosticsOf"]>,
  previous: string | undefined,
): DocumentDiagnosticReport {
  const id = resultId(items);
  return id === previous
    ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId: id }
    : { kind: DocumentDiagnosticReportKind.Full, resultId: id, items };
}

/** Waits for work that others need too, so that it goes on when one does not want it any more. */
export function unlessCancelled<T>(work: Promise<T>, token: CancellationToken): Promise<T> {
  return new Promise((resolve, reject) => {
    const give = (): void =>
      reject(new ResponseError(LSPErrorCodes.RequestCancelled, "the request was cancelled"));
    if (token.isCancellationRequested) give();
    const listener = token.onCancellationRequested(give);
    work.then(resolve, reject).finally(() => listener.dispose());
  });
}

function retry(): ResponseError<{ retriggerRequest: boolean }> {
  return new ResponseError(LSPErrorCodes.ServerCancelled, "the text has changed", {
    retriggerRequest: true,
  });
}
