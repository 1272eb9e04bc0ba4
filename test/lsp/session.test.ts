import { createFixture } from "fs-fixture";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import {
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  DidChangeWorkspaceFoldersNotification,
  DidSaveTextDocumentNotification,
  FileChangeType,
  LogMessageNotification,
  ShowMessageNotification,
  WorkDoneProgress,
  WorkDoneProgressCancelNotification,
  WorkDoneProgressCreateRequest,
  type Diagnostic,
  type WorkDoneProgressBegin,
  type WorkDoneProgressEnd,
  type WorkDoneProgressReport,
} from "vscode-languageserver-protocol/node";
import { DEMO, demoCopy, demoFile, isWhole, MAIN, MANIFEST } from "./demo.ts";
import { event, pause, startClient, uriOf, type ScriptedClient } from "./support.ts";

type Shown = WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd;

async function changedOnDisk(client: ScriptedClient, file: string): Promise<void> {
  await client.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
    changes: [{ uri: uriOf(file), type: FileChangeType.Changed }],
  });
}

test("the first look at a tree is shown while it goes on, and can be given up", async () => {
  const shown: Shown[] = [];
  const over = event();
  const client = await startClient({
    folders: [DEMO],
    capabilities: { window: { workDoneProgress: true } },
    onConnection: (connection) =>
      connection.onRequest(WorkDoneProgressCreateRequest.type, ({ token }) => {
        connection.onProgress(WorkDoneProgress.type, token, (value) => {
          shown.push(value);
          if (value.kind === "end") over.tell();
        });
        void connection.sendNotification(WorkDoneProgressCancelNotification.type, { token });
      }),
  });
  await over.happened;
  expect(shown[0]).toMatchObject({ kind: "begin", cancellable: true });
  expect(shown.at(-1)?.kind).toBe("end");
  await pause(50);
  expect(client.pushed).toEqual([]);
  const { file, text } = demoFile(MAIN);
  const uri = client.open(file, text);
  await client.connection.sendNotification(DidSaveTextDocumentNotification.type, {
    textDocument: { uri },
  });
  expect(isWhole(await client.diagnostics(file, (all) => all.length > 0))).toBe(true);
});

test("a changed configuration counts at once, a broken one is shown where it is broken", async () => {
  const demo = await demoCopy();
  const watches = { didChangeWatchedFiles: { dynamicRegistration: true } };
  const client = await startClient({ folders: [demo.root], capabilities: { workspace: watches } });
  const main = demo.at(MAIN);
  await client.diagnostics(main, isWhole);
  expect(client.registered).toEqual(["workspace/didChangeWatchedFiles"]);
  const config = demo.at("ape-lint.toml");

  await demo.write("ape-lint.toml", '[levels]\nruntime-constant = "off"\n');
  await changedOnDisk(client, config);
  const has = (all: readonly Diagnostic[], rule: string): boolean =>
    all.some(({ code }) => code === rule);
  const fewer = await client.diagnostics(main, (all) => !has(all, "runtime-constant"));
  expect(isWhole(fewer)).toBe(true);

  await demo.write("ape-lint.toml", 'hosts = ["windows-x64"]\nprofil = "none"\n');
  await changedOnDisk(client, config);
  const [problem] = await client.diagnostics(config, (all) => all.length > 0);
  expect(problem?.range.start).toEqual({ line: 1, character: 0 });
  expect(String(problem?.message)).toContain("profile");

  await demo.write("ape-lint.toml", 'hosts = ["windows-x64"]\n');
  await changedOnDisk(client, config);
  expect(await client.diagnostics(config, (all) => all.length === 0)).toEqual([]);
  const windows = await client.diagnostics(main, (all) => has(all, "runtime-constant"));
  expect(String(windows.find(({ code }) => code === "errno-literal")?.message)).toContain(
    "(Windows)",
  );
});

