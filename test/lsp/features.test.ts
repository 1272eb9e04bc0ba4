import path from "node:path";
import {
  CodeActionKind,
  CodeActionRequest,
  CodeLensRequest,
  DefinitionRequest,
  ExecuteCommandRequest,
  HoverRequest,
  ShowDocumentRequest,
  type CodeAction,
  type Location,
  type MarkupContent,
  type Position,
  type ShowDocumentParams,
  type TextEdit,
} from "vscode-languageserver-protocol/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { expect, test } from "vitest";
import { DEMO, demoCopy, demoFile, isWhole, MAIN, MANIFEST } from "./demo.ts";
import { startClient, uriOf, type ScriptedClient } from "./support.ts";

/** Where a text stands in another, as the protocol counts; `into` characters behind its beginning. */
function positionOf(text: string, wanted: string, into = 1): Position {
  const at = text.indexOf(wanted);
  expect(at).toBeGreaterThanOrEqual(0);
  return TextDocument.create("", "", 1, text).positionAt(at + into);
}

async function hover(
  client: ScriptedClient,
  file: string,
  position: Position,
): Promise<string | undefined> {
  const textDocument = { uri: uriOf(file) };
  const found = await client.connection.sendRequest(HoverRequest.type, { textDocument, position });
  return (found?.contents as MarkupContent | undefined)?.value;
}

test("a name of libc is told: values per host, release, repairs, advice", async () => {
  const { file, text } = demoFile(MAIN);
  const client = await startClient({ folders: [DEMO] });
  client.open(file, text);
  await client.diagnostics(file, isWhole);
  const said = await hover(client, file, positionOf(text, "MSG_NOSIGNAL", 3));
  await expect(`${said}\n`).toMatchFileSnapshot("goldens/hover-constant.md");
  expect(await hover(client, file, positionOf(text, "recv("))).toContain("libc::recv");
  expect(await hover(client, file, positionOf(text, "fn main"))).toBeUndefined();
});

test("a dependency is told: its verdict and that of all it brings, per host", async () => {
  const { file, text } = demoFile(MANIFEST);
  const client = await startClient({ folders: [DEMO] });
  await client.diagnostics(file, (all) => all.length > 0);
  const said = await hover(client, file, positionOf(text, "plainsock"));
  await expect(`${said}\n`).toMatchFileSnapshot("goldens/hover-dependency.md");
  expect(await hover(client, file, positionOf(text, "edition"))).toBeUndefined();
});

test("from a dependency's line one gets to the hazard in its source", async () => {
  const { file, text } = demoFile(MANIFEST);
  const client = await startClient({ folders: [DEMO] });
  await client.diagnostics(file, (all) => all.length > 0);
  const found = (await client.connection.sendRequest(DefinitionRequest.type, {
    textDocument: { uri: uriOf(file) },
    position: positionOf(text, "plainsock"),
  })) as Location[];
  const source = demoFile("vendor/plainsock/src/lib.rs");
  expect(found.map(({ uri }) => uri)).toEqual([uriOf(source.file)]);
  const { start, end } = found[0]!.range;
  expect(source.text.split("\n")[start.line]?.slice(start.character, end.character)).toBe(
    "SOCK_NONBLOCK",
  );
});

test("verdicts stand above dependencies when the user asks for them, and lead there", async () => {
  const { file } = demoFile(MANIFEST);
  const shown: ShowDocumentParams[] = [];
  const start = (codeLens: boolean): Promise<ScriptedClient> =>
    startClient({
      folders: [DEMO],
      settings: { codeLens },
      capabilities: { window: { showDocument: { support: true } } },
      onConnection: (connection) =>
        connection.onRequest(ShowDocumentRequest.type, (params) => {
          shown.push(params);
          return { success: true };
        }),
    });
  const lenses = async (client: ScriptedClient) => {
    await client.diagnostics(file, (all) => all.length > 0);
    const textDocument = { uri: uriOf(file) };
    return (await client.connection.sendRequest(CodeLensRequest.type, { textDocument })) ?? [];
  };
  expect(await lenses(await start(false))).toEqual([]);
  const client = await start(true);
  const found = await lenses(client);
  expect(found.map(({ command }) => command?.title)).toEqual([
    expect.stringContaining("fast-mix 0.1.2: replace"),
    expect.stringContaining("libc 0.2"),
    expect.stringContaining("plainsock 0.1.4: fork; works on Linux; fails on macOS"),
  ]);
  await client.connection.sendRequest(ExecuteCommandRequest.type, found[2]!.command!);
  expect(shown[0]?.uri).toBe(uriOf(path.join(DEMO, "vendor/plainsock/src/lib.rs")));
});

