import { createHash, randomUUID } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import path from "node:path";

import type { Workspace } from "../model/workspace.ts";
import type { Cargo } from "./command.ts";
import { fingerprint, reachable } from "./copy.ts";
import { cargoHome } from "./home.ts";
import { triplesOf } from "./options.ts";
import { FORM, isStored, type Stored } from "./stored.ts";
import type { Layout } from "./workspace-root.ts";
import { readRegularFile, readRegularText } from "../util/regular-file.ts";
import { parsedJson } from "../util/values.ts";

const KEPT = 200;
const SETTINGS = [
  "RUSTUP_TOOLCHAIN",
  "RUSTC",
  "RUSTFLAGS",
  "CARGO_ENCODED_RUSTFLAGS",
  "CARGO_HOME",
] as const;

export interface Question {
  readonly cargo: Cargo;
  readonly layout: Layout;
  readonly lockfile: string;
  readonly settings: readonly string[];
}

/** Where the answer to a question is kept: the same manifests, lockfile, switches and toolchain, the same file. */
export function answerFile({ cargo, layout, lockfile, settings }: Question): string {
  const { features, allFeatures, noDefaultFeatures, packages, workspace, exclude, locked, cfgs } =
    cargo.options;
  const hash = createHash("sha256");
  hash.update(
    JSON.stringify([
      FORM,
      layout.asked.file,
      triplesOf(cargo.options),
      settings,
      cargo.program,
      SETTINGS.map((name) => cargo.env[name]),
    ]),
  );
  hash.update(
    JSON.stringify([
      features,
      allFeatures,
      noDefaultFeatures,
      packages,
      workspace,
      exclude,
      locked,
      cfgs,
    ]),
  );
  hash.update(fingerprint(layout, reachable(layout)));
  for (const file of [lockfile, ...toolchainFiles(cargo.env)])
    hash.update(existsSync(file) ? readRegularFile(file) : "none");
  return path.join(cargo.cacheDir, "workspaces", `${hash.digest("hex").slice(0, 32)}.json`);
}

function toolchainFiles(env: NodeJS.ProcessEnv): readonly string[] {
  const home = cargoHome(env);
  const rustup = env["RUSTUP_HOME"] ?? path.join(homedir(), ".rustup");
  return [
    path.join(home, "config"),
    path.join(home, "config.toml"),
    path.join(rustup, "settings.toml"),
  ];
}

/** An earlier answer, if everything that it speaks of is still there. */
export function recall(file: string): Workspace | undefined {
  const stored = read(file);
  if (!isStored(stored)) return undefined;
  const { root, roots, members, packages, lockfile } = stored;
  if (!packages.every(({ dir }) => existsSync(path.join(dir, "Cargo.toml")))) return undefined;
  return {
    root,
    roots,
    members,
    ...(lockfile !== undefined && { lockfile }),
    packages: new Map(packages.map((one) => [one.id, one])),
    approximate: false,
    notAnalysed: [],
  };
}

function read(file: string): unknown {
  try {
    return parsedJson(readRegularText(file));
  } catch {
    return undefined; // there is none, or somebody else has just deleted it
  }
}

/** Keeps an exact answer; only ever a whole file. A folder that can't be written makes runs slower, and ends none. */
export function remember(file: string, workspace: Workspace): void {
  const { root, roots, members, lockfile } = workspace;
  const packages = [...workspace.packages.values()];
  const stored: Stored = {
    form: FORM,
    root,
    roots,
    members,
    packages,
    ...(lockfile !== undefined && { lockfile }),
  };
  const temporary = `${file}.${randomUUID()}`;
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(temporary, JSON.stringify(stored));
    renameSync(temporary, file);
    prune(path.dirname(file));
  } catch {
    rmSync(temporary, { force: true, recursive: true });
  }
}

function prune(dir: string): void {
  const files = readdirSync(dir).map((name) => path.join(dir, name));
  if (files.length <= KEPT) return;
  const age = new Map(
    files.map((file) => [file, statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0]),
  );
  files.sort((a, b) => (age.get(b) ?? 0) - (age.get(a) ?? 0));
  for (const file of files.slice(KEPT / 2)) rmSync(file, { force: true });
}
