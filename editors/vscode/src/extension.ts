import { existsSync } from "node:fs";
import { join } from "node:path";
import { commands, window, workspace, type ExtensionContext } from "vscode";
import { LanguageClient, type ServerOptions } from "vscode-languageclient/node";

let client: LanguageClient | undefined;

/** Starts `ape-lint lsp` for Rust files, manifests and our configuration. */
export async function activate(context: ExtensionContext): Promise<void> {
  context.subscriptions.push(
    commands.registerCommand("apeLint.restart", restart),
    commands.registerCommand("apeLint.showLog", () => client?.outputChannel.show()),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("apeLint.path")) void restart();
    }),
  );
  await start();
}

/** Ends the server with the window. */
export async function deactivate(): Promise<void> {
  await client?.stop();
}

async function restart(): Promise<void> {
  await client?.stop();
  await start();
}

async function start(): Promise<void> {
  if (!workspace.getConfiguration("apeLint").get("enable", true)) return;
  client = new LanguageClient("apeLint", "ape-lint", serverOptions(), {
    documentSelector: [
      { scheme: "file", language: "rust" },
      { scheme: "file", pattern: "**/Cargo.toml" },
      { scheme: "file", pattern: "**/{ape-lint,.ape-lint}.toml" },
      { scheme: "file", pattern: "**/rule.yml" },
    ],
    diagnosticCollectionName: "ape-lint",
  });
  try {
    await client.start();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const choice = await window.showErrorMessage(
      `ape-lint did not start: ${why}. Install it with \`npm install --global ape-lint\`, or set apeLint.path.`,
      "Open settings",
    );
    if (choice !== undefined)
      await commands.executeCommand("workbench.action.openSettings", "apeLint.path");
  }
}

/** The program of the settings, else the one of the project, else the one on the path. */
function serverOptions(): ServerOptions {
  const named = workspace.getConfiguration("apeLint").get<string>("path", "");
  const program = named === "" ? (projectProgram() ?? "ape-lint") : named;
  const isScript = program.endsWith(".js");
  const [command, args] = isScript ? [process.execPath, [program]] : [program, []];
  const env = isScript ? { ...process.env, ELECTRON_RUN_AS_NODE: "1" } : process.env;
  return {
    command,
    args: [...args, "lsp", "--stdio"],
    options: { env, shell: process.platform === "win32" && !isScript },
  };
}

/** NOTE: a workspace that is not trusted could bring any program as node_modules. */
function projectProgram(): string | undefined {
  if (!workspace.isTrusted) return undefined;
  return (workspace.workspaceFolders ?? [])
    .map(({ uri }) => join(uri.fsPath, "node_modules/ape-lint/dist/cli/main.js"))
    .find((file) => existsSync(file));
}
