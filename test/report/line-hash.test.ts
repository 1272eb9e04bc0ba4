import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lineHashes } from "../../src/report/sarif/line-hash.ts";

const LAST = "c129715d7a2bc9a3:1";
const GREETINGS = [
  "e9496ae3ebfced30:1",
  "fb7c023a8b9ccb3f:1",
  "ce8ba1a563dcdaca:1",
  "e20e36e16fcb0cc8:1",
  "b3edc88f2938467e:1",
  "c8e28b0b4002a3a0:1",
  LAST,
];

/** Values that GitHub's own uploader gives: github/codeql-action, src/fingerprints.test.ts. */
const VECTORS: readonly (readonly [title: string, text: string, hashes: readonly string[]])[] = [
  ["an empty file", "", [LAST]],
  [
    "blanks are not counted",
    " a\nb\n  \t\tc\n d",
    ["271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"],
  ],
  [
    "no newline at the end",
    " hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End",
    [
      "8b7cf3e952e7aeb2:1",
      "b1ae1287ec4718d9:1",
      "bff680108adb0fcc:1",
      "c6805c5e1288b612:1",
      "b86d3392aea1be30:1",
      "e6ceba753e1a442:1",
    ],
  ],
  ["LF", " hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End\n", GREETINGS],
  ["CR", " hello; \t\nworld!!!\r\r\r  \t\tGreetings\r End\r", GREETINGS],
  ["CRLF", " hello; \t\r\nworld!!!\r\n\r\n\r\n  \t\tGreetings\r\n End\r\n", GREETINGS],
  ["all of them", " hello; \t\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n", GREETINGS],
  [
    "lines that repeat",
    "Lorem ipsum dolor sit amet.\n".repeat(10),
    [
      ...[1, 2, 3, 4, 5, 6].map((number) => `a7f2ff13bc495cf2:${number}`),
      "a7f2ff1481e87703:1",
      "a9cf91f7bbf1862b:1",
      "55ec222b86bcae53:1",
      "cc97dc7b1d7d8f7b:1",
      LAST,
    ],
  ],
];

describe("GitHub's hash of a line", () => {
  it.each(VECTORS)("%s", (_title, text, hashes) => {
    expect(lineHashes(text)).toEqual(hashes);
  });

  it("has one value a line", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("a", "b", " ", "\t", "\n", "\r", "é", "\u{1f600}") }),
        (text) => {
          expect(lineHashes(text)).toHaveLength(text.split(/\r\n|\r|\n/).length);
        },
      ),
    );
  });

  it("does not move when indentation changes", () => {
    expect(lineHashes("fn a() {\n    b();\n}\n")).toEqual(lineHashes("fn a() {\n\tb( );\n}\n"));
  });
});
