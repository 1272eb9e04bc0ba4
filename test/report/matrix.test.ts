import { describe, expect, test } from "vitest";
import type { Result } from "../../src/model/result.ts";
import type { Matrix, Why } from "../../src/model/verdict.ts";
import { MATRIX_FORMATS, renderMatrix } from "../../src/report/matrix.ts";
import { renderWhy, WHY_FORMATS } from "../../src/report/why.ts";

const eventfd: Result = {
  rule: "linux-only-call",
  taxa: ["F-016"],
  level: "error",
  confidence: "high",
  harm: "fails",
  message: "`eventfd` is a call that only Linux answers; it fails on macOS, Windows",
  hosts: ["macos-arm64", "windows-x64"],
  package: { name: "mio", version: "1.0.4" },
  file: "src/sys/unix/waker.rs",
  span: { start: { line: 10, column: 9 }, end: { line: 10, column: 16 } },
  symbol: "eventfd",
  construct: "unsafe-expr",
  active: "yes",
  reachable: "unknown",
  fingerprint: "aaaa",
};

const matrix: Matrix = {
  release: "4.0.2",
  profile: "ape-rs",
  hosts: ["linux-x64", "macos-arm64", "windows-x64", "openbsd-x64"],
  workload: [
    { host: "linux-x64", verdict: "works", because: ["Nothing was found that breaks here."] },
    { host: "macos-arm64", verdict: "fails", because: ["aaaa"] },
    { host: "windows-x64", verdict: "fails", because: ["aaaa", "bbbb", "cccc", "dddd", "eeee"] },
    {
      host: "openbsd-x64",
      verdict: "degraded",
      because: ["Something works less well."],
      notes: ["OpenBSD 7.7: the loader aborts (F-006)."],
    },
  ],
  crates: [
    {
      name: "xh",
      version: "0.26.3",
      own: true,
      path: ["xh 0.26.3"],
      verdict: "as is",
      cells: {},
      because: [],
      work: {},
    },
    {
      name: "mio",
      version: "1.0.4",
      own: false,
      path: ["xh 0.26.3", "mio 1.0.4"],
      verdict: "blocked",
      cells: {
        "linux-x64": "works",
        "macos-arm64": "fails",
        "windows-x64": "fails",
        "openbsd-x64": "degraded",
      },
      because: ["aaaa"],
      work: { "unsafe-expr": 1 },
    },
    {
      name: "either",
      version: "1.0.0",
      own: false,
      path: [],
      verdict: "as is",
      cells: {},
      because: [],
      work: {},
    },
  ],
  results: [eventfd],
  notes: [],
};

const why: Why = {
  name: "mio",
  version: "1.0.4",
  verdict: "blocked",
  features: ["net", "os-poll"],
  paths: [
    [
      { from: "xh 0.26.3", to: "tokio 1.47.0", kind: "normal", enabledBy: [], asks: ["net", "rt"] },
      {
        from: "tokio 1.47.0",
        to: "mio 1.0.4",
        kind: "normal",
        enabledBy: ["net"],
        asks: ["os-poll"],
      },
    ],
  ],
  more: true,
  results: [eventfd, { ...eventfd, symbol: "epoll_create1", fingerprint: "ffff" }],
};

const ENDINGS = { text: "txt", json: "json", markdown: "md" };

describe("matrix", () => {
  test.each(MATRIX_FORMATS)("as %s", async (format) => {
    await expect(renderMatrix(format, matrix)).toMatchFileSnapshot(
      `goldens/matrix.${ENDINGS[format]}`,
    );
  });

  test("all crates when asked, in ASCII", async () => {
    const shown = renderMatrix("text", matrix, { all: true, unicode: false, width: 80 });
    await expect(shown).toMatchFileSnapshot("goldens/matrix-all.txt");
  });

  test("text from a crate cannot steer the terminal", () => {
    const named = { ...matrix.crates[1]!, name: "evil\u001b[31m" };
    expect(renderMatrix("text", { ...matrix, crates: [named] })).not.toContain("\u001b");
  });
});

describe("why", () => {
  test.each(WHY_FORMATS)("as %s", async (format) => {
    await expect(renderWhy(format, why)).toMatchFileSnapshot(`goldens/why.${ENDINGS[format]}`);
  });

  test("of a root that nothing was found in", () => {
    expect(renderWhy("text", { ...why, paths: [[]], more: false, results: [] })).toContain(
      "It is what you asked about.\n\n  Nothing was found in it.",
    );
  });
});
