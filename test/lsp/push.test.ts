import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { DEMO, demoFile, isWhole, MAIN, MANIFEST } from "./demo.ts";
import { printAll } from "./print.ts";
import { startClient } from "./support.ts";

test("a client that asks for nothing is told what is wrong in every file of its workspace", async () => {
  const client = await startClient({
    folders: [DEMO],
    capabilities: { textDocument: { publishDiagnostics: { relatedInformation: true } } },
  });
  expect(client.answer.capabilities.positionEncoding).toBe("utf-16");
  expect(client.answer.capabilities.diagnosticProvider).toBeUndefined();
  const { file, text } = demoFile(MAIN);
  client.open(file, text);
  await client.diagnostics(path.join(DEMO, MANIFEST));
  await client.diagnostics(path.join(DEMO, "crates/fast-mix/src/mix.S"));
  const seen = printAll(client.pushed, DEMO, (each) => readFileSync(each, "utf8").split("\n"));
  await expect(seen).toMatchFileSnapshot("goldens/demo.txt");
  expect(await client.stop()).toBe(0);
});

test("an edit is judged before it is saved; what nobody touched stays and moves along", async () => {
  const { file, text } = demoFile(MAIN);
  const client = await startClient({ folders: [DEMO] });
  const uri = client.open(file, text);
  const before = await client.diagnostics(file, isWhole);
  client.change(uri, 2, `// one more line\n${text}\nfn late() -> i32 {\n    libc::EINTR\n}\n`);
  const after = await client.diagnostics(file, (_, { version }) => version === 2);
  expect(after.map(({ range }) => range.start.line)).toEqual(
    expect.arrayContaining(before.map(({ range }) => range.start.line + 1)),
  );
  expect(after.length).toBeGreaterThan(before.length);
  const names = after.map(({ range, code }) => `${range.start.line + 1} ${code}`);
  expect(names).toContain(`${text.split("\n").length + 3} runtime-constant`);
  client.change(uri, 3, text.replace("Some(104) => Ok(()),", ""));
  const gone = await client.diagnostics(file, (_, { version }) => version === 3);
  expect(gone.map(({ code }) => code)).not.toContain("errno-literal");
  expect(gone).toHaveLength(before.length - 1);
});

test("an edit that is taken back leaves what the run said", async () => {
  const { file, text } = demoFile(MAIN);
  const client = await startClient({ folders: [DEMO] });
  const uri = client.open(file, text);
  const before = await client.diagnostics(file, isWhole);
  client.change(uri, 2, "");
  await client.diagnostics(file, (all) => all.length === 0);
  client.change(uri, 3, text);
  expect(await client.diagnostics(file, (_, { version }) => version === 3)).toEqual(before);
});

test("by settings only what is saved is judged", async () => {
  const { file, text } = demoFile(MAIN);
  const client = await startClient({ folders: [DEMO], settings: { run: "onSave" } });
  const uri = client.open(file, text);
  await client.diagnostics(file, isWhole);
  const about = (): number => client.pushed.filter((one) => one.uri === uri).length;
  const told = about();
  client.change(uri, 2, "fn main() {}");
  await new Promise((resolve) => {
    setTimeout(resolve, 400);
  });
  expect(about()).toBe(told);
});
