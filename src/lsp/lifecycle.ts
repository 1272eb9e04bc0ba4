import {
  ConfigurationRequest,
  DidChangeConfigurationNotification,
  DidChangeWorkspaceFoldersNotification,
  InitializedNotification,
  InitializeRequest,
  RegistrationRequest,
  type InitializeParams,
} from "vscode-languageserver/node";
import { TOOL } from "../api.ts";
import { capabilitiesFor } from "./capabilities.ts";
import { clientOf } from "./client.ts";
import { pathOf } from "./documents.ts";
import { quietly } from "./quietly.ts";
import type { Project } from "./project.ts";
import type { Session } from "./session.ts";
import { readSettings } from "./settings.ts";
import { watchFiles } from "./watching.ts";

/** Name of our section in an editor's settings. */
const SECTION = "apeLint";

/** Beginning of a conversation: what both can do, settings, folders. */
export function answerLifecycle(session: Session): void {
  const { connection } = session;
  connection.onRequest(InitializeRequest.type, (params) => {
    begin(session, params);
    const { client } = session.delivery;
    return { capabilities: capabilitiesFor(client), serverInfo: TOOL };
  });
  connection.onNotification(InitializedNotification.type, async () => {
    await register(session);
    await readConfiguration(session, undefined);
    for (const folder of session.folders) openFolder(session, folder);
  });
  connection.onNotification(DidChangeConfigurationNotification.type, async ({ settings }) => {
    await readConfiguration(session, settings);
    for (const project of session.projects.all())
      if (session.settings.enable) session.rescan(project);
      else silence(session, project);
  });
  connection.onNotification(DidChangeWorkspaceFoldersNotification.type, ({ event }) => {
    for (const { uri } of event.removed) session.folders.delete(pathOf(uri) ?? "");
    for (const { uri } of event.added) {
      const folder = pathOf(uri);
      if (folder === undefined) continue;
      session.folders.add(folder);
      openFolder(session, folder);
    }
    dropProjects(session);
  });
}

function begin(session: Session, params: InitializeParams): void {
  const client = clientOf(params.capabilities);
  session.editor = params.processId ?? undefined;
  session.delivery.client = client;
  session.documents.encoding = client.encoding;
  session.progress.shows = client.showsProgress;
  session.settings = readSettings(sectionOf(params.initializationOptions), session.defaults);
  const { rootUri = null } = params as { rootUri?: string | null };
  const roots =
    params.workspaceFolders?.map(({ uri }) => uri) ?? (rootUri === null ? [] : [rootUri]);
  for (const uri of roots) {
    const folder = pathOf(uri);
    if (folder !== undefined) session.folders.add(folder);
  }
}

/** The section itself, or an object that has it. */
function sectionOf(settings: unknown): unknown {
  if (typeof settings !== "object" || settings === null) return undefined;
  return SECTION in settings ? (settings as Record<string, unknown>)[SECTION] : settings;
}

async function register({ connection, delivery: { client } }: Session): Promise<void> {
  const registrations = [
    ...(client.watchesFiles ? [watchFiles()] : []),
    ...(client.registersConfiguration
      ? [
          {
            id: "ape-lint/configuration",
            method: DidChangeConfigurationNotification.method,
            registerOptions: { section: SECTION },
          },
        ]
      : []),
  ];
  if (registrations.length === 0) return;
  await quietly(() => connection.sendRequest(RegistrationRequest.type, { registrations }));
}

/** Asks for our settings; a client that can't be asked sends them along. */
async function readConfiguration(session: Session, sent: unknown): Promise<void> {
  const { connection, delivery, defaults } = session;
  if (!delivery.client.hasConfiguration) {
    if (sent !== undefined && sent !== null)
      session.settings = readSettings(sectionOf(sent), defaults);
    return;
  }
  const items = [{ section: SECTION }];
  const answers = await quietly(() => connection.sendRequest(ConfigurationRequest.type, { items }));
  const [answer] = (answers ?? []) as unknown[];
  if (answer !== undefined && answer !== null) session.settings = readSettings(answer, defaults);
}

function openFolder(session: Session, folder: string): void {
  const project = session.projects.ofFolder(folder);
  if (project !== undefined && session.settings.enable) void session.scans.ready(project);
}

/** Takes away all that is shown of a project. */
function silence({ scans, delivery }: Session, project: Project): void {
  scans.stop(project);
  delivery.show(project, new Map());
}

/** Forgets projects without a folder or an open file. */
export function dropProjects(session: Session): void {
  const { projects, documents, folders } = session;
  const needed = new Set([
    ...[...folders].map((folder) => projects.ofFolder(folder)),
    ...documents.all().map(({ path }) => projects.of(path)),
  ]);
  for (const project of projects.keepOnly((one) => needed.has(one))) silence(session, project);
}
