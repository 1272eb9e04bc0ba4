import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { printAll } from "./print.ts";
import { startClient } from "./support.ts";

const DEMO = path.resolve(import.meta.dirname, "../../fixtures/demo");
const MAIN = path.join(DEMO, "crates/echo-server/src/main.rs");

test("a client that asks for nothing is told what is wrong in every file of its workspace", async () => {
  const client = await startClient({
    folders: [DEMO],
    capabilities: { textDocument: { publishDiagnostics: { relatedInformation: true } } },
  });
  expect(client.answer.capabilities.positionEncoding).toBe("utf-16");
  expect(client.answer.capabilities.diagnosticProvider).toBeUndefined();
  client.open(MAIN, readFileSync(MAIN, "utf8"));
  await client.diagnostics(path.join(DEMO, "crates/echo-server/Cargo.toml"));
  await client.diagnostics(path.join(DEMO, "crates/fast-mix/src/mix.S"));
  const seen = printAll(client.pushed, DEMO, (file) => readFileSync(file, "utf8").split("\n"));
  await expect(seen).toMatchFileSnapshot("goldens/demo.txt");
  expect(await client.stop()).toBe(0);
});
