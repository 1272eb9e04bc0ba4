import { createHash, type Hash } from "node:crypto";
import { lstatSync, readdirSync, readFileSync, statSync, type Dirent } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DATA_DIR } from "../kb/data-dir.ts";
import type { Package } from "../model/workspace.ts";
import { VERSION } from "../util/version.ts";

/** Our own folder: `src`, or `dist` where it is installed. */
const OWN_CODE = fileURLToPath(new URL("../", import.meta.url));

/** What facts of packages depend on besides: cfgs that their build scripts are known to set. */
const BUILD_CFGS = join(DATA_DIR, "build-cfg");

let ownCode: string | undefined;

/** Changes whenever a file of this program does, or one of the data that facts depend on: what another version has kept says nothing to this one. */
export function engineId(): string {
  if (ownCode !== undefined) return ownCode;
  const hash = createHash("sha256");
  // NOTE: a package manager gives all files one time
  hash.update(VERSION);
  for (const folder of [OWN_CODE, BUILD_CFGS])
    for (const file of filesUnder(folder, () => true)) {
      const { size, mtimeMs } = statSync(join(folder, file));
      hash.update(`${file}|${size}|${mtimeMs}\n`);
    }
  return (ownCode = hash.digest("hex"));
}

/** A short name for everything that went into it. */
export function keyOf(parts: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 40);
}

/** Files whose content decides what is found in a package: those that `include!` brings in have names of many kinds, or none. */
const READ =
  /(?:\.(?:rs|toml|lock|json|ya?ml|s|asm|c|cc|cpp|cxx|h|hh|hpp|inc|in|inl|rsv|txt|expr|gen)|(?:^|\/)[^./]+)$/i;
/** A build script may make code of a file of any kind; of larger ones the time has to do. */
const MOST_DATA = 1 << 20;
/** Packages with more files are not kept. */
const MOST_FILES = 50_000;

/** A run asks for the same package's state several times, and has to get one answer. */
const states = new WeakMap<Package, { readonly state: string | undefined }>();

/**
 * What a package's files say, as one short text; undefined when it can't be told. Looked up once per run: each has
 * packages of its own.
 *
 * Packages from a registry or from git never change once cargo has unpacked them, and cargo itself does not look
 * again: their manifest's place and time stand for them. Of the user's own packages every file is read.
 */
export function packageState(pkg: Package): string | undefined {
  const known = states.get(pkg);
  if (known !== undefined) return known.state;
  const state = stateOf(pkg);
  states.set(pkg, { state });
  return state;
}

function stateOf(pkg: Package): string | undefined {
  try {
    if (pkg.source === "path") return contentOf(pkg);
    const { size, mtimeMs } = statSync(join(pkg.dir, "Cargo.toml"));
    return `${pkg.dir}|${pkg.checksum ?? ""}|${size}|${mtimeMs}`;
  } catch {
    return undefined;
  }
}

function contentOf({ dir, targets }: Package): string | undefined {
  const builds = targets.some(({ kind }) => kind === "build-script");
  const hash = createHash("sha256");
  const files = filesUnder(dir, isOwnFolder);
  if (files.length > MOST_FILES) return undefined;
  for (const file of files) addFile(hash, join(dir, file), { file, builds });
  return hash.digest("hex");
}

function addFile(
  hash: Hash,
  path: string,
  { file, builds }: { readonly file: string; readonly builds: boolean },
): void {
  hash.update(`${file}\n`);
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return;
  hash.update(`${stat.size}\n`);
  if (!stat.isFile()) return;
  if (READ.test(file) || (builds && stat.size <= MOST_DATA)) hash.update(readFileSync(path));
  else if (builds) hash.update(`${stat.mtimeMs}\n`);
}

/** Build output and version control hold nothing that is compiled. */
function isOwnFolder(name: string, dir: string): boolean {
  if (name.startsWith(".") && name !== ".cargo") return false;
  return name !== "node_modules" && !(name === "target" && isBuildOutput(dir));
}

function isBuildOutput(dir: string): boolean {
  return statSync(join(dir, "CACHEDIR.TAG"), { throwIfNoEntry: false }) !== undefined;
}

/** Paths of all files below a folder, sorted; links are named, never followed. */
function filesUnder(root: string, enter: (name: string, dir: string) => boolean): string[] {
  const files: string[] = [];
  const visit = (dir: string, prefix: string): void => {
    for (const entry of sorted(readdirSync(dir, { withFileTypes: true }))) {
      if (files.length > MOST_FILES) return;
      const path = join(dir, entry.name);
      if (!entry.isDirectory()) files.push(`${prefix}${entry.name}`);
      else if (enter(entry.name, path)) visit(path, `${prefix}${entry.name}/`);
    }
  };
  visit(root, "");
  return files;
}

function sorted(entries: Dirent[]): Dirent[] {
  return entries.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}
