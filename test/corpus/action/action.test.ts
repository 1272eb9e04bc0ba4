import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { OUTPUT_NAMES } from "../../../src/cli/action/inputs.ts";
import { run } from "../../../src/util/process.ts";
import { runCli } from "../../cli/support.ts";
import { goTool, missing, runAction, stage, zizmorProgram, type Stage } from "./act.ts";

const ROOT = path.join(import.meta.dirname, "../../..");
const DEMO = path.join(ROOT, "fixtures/demo");
const WHY = missing();
if (WHY !== undefined) process.stderr.write(`the action under act (SKIPPED: ${WHY})\n`);

const PULL = (head: string): object => ({
  pull_request: {
    head: { ref: "topic", repo: { full_name: head } },
    base: { ref: "main", repo: { full_name: "owner/project" } },
  },
  repository: { full_name: "owner/project", private: false },
});

const demo = (folder: string): void => cpSync(DEMO, folder, { recursive: true });
const clean = (folder: string): void => {
  mkdirSync(path.join(folder, "src"));
  writeFileSync(path.join(folder, "src/lib.rs"), "pub fn one() -> i32 {\n    1\n}\n");
  writeFileSync(
    path.join(folder, "Cargo.toml"),
    '[package]\nname = "clean"\nversion = "0.1.0"\nedition = "2021"\n',
  );
  writeFileSync(
    path.join(folder, "Cargo.lock"),
    'version = 4\n\n[[package]]\nname = "clean"\nversion = "0.1.0"\n',
  );
};

