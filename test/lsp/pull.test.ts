import {
  CancellationTokenSource,
  DiagnosticRefreshRequest,
  DocumentDiagnosticRequest,
  LSPErrorCodes,
  WorkspaceDiagnosticRequest,
  type FullDocumentDiagnosticReport,
} from "vscode-languageserver-protocol/node";
import { expect, test } from "vitest";
import { DEMO, demoCopy, demoFile, MAIN, MANIFEST } from "./demo.ts";
import { event, startClient, uriOf } from "./support.ts";

const PULLS = {
  textDocument: { diagnostic: {} },
  workspace: { diagnostics: { refreshSupport: true } },
};

test("a client that asks is answered, told when nothing is new, and sent nothing unasked", async () => {
  const { file, text } = demoFile(MAIN);
  const client = await startClient({ folders: [DEMO], capabilities: PULLS });
  expect(client.answer.capabilities.diagnosticProvider).toMatchObject({
    identifier: "ape-lint",
    interFileDependencies: true,
    workspaceDiagnostics: true,
  });
  const uri = client.open(file, text);
  const ask = (previousResultId?: string) =>
    client.connection.sendRequest(DocumentDiagnosticRequest.type, {
      textDocument: { uri },
      ...(previousResultId === undefined ? {} : { previousResultId }),
    });
  const first = (await ask()) as FullDocumentDiagnosticReport;
  expect(first.items.map(({ code }) => code)).toContain("errno-literal");
  expect(await ask(first.resultId)).toEqual({ kind: "unchanged", resultId: first.resultId });
  client.change(uri, 2, text.replace("Some(104)", "Some(111)\n            | Some(104)"));
  const second = (await ask(first.resultId)) as FullDocumentDiagnosticReport;
  expect(second.kind).toBe("full");
  expect(second.items.filter(({ code }) => code === "errno-literal")).toHaveLength(2);
  expect(client.pushed).toEqual([]);
});

test("the whole workspace is told, file by file, and only what is new the next time", async () => {
  const client = await startClient({ folders: [DEMO], capabilities: PULLS });
  const ask = (previousResultIds: { uri: string; value: string }[]) =>
    client.connection.sendRequest(WorkspaceDiagnosticRequest.type, { previousResultIds });
  const { items } = await ask([]);
  const files = items.map(({ uri }) => decodeURIComponent(uri.slice(uriOf(DEMO).length + 1)));
  expect(files).toEqual(expect.arrayContaining([MAIN, MANIFEST]));
  const known = items.map(({ uri, resultId = "" }) => ({ uri, value: resultId }));
  const again = await ask(known);
  expect(new Set(again.items.map(({ kind }) => kind))).toEqual(new Set(["unchanged"]));
});

test("a request that is cancelled ends at once; the run that others need goes on", async () => {
  const { file, text } = demoFile(MAIN);
  const client = await startClient({ folders: [DEMO], capabilities: PULLS });
  const uri = client.open(file, text);
  const source = new CancellationTokenSource();
  const params = { textDocument: { uri } };
  const asked = client.connection.sendRequest(DocumentDiagnosticRequest.type, params, source.token);
  source.cancel();
  await expect(asked).rejects.toMatchObject({ code: LSPErrorCodes.RequestCancelled });
  const report = await client.connection.sendRequest(DocumentDiagnosticRequest.type, params);
  expect((report as FullDocumentDiagnosticReport).items).not.toEqual([]);
});

test("after a change on disk the client is asked to ask again", async () => {
  const demo = await demoCopy();
  let refreshed = 0;
  const refreshing = event();
  const client = await startClient({
    folders: [demo.root],
    capabilities: PULLS,
    onConnection: (connection) =>
      connection.onRequest(DiagnosticRefreshRequest.type, () => {
        refreshed++;
        refreshing.tell();
      }),
  });
  client.open(demo.at(MAIN), demo.read(MAIN));
  await refreshing.happened;
  expect(refreshed).toBeGreaterThan(0);
});
