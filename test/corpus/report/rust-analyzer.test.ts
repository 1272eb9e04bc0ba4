import { spawn, type ChildProcess } from "node:child_process";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { createFixture } from "fs-fixture";
import { expect, onTestFinished, test } from "vitest";
import { missing } from "../missing.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const isThere = missing("rust-analyzer") === undefined;

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: {
    readonly items?: readonly unknown[];
    readonly uri?: string;
    readonly diagnostics?: readonly Diagnostic[];
  };
}
interface Diagnostic {
  readonly code: string;
  readonly source: string;
  readonly range: { readonly start: { readonly line: number } };
}

/** rust-analyzer asks for its settings and is told that `check` is ours. */
const SETTINGS = {
  cargo: { buildScripts: { enable: false }, noDeps: true, sysroot: null },
  procMacro: { enable: false },
  cachePriming: { enable: false },
  check: {
    overrideCommand: [
      process.execPath,
      path.join(ROOT, "node_modules/tsx/dist/cli.mjs"),
      path.join(ROOT, "src/cli/main.ts"),
      ..."check . --format cargo-json --quiet --no-cache".split(" "),
    ],
  },
};

/** Calls `told` with every message that the server sends. */
function listen(server: ChildProcess, told: (message: Message) => void): void {
  let waiting = Buffer.alloc(0);
  server.stdout!.on("data", (chunk: Buffer) => {
    waiting = Buffer.concat([waiting, chunk]);
    for (;;) {
      const head = waiting.indexOf("\r\n\r\n");
      const length = Number(/Content-Length: (\d+)/.exec(waiting.toString("latin1", 0, head))?.[1]);
      if (head < 0 || waiting.length < head + 4 + length) return;
      told(JSON.parse(waiting.toString("utf8", head + 4, head + 4 + length)) as Message);
      waiting = waiting.subarray(head + 4 + length);
    }
  });
}

/** Starts rust-analyzer on a folder and gathers what it publishes, by file, until `enough` says so. */
async function published(
  root: string,
  enough: (files: ReadonlyMap<string, readonly Diagnostic[]>) => boolean,
): Promise<ReadonlyMap<string, readonly Diagnostic[]>> {
  const server = spawn("rust-analyzer", [], { cwd: root, stdio: ["pipe", "pipe", "ignore"] });
  onTestFinished(() => void server.kill());
  const send = (message: object): void => {
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  };
  const uri = pathToFileURL(root).href;
  const files = new Map<string, readonly Diagnostic[]>();
  return new Promise((resolve) => {
    listen(server, ({ id, method, params }) => {
      if (id !== undefined && method !== undefined)
        send({ id, result: params?.items?.map(() => SETTINGS) ?? null });
      else if (id === 1) send({ method: "initialized", params: {} });
      else if (method === "textDocument/publishDiagnostics") {
        files.set(params!.uri!.slice(uri.length + 1), params!.diagnostics!);
        if (enough(files)) resolve(files);
      }
    });
    const capabilities = { workspace: { configuration: true } };
    const workspaceFolders = [{ uri, name: "demo" }];
    const params = { processId: process.pid, rootUri: uri, workspaceFolders, capabilities };
    send({ id: 1, method: "initialize", params: { ...params, initializationOptions: SETTINGS } });
  });
}

test.skipIf(!isThere)(
  "rust-analyzer shows our results: own code at its place, a dependency at its line of Cargo.toml",
  { timeout: 300_000 },
  async () => {
    await using fixture = await createFixture(path.join(ROOT, "fixtures/demo"));
    const manifest = "crates/echo-server/Cargo.toml";
    const code = "crates/echo-server/src/main.rs";
    const wanted = [
      [manifest, "valid-but-different"],
      [code, "errno-literal"],
    ] as const;
    // it publishes a file again with each result more; what never comes ends in the test's own limit
    const files = await published(fixture.path, (seen) =>
      wanted.every(([file, rule]) => seen.get(file)?.some((one) => one.code === rule) === true),
    );
    const own = files.get(code)?.find((one) => one.code === "errno-literal");
    expect(own).toMatchObject({ source: "ape_lint", range: { start: { line: 33 } } });
  },
);
