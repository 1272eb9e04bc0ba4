import { accessSync, constants, statSync } from "node:fs";
import path from "node:path";

import type { CfgAtom } from "../model/workspace.ts";
import { run, type RunResult } from "../util/process.ts";
import { ensureFolder } from "./home.ts";
import { defaultCacheDir, type CargoOptions } from "./options.ts";
import { cfgText } from "../util/cfg-text.ts";

/** A cargo that can be run, and the environment that makes running it safe. */
export interface Cargo {
  readonly program: string;
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly cacheDir: string;
  readonly options: CargoOptions;
}

export interface CargoCall {
  readonly args: readonly string[];
  /** Let cargo accept its unstable output forms on a stable toolchain. */
  readonly unstable?: boolean;
  /** Calls that may run at the same time name different scopes. */
  readonly scope?: string;
}

/** Variables by which a program of somebody's choosing would be run in place of rustc. */
const WRAPPERS = [
  "RUSTC_WRAPPER",
  "RUSTC_WORKSPACE_WRAPPER",
  "CARGO_BUILD_RUSTC_WRAPPER",
  "CARGO_BUILD_RUSTC_WORKSPACE_WRAPPER",
] as const;

/**
 * Looks for cargo and prepares to run it without listening to the project under analysis; undefined
 * when there is none.
 *
 * Cargo takes configuration, and rustup a toolchain, from the folder that they run in and all above.
 * NOTE: the root of the file system is the one folder that has nothing above it, so nothing of the
 * project and nothing of a shared temporary folder is read; `CARGO_HOME` stays the user's own.
 */
export function findCargo(options: CargoOptions): Cargo | undefined {
  if (options.cargo === "never") return undefined;
  const given = options.env ?? process.env;
  const program = findProgram("cargo", given);
  if (!program) return undefined;
  const cacheDir = path.resolve(options.cacheDir ?? defaultCacheDir(given));
  return {
    program,
    cwd: path.parse(process.cwd()).root,
    env: safeEnvironment(given, options.cfgs ?? []),
    cacheDir,
    options,
  };
}

/** Runs cargo; a failing cargo is a result. */
export function runCargo(cargo: Cargo, call: CargoCall): Promise<RunResult> {
  const { signal, onProgress, offline } = cargo.options;
  // NOTE: cargo keeps rustc's answers about the target there, which saves a tenth of a second per run.
  const targetDir = path.join(
    cargo.cacheDir,
    "cargo-target",
    (call.scope ?? "any").replace(/[^\w.-]/g, "_"),
  );
  ensureFolder(targetDir);
  const env = { ...cargo.env, CARGO_TARGET_DIR: targetDir, CARGO_BUILD_BUILD_DIR: targetDir };
  return run(cargo.program, offline ? [...call.args, "--offline"] : call.args, {
    cwd: cargo.cwd,
    env: call.unstable ? { ...env, RUSTC_BOOTSTRAP: "1" } : env,
    ...(signal && { signal }),
    ...(onProgress && { onStderrLine: (line: string) => tell(line, onProgress) }),
  });
}

function tell(line: string, onProgress: (line: string) => void): void {
  const text = line.trim();
  if (/^(Updating|Downloading|Downloaded|Locking|Adding|Fetching)\b/.test(text)) onProgress(text);
}

/** The first absolute folder of PATH that holds the program. */
function findProgram(name: string, env: NodeJS.ProcessEnv): string | undefined {
  const file = process.platform === "win32" ? `${name}.exe` : name;
  for (const dir of (env["PATH"] ?? env["Path"] ?? "").split(path.delimiter)) {
    // NOTE: a relative entry would be looked up in the project's folder.
    if (!path.isAbsolute(dir)) continue;
    const candidate = path.join(dir, file);
    if (isExecutable(candidate)) return candidate;
  }
  return undefined;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

function safeEnvironment(given: NodeJS.ProcessEnv, cfgs: readonly CfgAtom[]): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = {
    ...given,
    CARGO_TERM_COLOR: "never",
    CARGO_TERM_PROGRESS_WHEN: "never",
  };
  // NOTE: empty means none to cargo, and wins over every configuration file.
  for (const name of WRAPPERS) env[name] = "";
  // NOTE: by name the user chose a toolchain; a path may have come from the project's rust-toolchain
  // file, which rustup has already read when we were started as `cargo ape-lint`.
  if (/[\\/]/.test(env["RUSTUP_TOOLCHAIN"] ?? "")) delete env["RUSTUP_TOOLCHAIN"];
  if (cfgs.length > 0) {
    delete env["RUSTFLAGS"];
    env["CARGO_ENCODED_RUSTFLAGS"] = cfgs.flatMap((cfg) => ["--cfg", cfgText(cfg)]).join("\x1f");
  }
  return env;
}
