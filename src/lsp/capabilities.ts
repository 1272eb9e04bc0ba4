import {
  CodeActionKind,
  TextDocumentSyncKind,
  type ServerCapabilities,
} from "vscode-languageserver/node";
import type { Client } from "./client.ts";
import { COMMANDS } from "./features/commands.ts";

/** Tells apart whose diagnostics are asked for, where several servers look at one file. */
export const IDENTIFIER = "ape-lint";

/** Kind of the action that makes every safe repair of a file. */
export const FIX_ALL = `${CodeActionKind.SourceFixAll}.ape-lint`;

/** What we can do for a client. */
export function capabilitiesFor(client: Client): ServerCapabilities {
  return {
    positionEncoding: client.encoding,
    textDocumentSync: {
      openClose: true,
      change: TextDocumentSyncKind.Incremental,
      save: { includeText: false },
    },
    ...(client.pulls
      ? {
          diagnosticProvider: {
            identifier: IDENTIFIER,
            // NOTE: Cargo.toml decides what is found in .rs files
            interFileDependencies: true,
            workspaceDiagnostics: true,
          },
        }
      : {}),
    hoverProvider: true,
    definitionProvider: true,
    codeLensProvider: {},
    codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL] },
    executeCommandProvider: { commands: [...COMMANDS] },
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
  };
}