describe.skipIf(WHY !== undefined)(
  `the action under act${WHY === undefined ? "" : ` (SKIPPED: ${WHY})`}`,
  () => {
    let dir = "";
    let tools: Stage;
    beforeAll(async () => {
      dir = mkdtempSync(path.join(tmpdir(), "ape-lint-act-"));
      const folder = process.env["APE_LINT_GO_TOOLS"] ?? path.join(dir, "tools");
      mkdirSync(folder, { recursive: true });
      tools = stage(dir, await goTool("act", folder));
    });
    afterAll(() => rmSync(dir, { recursive: true, force: true }));

    const inputs = { args: "--no-cargo" };

    test("nothing found: success, SARIF goes up", async () => {
      const it = await runAction(tools, {
        name: "clean",
        prepare: clean,
        inputs: { ...inputs, category: "mine" },
      });
      expect(it.outcome, it.log).toBe("success");
      expect(it.outputs).toMatchObject({
        "exit-code": "0",
        findings: "0",
        errors: "0",
        "new-findings": "0",
      });
      expect(Object.keys(it.outputs).toSorted()).toEqual([...OUTPUT_NAMES].toSorted());
      expect(it.sarif).toContain('"version": "2.1.0"');
      expect(it.category).toBe("mine");
      expect(it.summary).toContain("### Hosts");
    });

    test("results: uploaded first, then it fails", async () => {
      const it = await runAction(tools, { name: "results", prepare: demo, inputs });
      expect(it.code, it.log).not.toBe(0);
      expect(it.outcome).toBe("failure");
      expect(it.outputs).toMatchObject({
        "exit-code": "1",
        "verdict-windows-x64": "does not build",
      });
      expect(Number(it.outputs["errors"])).toBeGreaterThan(3);
      expect(it.outputs["new-findings"]).toBe(it.outputs["findings"]);
      expect(it.sarif).toContain("compile-time-backend");
      expect(it.summary).toContain("compile-time-backend");
      expect(it.log).not.toContain("::error");
    });

    test("what the baseline knows is counted and does not fail", async () => {
      const project = path.join(dir, "known");
      mkdirSync(project);
      demo(project);
      const written = await runCli(["baseline", "write", "--no-cargo"], { cwd: project });
      expect(written.code, written.stderr).toBe(0);
      const prepare = (folder: string): void => cpSync(project, folder, { recursive: true });
      const known = { ...inputs, baseline: "ape-lint-baseline.json" };
      const it = await runAction(tools, { name: "baseline", prepare, inputs: known });
      expect(it.outcome, it.log).toBe("success");
      expect(it.outputs).toMatchObject({ "exit-code": "0", "new-findings": "0", errors: "0" });
      expect(Number(it.outputs["findings"])).toBeGreaterThan(3);
      expect(it.outputs["verdict-windows-x64"]).toBe("does not build");
    });

    test("a mistake in the configuration: code 2, all outputs set, the summary says what", async () => {
      const prepare = (folder: string): void => {
        demo(folder);
        writeFileSync(path.join(folder, "ape-lint.toml"), 'profil = "none"\n');
      };
      const it = await runAction(tools, { name: "config", prepare, inputs });
      expect(it.outcome, it.log).toBe("failure");
      expect(it.outputs).toMatchObject({
        "exit-code": "2",
        findings: "",
        "verdict-linux-x64": "unknown",
      });
      expect(Object.keys(it.outputs)).toHaveLength(OUTPUT_NAMES.length);
      expect(it.summary).toContain("did you mean profile?");
      expect(it.sarif).toBeUndefined();
    });

    test("a pull request from a fork: no upload, annotations, same exit", async () => {
      const event = { name: "pull_request", payload: PULL("stranger/project") } as const;
      const it = await runAction(tools, { name: "fork", prepare: demo, inputs, event });
      expect(it.outputs["exit-code"], it.log).toBe("1");
      expect(it.sarif).toBeUndefined();
      expect(it.log).toContain("a pull request from a fork has no right to upload");
      expect(it.log).toMatch(/::error file=crates\/echo-server\/src\/\w+\.rs,line=\d+/u);
      const own = { name: "pull_request", payload: PULL("owner/project") } as const;
      const same = await runAction(tools, { name: "branch", prepare: demo, inputs, event: own });
      expect(same.sarif, same.log).toContain("compile-time-backend");
    });

    test("a private repository: no upload unless it is asked for", async () => {
      const payload = { repository: { full_name: "owner/project", private: true } };
      const event = { name: "push", payload } as const;
      const it = await runAction(tools, { name: "private", prepare: demo, inputs, event });
      expect(it.sarif, it.log).toBeUndefined();
      expect(it.log).toContain("GitHub Code Security");
      const asked = { ...inputs, upload: "true" };
      const forced = await runAction(tools, { name: "asked", prepare: demo, inputs: asked, event });
      expect(forced.sarif, forced.log).toContain("compile-time-backend");
    });

    test("an upload that fails: annotations, and the run's own exit", async () => {
      const env = { UPLOAD_FAILS: "yes" };
      const it = await runAction(tools, { name: "refused", prepare: demo, inputs, env });
      expect(it.outputs["exit-code"], it.log).toBe("1");
      expect(it.log).toContain("the upload of SARIF failed");
      expect(it.log).toContain("::error file=");
      const asked = { ...inputs, upload: "true" };
      const clear = await runAction(tools, {
        name: "refused-clean",
        prepare: clean,
        inputs: asked,
        env,
      });
      expect(clear.outcome, clear.log).toBe("failure");
    });

    test("no Cargo.lock, no Cargo.toml: told, never a crash", async () => {
      const prepare = (folder: string): void => {
        demo(folder);
        rmSync(path.join(folder, "Cargo.lock"));
      };
      const it = await runAction(tools, { name: "lock", prepare, inputs });
      expect(["1", "2", "3"], it.log).toContain(it.outputs["exit-code"]);
      expect(it.log).not.toContain("this is a mistake of ours");
      const nothing = { ...inputs, path: "docs" };
      const none = await runAction(tools, { name: "nothing", prepare: demo, inputs: nothing });
      expect(none.outputs["exit-code"], none.log).toBe("2");
      expect(none.summary).toContain("there is no file or folder docs");
    });

    test("no input reaches a shell", async () => {
      const evil = '$(touch "$RESULTS/pwned"); `touch pwned` " \' && touch pwned';
      const hostile = {
        args: evil,
        config: evil,
        path: evil,
        "sarif-file": "a b.sarif",
        hosts: "linux",
      };
      const it = await runAction(tools, { name: "shell", prepare: demo, inputs: hostile });
      expect(it.outputs["exit-code"], it.log).toBe("2");
      expect(existsSync(path.join(dir, "jobs/shell/results/pwned"))).toBe(false);
      expect(existsSync(path.join(dir, "jobs/shell/project/pwned"))).toBe(false);
    });

    test("our workflows pass actionlint", async () => {
      const folder = process.env["APE_LINT_GO_TOOLS"] ?? path.join(dir, "tools");
      const actionlint = await goTool("actionlint", folder);
      const { code, stdout } = await run(actionlint, ["-no-color"], {
        cwd: ROOT,
        env: process.env,
      });
      expect(stdout).toBe("");
      expect(code).toBe(0);
    });
  },
);

/** The workflow file of the README, in a folder of its own. */
function readmeWorkflow(dir: string): string {
  const text = readFileSync(path.join(ROOT, "README.md"), "utf8");
  const workflow = /```yaml\n(?<text>[^]*?)```/u.exec(text)?.groups?.["text"] ?? "";
  const folder = path.join(dir, "readme/.github/workflows");
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "lint.yml"), workflow.replace("@COMMIT", `@${"0".repeat(40)}`));
  return path.join(folder, "lint.yml");
}

const zizmor = await zizmorProgram();
if (zizmor === undefined)
  process.stderr.write("zizmor (SKIPPED: neither zizmor nor python3 with venv is here)\n");

test.skipIf(zizmor === undefined)(
  "zizmor finds nothing in our workflows and in the action",
  async () => {
    const dir = mkdtempSync(path.join(tmpdir(), "ape-lint-readme-"));
    const looked = [".github", "action.yml", readmeWorkflow(dir)];
    const args = ["--offline", "--no-progress", "--color=never", ...looked];
    const { code, stdout } = await run(zizmor!, args, { cwd: ROOT, env: process.env });
    rmSync(dir, { recursive: true });
    expect(stdout).toContain("No findings to report");
    expect(code).toBe(0);
  },
);
