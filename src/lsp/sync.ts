import {
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DidSaveTextDocumentNotification,
} from "vscode-languageserver/node";
import { dropProjects } from "./lifecycle.ts";
import { pathOf, type OpenDocument } from "./documents.ts";
import type { Session } from "./session.ts";

/** Keeps in step with what the client has open. */
export function answerSync(session: Session): void {
  const { connection, documents, delivery } = session;
  connection.onNotification(DidOpenTextDocumentNotification.type, ({ textDocument }) => {
    const document = documents.add(textDocument);
    if (document !== undefined) opened(session, document);
  });
  connection.onNotification(DidChangeTextDocumentNotification.type, (params) => {
    const { uri, version } = params.textDocument;
    const document = documents.change(uri, version, params.contentChanges);
    if (document !== undefined) session.edits.changed(document);
  });
  connection.onNotification(DidSaveTextDocumentNotification.type, ({ textDocument: { uri } }) => {
    const path = pathOf(uri) ?? "";
    session.edits.saved(path);
    const project = session.projects.of(path);
    if (project !== undefined) session.rescan(project);
  });
  connection.onNotification(DidCloseTextDocumentNotification.type, ({ textDocument: { uri } }) => {
    const path = pathOf(uri);
    documents.remove(uri);
    delivery.forget(uri);
    if (path === undefined) return;
    session.edits.closed(path);
    if (!delivery.client.pulls) delivery.push(path);
    dropProjects(session);
  });
}

function opened(session: Session, document: OpenDocument): void {
  if (!session.settings.enable) return;
  const { uri, path } = document;
  const project = session.projects.of(path);
  session.delivery.forget(uri);
  session.edits.opened(document);
  if (project === undefined) return;
  if (project.tree === undefined) void session.scans.ready(project);
  else if (!session.delivery.client.pulls) session.delivery.push(path);
}
