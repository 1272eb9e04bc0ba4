import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { createFixture } from "fs-fixture";
import { describe, expect, test } from "vitest";
import { commandRows, sharedSwitches } from "../../src/cli/table.ts";
import { loadConfig } from "../../src/config/index.ts";
import { runCli } from "../cli/support.ts";
import { blocks, pages, prose, readPage, ROOT } from "./pages.ts";

const FOLDERS = "src|test|tools|rules|data|docs|fixtures|schemas|man|editors";
const all = pages();

describe.each(all)("$file", ({ file, text }) => {
  test("names no file that is not there", () => {
    const named = [...prose(text).matchAll(new RegExp(`\`((?:${FOLDERS})/[^\`\\s<>*…]*)\``, "gu"))];
    const links = [...prose(text).matchAll(/\]\((?<to>[^)#\s]+)[^)]*\)/gu)].filter(
      ({ groups }) => !/^[a-z]+:/u.test(groups?.["to"] ?? ""),
    );
    const missing = [
      ...named.map(([, name = ""]) => name).filter((name) => !existsSync(path.join(ROOT, name))),
      ...links
        .map(({ groups }) => groups?.["to"] ?? "")
        .filter((to) => !existsSync(path.join(ROOT, path.dirname(file), to))),
    ];
    expect(missing).toEqual([]);
  });

  test("names no script that is not there", () => {
    const { scripts } = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8")) as {
      scripts: Record<string, string>;
    };
    const named = [...text.matchAll(/npm run (?:--silent )?(?<name>[\w:-]+)/gu)];
    expect(
      named.map(({ groups }) => groups?.["name"] ?? "").filter((name) => !(name in scripts)),
    ).toEqual([]);
  });
});

test.each(["README.md", "docs/configuration.md"])(
  "%s names no switch that is not there",
  (file) => {
    const known = new Set([
      ...[...sharedSwitches(), ...commandRows().flatMap(({ switches }) => switches)].flatMap(
        ({ short, long }) => [short, long],
      ),
      "--ignore-scripts",
    ]);
    const named = [...readPage(file).text.matchAll(/(?<![\w-])--[a-z][\w-]*/gu)].map(
      ([flag]) => flag,
    );
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((flag) => !known.has(flag))).toEqual([]);
  },
);

const pagesOfRules = all.filter(({ file }) => file.startsWith("rules/"));

test.each(pagesOfRules)("$file has its five parts, in order", ({ text }) => {
  const headings = [...prose(text).matchAll(/^## (?<heading>.+)$/gmu)].map(
    ({ groups }) => groups?.["heading"],
  );
  expect(headings.slice(0, 5)).toEqual([
    "What it sees",
    "Why it breaks",
    "Fix",
    "When not to care",
    "Known gaps",
  ]);
});

describe("README", () => {
  const { text } = readPage("README.md");
  const [first = "", second = ""] = blocks(text, "sh");

  test("its two command lines are what CI runs", () => {
    const ci = readFileSync(path.join(ROOT, ".ci/run"), "utf8");
    expect(first).toContain("npx ape-lint check fixtures/demo");
    expect(second).toContain("npm test");
    for (const command of [first, second].flatMap((line) => line.trim().split(" && "))) {
      expect(ci.replaceAll(" --no-audit --no-fund", "").replaceAll(" --silent", "")).toContain(
        command,
      );
    }
  });

  test("the first one shows what the page says, and ends as it says", async () => {
    const args = first.trim().split("npx ape-lint ")[1]?.split(" ") ?? [];
    const { code, stdout } = await runCli([...args, "--no-cargo"], { cwd: ROOT });
    expect(code).toBe(1);
    for (const line of (blocks(text, "text")[0] ?? "").trimEnd().split("\n"))
      expect(stdout).toContain(line);
  });

  test("the commands for a real crate are well formed", async () => {
    const commands = blocks(text, "sh", { needs: true }).join("").trim().split("\n");
    expect(commands).not.toEqual([""]);
    for (const command of commands) {
      const args = command
        .replace("npx ape-lint check", "doctor")
        .replace("path/to/your/crate", ".")
        .split(" ");
      expect(await runCli(args, { cwd: ROOT }), command).toMatchObject({ code: 0, stderr: "" });
    }
  });
});

test("the example of docs/configuration.md is a configuration", async () => {
  const [example = ""] = blocks(readPage("docs/configuration.md").text, "toml");
  await using fixture = await createFixture({ "ape-lint.toml": example });
  const { config, ignores } = loadConfig({ cwd: fixture.path, start: fixture.path, env: {} });
  expect(config.profile).toBe("ape-rs");
  expect(ignores).toHaveLength(1);
});