async function actions(
  client: ScriptedClient,
  file: string,
  at: Position,
  only?: string[],
): Promise<CodeAction[]> {
  const found = await client.connection.sendRequest(CodeActionRequest.type, {
    textDocument: { uri: uriOf(file) },
    range: { start: at, end: at },
    context: { diagnostics: [], ...(only === undefined ? {} : { only }) },
  });
  return (found ?? []) as CodeAction[];
}

function applied(text: string, edits: TextEdit[] = []): string {
  return TextDocument.applyEdits(TextDocument.create("", "", 1, text), edits);
}

test("a result can be suppressed with a reason, which the next run listens to", async () => {
  const demo = await demoCopy();
  const [file, text] = [demo.at(MAIN), demo.read(MAIN)];
  const client = await startClient({ folders: [demo.root] });
  const uri = client.open(file, text);
  const before = await client.diagnostics(file, isWhole);
  const found = await actions(client, file, positionOf(text, "MSG_NOSIGNAL"));
  const suppress = found.find(({ title }) => title.startsWith("suppress runtime-constant"));
  expect(suppress).toMatchObject({ kind: CodeActionKind.QuickFix, isPreferred: false });
  const marked = applied(text, suppress?.edit?.changes?.[uri]);
  client.change(
    uri,
    2,
    marked.replace("allow(runtime-constant) ", "allow(runtime-constant) tried on all hosts"),
  );
  const after = await client.diagnostics(file, (_, { version }) => version === 2);
  expect(after).toHaveLength(before.length - 1);
});

test("a suppression without a reason is said to have no effect", async () => {
  const { file, text } = demoFile(MAIN);
  const client = await startClient({ folders: [DEMO] });
  const uri = client.open(file, text);
  await client.diagnostics(file, isWhole);
  client.change(uri, 2, `// ape-lint: allow(runtime-constant)\n${text}`);
  const found = await client.diagnostics(file, (all) =>
    all.some(({ code }) => code === "no-reason"),
  );
  expect(found.find(({ code }) => code === "no-reason")?.range.start).toEqual({
    line: 0,
    character: 0,
  });
});

/** What the actions at a public const function offer to take `const` from, where the profile makes the constant a static. */
async function dropsConst(
  level: string,
  capabilities: { workspace?: { workspaceEdit: { documentChanges: boolean } } } = {},
): Promise<{ fix: CodeAction | undefined; levelUri: string; mainUri: string }> {
  const demo = await demoCopy();
  await demo.write(LEVEL, level);
  const main = `mod level;\npub const fn option() -> i32 { libc::SO_REUSEADDR }\n${demo.read(MAIN)}`;
  await demo.write(MAIN, main);
  const client = await startClient({
    folders: [demo.root],
    settings: { profile: "ape-rs" },
    capabilities,
  });
  const [file, levelUri] = [demo.at(MAIN), uriOf(demo.at(LEVEL))];
  const mainUri = client.open(file, main);
  await client.diagnostics(file, isWhole);
  const found = await actions(client, file, positionOf(main, "SO_REUSEADDR"));
  return { fix: found.find(({ title }) => title.startsWith("drop `const`")), levelUri, mainUri };
}

const LEVEL = "crates/echo-server/src/level.rs";

test("`const` is taken from a public function and from those of other files that call it", async () => {
  const caller = "pub const fn twice() -> i32 { 2 * crate::option() }\n";
  const { fix, levelUri, mainUri } = await dropsConst(caller);
  expect(fix?.title).toContain("from `option`, `twice`");
  expect(Object.keys(fix?.edit?.changes ?? {})).toEqual([mainUri, levelUri]);
  expect(applied(caller, fix?.edit?.changes?.[levelUri])).toBe(caller.replace("const ", ""));
  const byVersion = await dropsConst(caller, {
    workspace: { workspaceEdit: { documentChanges: true } },
  });
  expect(byVersion.fix?.edit?.documentChanges).toMatchObject([
    { textDocument: { uri: byVersion.mainUri, version: 1 } },
    { textDocument: { uri: byVersion.levelUri, version: null } },
  ]);
});