test("a configuration that is being written is checked as it is in the editor", async () => {
  const demo = await demoCopy();
  const client = await startClient({ folders: [demo.root] });
  const config = demo.at("ape-lint.toml");
  const uri = client.open(config, "hosts = [", "toml");
  expect(await client.diagnostics(config, (all) => all.length > 0)).toHaveLength(1);
  client.change(uri, 2, 'hosts = ["windows-x64"]\n');
  expect(await client.diagnostics(config, (all) => all.length === 0)).toEqual([]);
  const rule = demo.at("rules/mine/rule.yml");
  client.open(rule, "id: mine\nharm: loud\n", "yaml");
  const [problem] = await client.diagnostics(rule, (all) => all.length > 0);
  expect(String(problem?.message)).toContain("title");
});

test("settings of the editor count when they change", async () => {
  const client = await startClient({ folders: [DEMO] });
  const main = path.join(DEMO, MAIN);
  await client.diagnostics(main, isWhole);
  await client.connection.sendNotification(DidChangeConfigurationNotification.type, {
    settings: { apeLint: { hosts: ["linux-x64"] } },
  });
  const linux = await client.diagnostics(main, (all) => !isWhole(all));
  expect(linux.map(({ code }) => code)).not.toContain("runtime-constant");
});

test("turned off, it takes away what it has said", async () => {
  const client = await startClient({ folders: [DEMO] });
  const main = path.join(DEMO, MAIN);
  await client.diagnostics(main, isWhole);
  await client.connection.sendNotification(DidChangeConfigurationNotification.type, {
    settings: { apeLint: { enable: false } },
  });
  expect(await client.diagnostics(main, (all) => all.length === 0)).toEqual([]);
});

test("a dependency that goes takes its squiggle with it", async () => {
  const demo = await demoCopy();
  const client = await startClient({ folders: [demo.root] });
  const manifest = demo.at(MANIFEST);
  await client.diagnostics(manifest, (all) => all.length === 1);
  await demo.write(MANIFEST, demo.read(MANIFEST).replace(/^plainsock.*$/mu, ""));
  await changedOnDisk(client, manifest);
  expect(await client.diagnostics(manifest, (all) => all.length === 0)).toEqual([]);
});

test("several folders are several projects; one that is closed is silent", async () => {
  const demo = await demoCopy();
  const client = await startClient({ folders: [DEMO, demo.root] });
  const files = [path.join(DEMO, MAIN), demo.at(MAIN)];
  for (const file of files) await client.diagnostics(file, isWhole);
  await client.connection.sendNotification(DidChangeWorkspaceFoldersNotification.type, {
    event: { added: [], removed: [{ uri: uriOf(demo.root), name: "copy" }] },
  });
  expect(await client.diagnostics(files[1]!, (all) => all.length === 0)).toEqual([]);
  const still = client.pushed.findLast(({ uri }) => uri === uriOf(files[0]!))?.diagnostics;
  expect(isWhole(still ?? [])).toBe(true);
});

test("without a Cargo project there is silence, and a single file is judged by itself", async () => {
  const fixture = await createFixture({ "notes.md": "# no Rust", "one.rs": "" });
  onTestFinished(() => fixture.rm());
  const said: string[] = [];
  const client = await startClient({
    folders: [fixture.path],
    onConnection: (connection) => {
      connection.onNotification(ShowMessageNotification.type, ({ message }) => {
        said.push(message);
      });
      connection.onNotification(LogMessageNotification.type, ({ message }) => {
        said.push(message);
      });
    },
  });
  client.open(path.join(fixture.path, "notes.md"), "# no Rust", "markdown");
  const file = path.join(fixture.path, "one.rs");
  client.open(file, "pub fn f() -> i32 { libc::SOCK_NONBLOCK }\n");
  expect(await client.diagnostics(file, (all) => all.length > 0)).toHaveLength(1);
  expect(said).toEqual([]);
  expect(client.pushed.map(({ uri }) => uri)).toEqual([uriOf(file)]);
  expect(await client.stop()).toBe(0);
});

test("a pipe that is cut in the middle of a run ends the server", async () => {
  const client = await startClient({ folders: [DEMO] });
  client.toServer.end();
  expect(await client.ended).toBe(1);
});
