import path from "node:path";
import { createFixture } from "fs-fixture";
import { describe, expect, test } from "vitest";
import { COMMANDS } from "../../src/cli/commands.ts";
import { commandRows, sharedSwitches } from "../../src/cli/table.ts";
import { runCli } from "./support.ts";

describe("help", () => {
  test("lists every command and every switch, and the exit codes", async () => {
    const { code, stdout, stderr } = await runCli(["--help"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    for (const { name, summary } of COMMANDS) {
      expect(stdout).toContain(name);
      expect(stdout.replaceAll(/\s+/gu, " ")).toContain(summary);
    }
    for (const { long } of sharedSwitches()) expect(stdout).toContain(`${long} `);
    expect(stdout).toContain("Exit codes:");
  });

  test.each(COMMANDS.map(({ name }) => name))(
    "%s --help lists the shared switches",
    async (name) => {
      const { code, stdout } = await runCli([name, "--help"]);
      expect(code).toBe(0);
      for (const { long } of sharedSwitches()) expect(stdout).toContain(`${long} `);
    },
  );

  test.each([["--version"], ["-V"]])("%s", async (flag) => {
    expect(await runCli([flag])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/u),
    });
  });

  test.each(COMMANDS.map(({ name, load }) => ({ name, load })))(
    "$name has code behind it",
    async ({ load }) => {
      expect(typeof (await load()).run).toBe("function");
    },
  );
});

describe("mistakes end with 2, one line each, nothing on stdout", () => {
  test.each([
    [
      "an unknown switch",
      ["check", "--hots", "linux"],
      "unknown option --hots\n  hint: did you mean --host?",
    ],
    ["an unknown short switch", ["check", "-Z"], "unknown option -Z\n  hint: --help lists them"],
    ["a switch without its value", ["check", "--host"], "--host needs <HOSTS>"],
    [
      "an unknown host",
      ["check", "--host", "solaris"],
      "--host cannot be `solaris`\n  hint: one of: linux-x64,",
    ],
    ["a host with a slip", ["check", "--host", "linux,windws"], "  hint: did you mean windows?"],
    [
      "an unknown format",
      ["check", "--format", "xyz"],
      "--format cannot be `xyz`\n  hint: one of: text,",
    ],
    ["a format with a slip", ["check", "--format", "sarf=a.sarif"], "  hint: did you mean sarif?"],
    [
      "an unknown level",
      ["check", "--fail-on", "fatal"],
      "--fail-on cannot be `fatal`\n  hint: one of: error,",
    ],
    ["no number", ["check", "--max-findings", "many"], "hint: a number from 1"],
    [
      "two inputs",
      ["check", "a", "b"],
      "too many operands for `check`\n  hint: ape-lint check [input]",
    ],
    [
      "a command with a slip and an input",
      ["chek", "a"],
      "there is no command `chek`\n  hint: did you mean check?",
    ],
    ["no operand", ["why"], "`why` needs <crate>\n  hint: ape-lint why <crate> [input]"],
    ["no word", ["kb"], "<view> is one of: show, diff, releases"],
    [
      "a place that is not there",
      ["check", "no/such/place"],
      "there is no file or folder no/such/place",
    ],
    ["a bare crate name", ["check", "ripgrep"], "ripgrep@VERSION"],
    ["a command with a slip", ["chekc"], "did you mean check?"],
    ["a file of another kind", ["check", "package.json"], "neither a folder"],
    [
      "two inputs, one by --manifest-path",
      ["check", "src", "--manifest-path", "Cargo.toml"],
      "both src and",
    ],
    [
      "two formats on stdout",
      ["rules", "--format", "json", "--format", "text"],
      "would go to stdout",
    ],
    ["a format that rules have not", ["rules", "--format", "sarif"], "take text or json"],
    [
      "a folder of rules that is not there",
      ["rules", "--rules", "nowhere"],
      "cannot read the folder of rules",
    ],
    ["no such shell", ["completions", "tcsh"], "no completions for the shell tcsh"],
    [
      "a file that can't be written",
      ["rules", "--format", "json=no/such/folder/x"],
      "cannot write the results",
    ],
  ])("%s", async (_, args, message) => {
    const { code, stdout, stderr } = await runCli(args);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/\n\s+at /u);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  });
});

describe("switches", () => {
  test("stand in front of the command, behind it, or both; repeated ones add up", async () => {
    const cwd = path.join(import.meta.dirname, "../../fixtures/demo");
    const run = (...args: string[]): Promise<string> =>
      runCli(args, { cwd }).then(({ stdout }) => stdout);
    const both = await run(
      "--host",
      "windows",
      "doctor",
      "--host=linux-x64",
      "--profile",
      "ape-rs",
    );
    expect(both).toMatch(/^hosts +windows-x64 linux-x64 \(command line\)$/mu);
    expect(both).toMatch(/^profile +ape-rs \(command line\)$/mu);
    expect(await run("doctor", "--hosts", "windows,linux-x64", "--profile=ape-rs")).toBe(both);
    expect(await run("--cosmo", "x", "doctor")).toBe(await run("doctor", "--release", "x"));
  });

  test("win over the configuration; doctor says who won", async () => {
    await using fixture = await createFixture({
      "ape-lint.toml": 'profile = "ape-rs"\nfail-on = "note"\n[levels]\nc-dependency = "off"\n',
    });
    const { stdout } = await runCli(["doctor", "--profile", "none", "-D", "errno-literal"], {
      cwd: fixture.path,
    });
    expect(stdout).toMatch(/^profile +none \(command line\)$/mu);
    expect(stdout).toMatch(/^fail-on +note \(ape-lint.toml:2:1\)$/mu);
    expect(stdout).toMatch(/^levels +c-dependency=off errno-literal=error$/mu);
    const without = await runCli(["doctor", "--no-config"], { cwd: fixture.path });
    expect(without.stdout).toMatch(/^configuration +none \(--no-config\)$/mu);
  });

  test("results go to the file that is named, and stdout stays empty", async () => {
    await using fixture = await createFixture({ x: "" });
    const { code, stdout } = await runCli(["rules", "--format", "json", "-o", "rules.json"], {
      cwd: fixture.path,
    });
    expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
    expect(JSON.parse(await fixture.readFile("rules.json", "utf8"))).toContainEqual(
      expect.objectContaining({ id: "errno-literal" }),
    );
  });
});

describe("completions", () => {
  test.each(["bash", "zsh", "fish", "powershell"])(
    "%s knows every command and every switch",
    async (shell) => {
      const { code, stdout } = await runCli(["completions", shell]);
      expect(code).toBe(0);
      for (const { name } of commandRows()) expect(stdout).toContain(name);
      for (const { long } of sharedSwitches())
        expect(stdout).toContain(shell === "fish" ? `-l ${long.slice(2)}` : long);
    },
  );
});