test("`const` stays where a constant of another file hangs on it", async () => {
  expect((await dropsConst("pub const LEVEL: i32 = crate::option();\n")).fix).toBeUndefined();
});

test("a literal number becomes the constant, by itself and with every other safe repair", async () => {
  const { file, text } = demoFile(MAIN);
  const client = await startClient({
    folders: [DEMO],
    capabilities: { workspace: { workspaceEdit: { documentChanges: true } } },
  });
  const uri = client.open(file, text);
  await client.diagnostics(file, isWhole);
  const at = positionOf(text, "104");
  const fix = (await actions(client, file, at)).find(({ isPreferred }) => isPreferred === true);
  const [change] = fix?.edit?.documentChanges ?? [];
  expect(change).toMatchObject({ textDocument: { uri, version: 1 } });
  expect(applied(text, (change as { edits: TextEdit[] }).edits)).toContain(
    "Some(libc::ECONNRESET)",
  );
  const all = await actions(client, file, positionOf(text, "fn main"), [
    CodeActionKind.SourceFixAll,
  ]);
  expect(all.map(({ kind }) => kind)).toEqual(["source.fixAll.ape-lint"]);
  expect(await actions(client, file, at, [CodeActionKind.Refactor])).toEqual([]);
});

test("the page about a rule can be asked for", async () => {
  const { file, text } = demoFile(MAIN);
  const shown: string[] = [];
  const client = await startClient({
    folders: [DEMO],
    capabilities: { window: { showDocument: { support: true } } },
    onConnection: (connection) =>
      connection.onRequest(ShowDocumentRequest.type, ({ uri }) => {
        shown.push(uri);
        return { success: true };
      }),
  });
  client.open(file, text);
  await client.diagnostics(file, isWhole);
  const found = await actions(client, file, positionOf(text, "MSG_NOSIGNAL"));
  const explain = found.find(({ title }) => title === "explain runtime-constant");
  await client.connection.sendRequest(ExecuteCommandRequest.type, explain!.command!);
  expect(shown).toEqual([expect.stringMatching(/rules\/runtime-constant\/README\.md$/u)]);
});

test("a feature that is known to help is offered on the dependency's line, and for what another one brings", async () => {
  const demo = await demoCopy();
  const crate = (name: string, version: string, more = ""): [string, string][] => [
    [
      `vendor/${name}/Cargo.toml`,
      `[package]\nname = "${name}"\nversion = "${version}"\nedition = "2021"\n\n[features]\nuse-libc = []\n${more}`,
    ],
    [`vendor/${name}/.cargo-checksum.json`, '{"files":{}}'],
    [`vendor/${name}/src/lib.rs`, ""],
  ];
  const files = [
    ...crate("rustix", "1.1.6"),
    ...crate("middle", "0.1.0", '\n[dependencies]\nrustix = "1"\n'),
  ];
  for (const [file, text] of files) await demo.write(file, text);
  const source = 'source = "registry+https://github.com/rust-lang/crates.io-index"';
  const locked = demo
    .read("Cargo.lock")
    .replace(' "fast-mix",\n "libc",', ' "fast-mix",\n "libc",\n "middle",');
  const blocks = [
    `[[package]]\nname = "middle"\nversion = "0.1.0"\n${source}\ndependencies = [\n "rustix",\n]`,
    `[[package]]\nname = "rustix"\nversion = "1.1.6"\n${source}`,
  ];
  await demo.write("Cargo.lock", `${locked}\n${blocks.join("\n\n")}\n`);
  await demo.write(MANIFEST, `${demo.read(MANIFEST)}middle = "0.1"\n`);
  const client = await startClient({ folders: [demo.root] });
  const [file, text] = [demo.at(MANIFEST), demo.read(MANIFEST)];
  const uri = client.open(file, text, "toml");
  const found = await client.diagnostics(file, (all) => all.length === 2);
  expect(String(found[1]?.message)).toContain("middle → rustix");
  const fix = (await actions(client, file, positionOf(text, "middle"))).find(({ title }) =>
    title.startsWith("turn on the feature `use-libc` of rustix"),
  );
  expect(applied(text, fix?.edit?.changes?.[uri])).toContain(
    'rustix = { version = "1", default-features = false, features = ["use-libc"] }',
  );
  expect(await actions(client, file, positionOf(text, "plainsock"))).toHaveLength(1);
});
