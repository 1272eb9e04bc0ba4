import { readFileSync } from "node:fs";
import path from "node:path";
import { createFixture } from "fs-fixture";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import {
  argumentsOf,
  INPUT_NAMES,
  operandsOf,
  OUTPUT_NAMES,
  splitArguments,
  variableOf,
} from "../../../src/cli/action/inputs.ts";
import { addSummary, notice, setOutputs } from "../../../src/cli/action/runner.ts";
import { chooseUpload } from "../../../src/cli/action/upload.ts";

const ROOT = path.join(import.meta.dirname, "../../..");

test("action.yml names the inputs and outputs that the code reads and sets, and no script has an expression", () => {
  const text = readFileSync(path.join(ROOT, "action.yml"), "utf8");
  const action = parse(text) as {
    inputs: object;
    outputs: object;
    runs: { steps: { id?: string; run?: string; uses?: string; env?: Record<string, string> }[] };
  };
  expect(Object.keys(action.inputs)).toEqual([...INPUT_NAMES]);
  expect(Object.keys(action.outputs)).toEqual([...OUTPUT_NAMES]);
  const { steps } = action.runs;
  for (const { run = "", uses } of steps) {
    expect(run).not.toContain("${{");
    if (uses !== undefined) expect(uses).toMatch(/@[0-9a-f]{40}$/u);
  }
  const { env = {} } = steps.find(({ id }) => id === "analyse") ?? {};
  for (const name of INPUT_NAMES) expect(env[variableOf(name)]).toBe(`\${{ inputs.${name} }}`);
});

describe("inputs become one array of arguments", () => {
  test("nothing given", () => {
    expect([...argumentsOf({}), ...operandsOf({})]).toEqual(["check", "--", "."]);
  });

  test("everything given", () => {
    const env = {
      INPUT_PATH: "--config=evil",
      INPUT_HOSTS: "linux,windows",
      INPUT_COSMO_VERSION: "4.0.2",
      INPUT_PERSONA: "auditor",
      INPUT_FAIL_ON: "warning",
      INPUT_ONLY_CHANGED: "true",
      GITHUB_BASE_REF: "main",
      INPUT_ARGS: "--no-cargo -p 'a b'",
    };
    expect([...argumentsOf(env), ...operandsOf(env)]).toEqual([
      "check",
      "--host=linux,windows",
      "--release=4.0.2",
      "--fail-on=warning",
      "--persona=auditor",
      "--changed-since=origin/main",
      "--only-changed",
      "--no-cargo",
      "-p",
      "a b",
      "--",
      "--config=evil",
    ]);
  });

  test("outside of a pull request everything counts", () => {
    expect(argumentsOf({ INPUT_ONLY_CHANGED: "true" })).toEqual(["check"]);
  });

  test.each([
    ["", []],
    ["regular", []],
    ["auditor", ["--persona=auditor"]],
  ])("persona %j", (persona, flags) => {
    expect(argumentsOf({ INPUT_PERSONA: persona })).toEqual(["check", ...flags]);
  });

  test("a word that an input does not know is refused", () => {
    expect(() => argumentsOf({ INPUT_PERSONA: "angry" })).toThrow(
      "the input persona cannot be `angry`",
    );
  });

  test.each<[string, string[]]>([
    ["", []],
    [" a  b\n c", ["a", "b", "c"]],
    [`--cfg 'x="y z"' "p q"r`, ["--cfg", 'x="y z"', "p qr"]],
    ["$(x) `y` ; && |", ["$(x)", "`y`", ";", "&&", "|"]],
  ])("%j is split into %j", (text, words) => {
    expect(splitArguments(text)).toEqual(words);
  });
});

describe("what is uploaded", () => {
  const pull = (head: string | null): object => ({
    pull_request: {
      head: { repo: head === null ? null : { full_name: head } },
      base: { repo: { full_name: "o/p" } },
    },
    repository: { private: false },
  });
  const privately = (status: string): object => ({
    repository: { private: true, security_and_analysis: { code_security: { status } } },
  });
  test.each<[string, object, Record<string, string>, "auto" | "true" | "false", boolean]>([
    ["a push", { repository: { private: false } }, {}, "auto", true],
    ["no event", {}, {}, "auto", true],
    ["a pull request of a branch", pull("o/p"), {}, "auto", true],
    ["one from a fork", pull("x/p"), {}, "auto", false],
    ["one from a fork that is gone", pull(null), {}, "auto", false],
    ["one by Dependabot", pull("o/p"), { GITHUB_ACTOR: "dependabot[bot]" }, "auto", false],
    ["a private repository", { repository: { private: true } }, {}, "auto", false],
    ["one without Code Security", privately("disabled"), {}, "auto", false],
    ["one with Code Security", privately("enabled"), {}, "auto", true],
    ["asked for", pull("x/p"), {}, "true", true],
    ["turned off", {}, {}, "false", false],
  ])("%s", async (_name, event, env, mode, upload) => {
    await using fixture = await createFixture({ "event.json": JSON.stringify(event) });
    const GITHUB_EVENT_PATH = path.join(fixture.path, "event.json");
    const choice = chooseUpload({ mode, env: { ...env, GITHUB_EVENT_PATH } });
    expect(choice.upload).toBe(upload);
  });
});

describe("what the runner reads", () => {
  test("a value cannot set another output", async () => {
    await using fixture = await createFixture({ out: "" });
    const file = path.join(fixture.path, "out");
    setOutputs({ findings: "1\nEOF\nexit-code<<EOF\n0\nEOF" }, { GITHUB_OUTPUT: file });
    const [first = "", ...lines] = readFileSync(file, "utf8").trimEnd().split("\n");
    const mark = first.slice("findings<<".length);
    expect(first).toMatch(/^findings<<ape-lint-[0-9a-f-]{36}$/u);
    expect(lines.indexOf(mark)).toBe(lines.length - 1);
  });

  test("a summary that is too long is cut, and says so", async () => {
    await using fixture = await createFixture({ out: "" });
    const file = path.join(fixture.path, "out");
    addSummary("é line\n".repeat(300_000), { GITHUB_STEP_SUMMARY: file });
    const text = readFileSync(file, "utf8");
    expect(Buffer.byteLength(text)).toBeLessThan(1_000_000);
    expect(text).toMatch(/Cut off here: the summary has no room for more\.\*\*\n$/u);
  });

  test("a notice is one command", () => {
    expect(notice("a\n::error::b%")).toBe("::notice title=ape-lint::a%0A::error::b%25\n");
  });
});
