import type { ClientCapabilities } from "vscode-languageserver/node";
import { chooseEncoding, type Encoding } from "./positions.ts";

/** What the client on the other end can do, as far as we ask. */
export interface Client {
  readonly encoding: Encoding;
  /** It asks for diagnostics; then none are sent unasked. */
  readonly pulls: boolean;
  readonly refreshesDiagnostics: boolean;
  readonly refreshesLenses: boolean;
  readonly showsRelated: boolean;
  readonly showsProgress: boolean;
  readonly showsDocuments: boolean;
  readonly watchesFiles: boolean;
  readonly hasConfiguration: boolean;
  readonly registersConfiguration: boolean;
  readonly editsByVersion: boolean;
}

/** Reads a client's announcement. */
export function clientOf(capabilities: ClientCapabilities): Client {
  const { general, textDocument, window, workspace } = capabilities;
  return {
    encoding: chooseEncoding(general?.positionEncodings),
    pulls: textDocument?.diagnostic !== undefined,
    showsRelated:
      textDocument?.publishDiagnostics?.relatedInformation === true ||
      textDocument?.diagnostic?.relatedInformation === true,
    showsProgress: window?.workDoneProgress === true,
    showsDocuments: window?.showDocument?.support === true,
    ...workspaceOf(workspace ?? {}),
  };
}

type WorkspaceAnswers =
  | "refreshesDiagnostics"
  | "refreshesLenses"
  | "watchesFiles"
  | "hasConfiguration"
  | "registersConfiguration"
  | "editsByVersion";

function workspaceOf(
  workspace: NonNullable<ClientCapabilities["workspace"]>,
): Pick<Client, WorkspaceAnswers> {
  return {
    refreshesDiagnostics: workspace.diagnostics?.refreshSupport === true,
    refreshesLenses: workspace.codeLens?.refreshSupport === true,
    watchesFiles: workspace.didChangeWatchedFiles?.dynamicRegistration === true,
    hasConfiguration: workspace.configuration === true,
    registersConfiguration: workspace.didChangeConfiguration?.dynamicRegistration === true,
    editsByVersion: workspace.workspaceEdit?.documentChanges === true,
  };
}
