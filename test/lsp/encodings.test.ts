import { createFixture } from "fs-fixture";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import {
  DidChangeTextDocumentNotification,
  type Diagnostic,
  type PositionEncodingKind,
} from "vscode-languageserver-protocol/node";
import { chooseEncoding, fromClient, toClient } from "../../src/lsp/positions.ts";
import { startClient } from "./support.ts";

/** One name of libc behind each of: nothing, a tab, an emoji, Chinese, both and a combining accent. */
const LINES = [
  "pub fn plain() -> i32 { libc::EAGAIN }",
  "\tpub fn tab() -> i32 { libc::EAGAIN }",
  'pub fn emoji() -> i32 { let _ = "🦀"; libc::EAGAIN }',
  'pub fn chinese() -> i32 { let _ = "漢字"; libc::EAGAIN }',
  'pub fn all() -> i32 {\tlet _ = "👩‍👩‍👧 漢 e\u0301"; libc::EAGAIN }',
];
const TEXT = `${LINES.join("\n")}\n`;

const UNITS: Record<string, (text: string) => number> = {
  "utf-8": (text) => Buffer.byteLength(text),
  "utf-16": (text) => text.length,
  "utf-32": (text) => [...text].length,
};

/** Where the name stands in each line, counted by this test itself. */
function expected(encoding: string): [line: number, from: number, to: number][] {
  const count = UNITS[encoding]!;
  return LINES.map((line, index) => {
    const from = count(line.slice(0, line.indexOf("EAGAIN")));
    return [index, from, from + "EAGAIN".length];
  });
}

function placesOf(found: readonly Diagnostic[]): [number, number, number][] {
  return found
    .map(({ range }): [number, number, number] => [
      range.start.line,
      range.start.character,
      range.end.character,
    ])
    .toSorted(([a], [b]) => a - b);
}

test.each([
  [["utf-8"], "utf-8"],
  [["utf-16"], "utf-16"],
  [undefined, "utf-16"],
  [["utf-16", "utf-32", "utf-8"], "utf-32"],
  [["utf-8", "utf-16"], "utf-8"],
] as [PositionEncodingKind[] | undefined, string][])(
  "a client that offers %j is spoken to in %s",
  async (positionEncodings, encoding) => {
    const fixture = await createFixture({ "odd.rs": TEXT });
    onTestFinished(() => fixture.rm());
    const file = path.join(fixture.path, "odd.rs");
    const general = positionEncodings === undefined ? {} : { positionEncodings };
    const client = await startClient({ capabilities: { general } });
    expect(client.answer.capabilities.positionEncoding).toBe(encoding);
    const uri = client.open(file, TEXT);
    const found = await client.diagnostics(file, (all) => all.length === LINES.length);
    expect(placesOf(found)).toEqual(expected(encoding));

    // NOTE: an edit in the client's own columns, behind what is wider than one unit
    const [line, from, to] = expected(encoding)[4]!;
    await client.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri, version: 2 },
      contentChanges: [
        {
          range: { start: { line, character: from }, end: { line, character: to } },
          text: "EINTR",
        },
        { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: "\n" },
      ],
    });
    const after = await client.diagnostics(file, (_, { version }) => version === 2);
    expect(placesOf(after).at(-1)).toEqual([line + 1, from, to - 1]);
  },
);

test("columns go there and back in every encoding", () => {
  for (const encoding of ["utf-8", "utf-16", "utf-32"] as const) {
    for (const line of LINES) {
      for (const { index } of line.matchAll(/./gu)) {
        expect(fromClient(line, toClient(line, index, encoding), encoding)).toBe(index);
      }
    }
    expect(toClient("abc", 99, encoding)).toBe(3);
    expect(fromClient("abc", 99, encoding)).toBe(3);
  }
  expect(chooseEncoding(["utf-16", "utf-7"])).toBe("utf-16");
});
