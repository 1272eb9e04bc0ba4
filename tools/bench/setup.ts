import { spawnSync } from "node:child_process";
import { appendFileSync, cpSync, existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { loadWorkspace } from "../../src/cargo/index.ts";
import type { Workspace } from "../../src/model/workspace.ts";

export const AST_GREP = "0.51.1";
const ROOT = resolve(import.meta.dirname, "../..");
export const PROGRAM = join(ROOT, "dist/cli/main.js");
/** What `npm run build` makes last: without it the program reads all rules from their texts. */
export const CHECKED = join(ROOT, "dist/checked");
export const RULES = join(ROOT, "tools/bench/ast-grep.yml");

/** A published crate's sources with its lockfile, as a project of the user's own. */
export interface Project {
  readonly dir: string;
  readonly workspace: Workspace;
  /** Folders of all packages that are compiled. */
  readonly folders: readonly string[];
}

/** Copy a published crate to a folder of our own, so that it can be changed. */
export async function project(name: string, version: string, work: string): Promise<Project> {
  const workspace = await loadWorkspace({ kind: "crate", name, version });
  const dir = join(work, `${name}-${version}`);
  const root = workspace.packages.get(workspace.roots[0] ?? "")?.dir ?? workspace.root;
  rmSync(dir, { recursive: true, force: true });
  cpSync(root, dir, { recursive: true });
  const folders = [...workspace.packages.values()]
    .filter((pkg) => pkg.builds.length > 0)
    .map((pkg) => pkg.dir);
  return { dir, workspace, folders };
}

/** The peer's program from the registry, without npm in front of it. */
export function astGrep(work: string): string {
  const at = join(work, "peer");
  const scope = join(at, "node_modules/@ast-grep");
  if (!existsSync(scope)) {
    mkdirSync(at, { recursive: true });
    const words = ["install", "--ignore-scripts", "--prefix", at, `@ast-grep/cli@${AST_GREP}`];
    const ran = spawnSync("npm", words, { encoding: "utf8" });
    if (ran.status !== 0) throw new Error(`npm install: ${ran.stderr}`);
  }
  const platform = readdirSync(scope).find((name) => name.startsWith("cli-"));
  if (platform === undefined) throw new Error("no binary of ast-grep for this platform");
  return join(scope, platform, process.platform === "win32" ? "ast-grep.exe" : "ast-grep");
}

/** Change one source file as an editor would. */
export function touchSource(dir: string): void {
  appendFileSync(join(dir, "src/main.rs"), "// one more line\n");
}
