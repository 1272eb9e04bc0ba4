import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  mkdtempSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { run } from "../../../src/util/process.ts";

const ROOT = path.join(import.meta.dirname, "../../..");
const ACT = "github.com/nektos/act@v0.2.89";
const ACTIONLINT = "github.com/rhysd/actionlint/cmd/actionlint@v1.7.12";

/** Why these tests cannot run here; `undefined` when they can. */
export function missing(): string | undefined {
  for (const tool of ["go", "git", "bash"]) {
    try {
      execFileSync(tool, [tool === "go" ? "version" : "--version"], { stdio: "ignore" });
    } catch {
      return `there is no ${tool} here`;
    }
  }
  return undefined;
}

/** Builds a tool from its Go module, at a fixed version, into a folder; the path of the program. */
export async function goTool(name: "act" | "actionlint", folder: string): Promise<string> {
  const program = path.join(folder, name);
  if (existsSync(program)) return program;
  const module = name === "act" ? ACT : ACTIONLINT;
  const env = { ...process.env, GOBIN: folder };
  const built = await run("go", ["install", module], { cwd: folder, env, timeoutMs: 540_000 });
  if (built.code !== 0) throw new Error(`go install ${module}: ${built.stderr}`);
  return program;
}

const ZIZMOR = "zizmor==1.32.0";

/** The program zizmor: the one on PATH, or one from PyPI in a folder of its own; `undefined` without Python. */
export async function zizmorProgram(): Promise<string | undefined> {
  const options = { cwd: tmpdir(), env: process.env, timeoutMs: 300_000 };
  const works = async (program: string, args: readonly string[]): Promise<boolean> =>
    run(program, args, options).then(
      ({ code }) => code === 0,
      () => false,
    );
  if (await works("zizmor", ["--version"])) return "zizmor";
  const folder = path.join(
    process.env["APE_LINT_GO_TOOLS"] ?? mkdtempSync(path.join(tmpdir(), "ape-lint-py-")),
    "zizmor",
  );
  const program = path.join(folder, "bin/zizmor");
  if (existsSync(program)) return program;
  if (!(await works("python3", ["-m", "venv", folder]))) return undefined;
  const pip = path.join(folder, "bin/pip");
  return (await works(pip, ["install", "--quiet", ZIZMOR])) ? program : undefined;
}

/** Folders that stand for the repositories on GitHub that the workflow names. */
export interface Stage {
  readonly dir: string;
  readonly act: string;
  readonly repositories: readonly string[];
}

const STAND_INS = {
  "actions/setup-node": {
    "action.yml": `name: stand-in
description: leaves the node that is here
inputs: { node-version: { description: ignored } }
runs: { using: composite, steps: [{ shell: bash, run: "node --version" }] }
`,
  },
  "github/codeql-action": {
    "upload-sarif/action.yml": `name: stand-in
description: keeps what would be uploaded
inputs: { sarif_file: { description: file }, category: { description: category } }
runs:
  using: composite
  steps:
    - shell: bash
      env: { FILE: "\${{ inputs.sarif_file }}", CATEGORY: "\${{ inputs.category }}" }
      run: |
        test -z "$UPLOAD_FAILS"
        cp "$FILE" "$RESULTS/uploaded.sarif"
        printf '%s' "$CATEGORY" > "$RESULTS/category.txt"
`,
  },
} as const;

/** Puts the action and stand-ins for what it uses where act finds them. */
export function stage(dir: string, act: string): Stage {
  const own = path.join(dir, "ape-lint");
  for (const part of [
    "action.yml",
    "package.json",
    "package-lock.json",
    "src",
    "rules",
    "data",
    "schemas",
  ])
    cpSync(path.join(ROOT, part), path.join(own, part), { recursive: true });
  symlinkSync(path.join(ROOT, "node_modules"), path.join(own, "node_modules"));
  const text = readFileSync(path.join(ROOT, "action.yml"), "utf8");
  const repositories = [`ape-lint/ape-lint@v1=${own}`];
  for (const [name, files] of Object.entries(STAND_INS)) {
    const commit = new RegExp(`uses: ${name}\\S*@(?<commit>[0-9a-f]{40})`, "u").exec(text)
      ?.groups?.["commit"];
    if (commit === undefined) throw new Error(`action.yml does not pin ${name}`);
    const folder = path.join(dir, name);
    for (const [file, content] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      writeFileSync(path.join(folder, file), content);
    }
    repositories.push(`${name}@${commit}=${folder}`);
  }
  return { dir, act, repositories };
}

