import { describe, expect, test } from "vitest";
import { speaksUnicode, textStyle, wantsColor } from "../../src/cli/terminal.ts";
import type { Io, Sink } from "../../src/cli/io.ts";

const terminal: Sink = { isTTY: true, columns: 200, write: () => {} };
const pipe: Sink = { isTTY: false, columns: undefined, write: () => {} };

describe("colours", () => {
  test.each([
    ["a terminal", terminal, {}, "auto", true],
    ["a pipe", pipe, {}, "auto", false],
    ["NO_COLOR", terminal, { NO_COLOR: "1" }, "auto", false],
    ["NO_COLOR that is empty says nothing", terminal, { NO_COLOR: "" }, "auto", true],
    ["FORCE_COLOR", pipe, { FORCE_COLOR: "1" }, "auto", true],
    ["FORCE_COLOR=0", pipe, { FORCE_COLOR: "0" }, "auto", false],
    ["CLICOLOR_FORCE", pipe, { CLICOLOR_FORCE: "1" }, "auto", true],
    ["CLICOLOR=0", terminal, { CLICOLOR: "0" }, "auto", false],
    ["NO_COLOR beats FORCE_COLOR", pipe, { NO_COLOR: "1", FORCE_COLOR: "1" }, "auto", false],
    ["a dumb terminal", terminal, { TERM: "dumb" }, "auto", false],
    ["the flag beats NO_COLOR", pipe, { NO_COLOR: "1" }, "always", true],
    ["the flag beats FORCE_COLOR", terminal, { FORCE_COLOR: "1" }, "never", false],
  ] as const)("%s", (_, sink, env, when, colored) => {
    expect(wantsColor(sink, env, when)).toBe(colored);
  });
});

test.each([
  [{}, true],
  [{ LANG: "de_DE.UTF-8" }, true],
  [{ LANG: "C" }, false],
  [{ LC_ALL: "C.utf8", LANG: "C" }, true],
  [{ TERM: "linux", LANG: "C.UTF-8" }, false],
])("drawing in the locale %j: %s", (env, unicode) => {
  expect(speaksUnicode(env)).toBe(unicode);
});

test("the width comes from COLUMNS, else from the terminal, and has limits", () => {
  const io = (env: Record<string, string>): Io => ({ env, command: "ape-lint" }) as unknown as Io;
  expect(textStyle(io({}), terminal, {}).width).toBe(120);
  expect(textStyle(io({ COLUMNS: "60" }), terminal, {}).width).toBe(60);
  expect(textStyle(io({ COLUMNS: "x" }), pipe, {}).width).toBe(100);
});
