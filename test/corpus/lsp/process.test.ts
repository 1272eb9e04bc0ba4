import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  createProtocolConnection,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  PublishDiagnosticsNotification,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  type ProtocolConnection,
} from "vscode-languageserver-protocol/node";

const ROOT = path.resolve(import.meta.dirname, "../../..");
const PROGRAM = path.join(ROOT, "dist/cli/main.js");
const DEMO = path.join(ROOT, "fixtures/demo");
const cache = mkdtempSync(path.join(tmpdir(), "ape-lint-lsp-"));

// NOTE: only the built program runs in processes of their own, so it is built here
beforeAll(() => {
  // the whole of it: what is left out would be missing for whoever runs the program next
  execFileSync("npm", ["run", "build"], { cwd: ROOT, stdio: "inherit" });
});
afterAll(() => rmSync(cache, { recursive: true, force: true }));

interface Running {
  readonly child: ChildProcess;
  readonly connection: ProtocolConnection;
  readonly closed: Promise<number | null>;
}

async function start(processId: number | null = process.pid): Promise<Running> {
  const child = spawn(process.execPath, [PROGRAM, "lsp", "--stdio", "--no-cargo"], {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, APE_LINT_CACHE: cache },
  });
  const closed = new Promise<number | null>((resolve) => {
    child.once("exit", (code) => resolve(code));
  });
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  connection.listen();
  await connection.sendRequest(InitializeRequest.type, {
    processId,
    rootUri: null,
    capabilities: {},
    workspaceFolders: [{ uri: pathToFileURL(DEMO).href, name: "demo" }],
  });
  return { child, connection, closed };
}

/** Names of the files that something is said about, when the first look at the tree is over. */
function told({ connection }: Running): Promise<string[]> {
  const files: string[] = [];
  return new Promise((resolve) => {
    connection.onNotification(PublishDiagnosticsNotification.type, ({ uri }) => {
      files.push(path.basename(uri));
      if (files.length === 6) resolve(files.toSorted());
    });
    void connection.sendNotification(InitializedNotification.type, {});
  });
}

const FILES = ["Cargo.toml", "Cargo.toml", "epoll.rs", "main.rs", "mix.S", "mod.rs"];

test("the built program looks at a tree in a process of its own and says goodbye with 0", async () => {
  expect(existsSync(PROGRAM)).toBe(true);
  const running = await start();
  expect(await told(running)).toEqual(FILES);
  await running.connection.sendRequest(ShutdownRequest.type);
  await running.connection.sendNotification(ExitNotification.type);
  expect(await running.closed).toBe(0);
});

test("a server that is killed in the middle of a run leaves nothing that the next one stumbles over", async () => {
  rmSync(cache, { recursive: true, force: true });
  const runs: number[] = [];
  for (const after of [0, 50, 200, 500]) {
    const running = await start();
    void running.connection.sendNotification(InitializedNotification.type, {});
    await new Promise((resolve) => {
      setTimeout(resolve, after);
    });
    runs.push(...childrenOf(running.child.pid));
    running.child.kill("SIGKILL");
    expect(await running.closed).toBeNull();
    running.connection.dispose();
  }
  const next = await start();
  expect(await told(next)).toEqual(FILES);
  next.child.stdin?.end();
  expect(await next.closed).toBe(1);
  expect(runs.length).toBeGreaterThan(0);
  await expect.poll(() => runs.filter(isAlive), { timeout: 10_000 }).toEqual([]);
});

/** The processes that one has started, where the system tells. */
function childrenOf(id: number | undefined): number[] {
  const text = readFileSync(`/proc/${id}/task/${id}/children`, "utf8");
  return text.split(" ").filter(Boolean).map(Number);
}

function isAlive(id: number): boolean {
  try {
    const stat = readFileSync(`/proc/${id}/stat`, "utf8");
    return !/\) Z /u.test(stat);
  } catch {
    return false;
  }
}

test("a server whose editor is gone ends by itself", async () => {
  const gone = spawn(process.execPath, ["-e", ""]);
  await new Promise((resolve) => {
    gone.once("exit", resolve);
  });
  const running = await start(gone.pid ?? null);
  expect(await running.closed).toBe(1);
  expect(readFileSync(PROGRAM, "utf8")).toContain("start");
});