/** What one workflow run did. */
export interface WorkflowRun {
  readonly log: string;
  readonly code: number | null;
  /** `steps.lint.outputs`, read back by the step behind it. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly outcome: string;
  readonly summary: string;
  readonly sarif: string | undefined;
  readonly category: string | undefined;
}

const CHECKOUT = "actions/checkout@08eba0b27e820071cde6df949e0beb9ba4906955";

function workflow(inputs: Readonly<Record<string, string>>): string {
  const lines = Object.entries(inputs).map(
    ([key, value]) => `          ${key}: ${JSON.stringify(value)}`,
  );
  return `on: [push, pull_request]
permissions: { contents: read }
jobs:
  lint:
    runs-on: ubuntu-latest
    steps:
      - uses: ${CHECKOUT}
      - uses: ape-lint/ape-lint@v1
        id: lint
        with:
${lines.join("\n")}
      - if: always()
        shell: bash
        env:
          OUTPUTS: \${{ toJSON(steps.lint.outputs) }}
          OUTCOME: \${{ steps.lint.outcome }}
        run: |
          printf '%s' "$OUTPUTS" > "$RESULTS/outputs.json"
          printf '%s' "$OUTCOME" > "$RESULTS/outcome.txt"
`;
}

/** Runs the action in a copy of a project, as GitHub would, and reads back what it left behind. */
export async function runAction(
  { dir, act, repositories }: Stage,
  job: {
    readonly name: string;
    readonly prepare: (folder: string) => void;
    readonly inputs: Readonly<Record<string, string>>;
    readonly event?: { readonly name: "push" | "pull_request"; readonly payload: object };
    readonly env?: Readonly<Record<string, string>>;
  },
): Promise<WorkflowRun> {
  const base = path.join(dir, "jobs", job.name);
  const project = path.join(base, "project");
  const results = path.join(base, "results");
  mkdirSync(path.join(project, ".github/workflows"), { recursive: true });
  mkdirSync(results);
  job.prepare(project);
  writeFileSync(path.join(project, ".github/workflows/lint.yml"), workflow(job.inputs));
  await commit(project);
  const event = path.join(base, "event.json");
  writeFileSync(event, JSON.stringify(job.event?.payload ?? {}));
  const env = { RESULTS: results, NODE_OPTIONS: typescript(), ...job.env };
  const ran = await run(
    act,
    [
      job.event?.name ?? "push",
      "-P",
      "ubuntu-latest=-self-hosted",
      "-e",
      event,
      "--action-cache-path",
      path.join(base, "cache"),
      ...Object.entries(env).flatMap(([key, value]) => ["--env", `${key}=${value}`]),
      ...repositories.flatMap((each) => ["--local-repository", each]),
    ],
    { cwd: project, env: process.env, timeoutMs: 300_000 },
  );
  const log = ran.stdout + ran.stderr;
  const read = (name: string): string | undefined => {
    const file = path.join(results, name);
    return existsSync(file) ? readFileSync(file, "utf8") : undefined;
  };
  return {
    log,
    code: ran.code,
    outputs: JSON.parse(read("outputs.json") ?? "{}") as Record<string, string>,
    outcome: read("outcome.txt") ?? "",
    summary: /Summary - (?<text>[^]*?)\n\[/u.exec(log)?.groups?.["text"] ?? "",
    sarif: read("uploaded.sarif"),
    category: read("category.txt"),
  };
}

async function commit(project: string): Promise<void> {
  const who = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"];
  for (const args of [
    ["init", "-q", "-b", "main"],
    ["add", "-A"],
    ["commit", "-q", "-m", "all"],
  ]) {
    const done = await run("git", [...who, ...args], { cwd: project, env: process.env });
    if (done.code !== 0) throw new Error(done.stderr);
  }
}

/** NOTE: the action runs on Node 24, which reads TypeScript; with an older one here a loader does that. */
function typescript(): string {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return "";
  return `--import file://${path.join(ROOT, "node_modules/tsx/dist/esm/index.mjs")}`;
}
