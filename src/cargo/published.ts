import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";

import { crateKey } from "../util/crate-key.ts";
import { InputError } from "../util/errors.ts";
import { runCargo, type Cargo } from "./command.ts";
import { cargoFailure } from "./failures.ts";
import { ensureFolder } from "./home.ts";
import { readLockfile, type LockedPackage } from "./lockfile.ts";
import { parseToml, table } from "./toml.ts";

export interface CrateInput {
  readonly name: string;
  readonly version?: string;
}

export interface Checkout {
  readonly manifest: string;
  readonly name: string;
  readonly version: string;
}

export interface Shelf {
  /** Undefined: only what is on this machine can be had. */
  readonly cargo?: Cargo;
  readonly cacheDir: string;
  readonly cargoHome: string;
}

/**
 * Puts a published crate into the cache and says where. Cargo downloads and verifies what is not on
 * this machine yet; no code of it is run. Without a version: the newest one.
 */
export async function checkoutCrate(shelf: Shelf, input: CrateInput): Promise<Checkout> {
  validate(input);
  const { name, version } = input;
  const known = version === undefined ? undefined : onThisMachine(shelf, { name, version });
  if (known) return known;
  const { cargo } = shelf;
  if (!cargo) {
    throw new InputError(
      `${label(input)} is not on this machine, and there is no cargo to fetch it`,
      { hint: "install Rust, or give the folder of a copy on disk" },
    );
  }
  const scratch = makeScratch(cargo, input);
  try {
    const locked = await resolve(cargo, scratch, input);
    return (
      onThisMachine(shelf, locked) ??
      keep(shelf, locked, await download(shelf, cargo, { scratch, locked }))
    );
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

type Exact = Required<CrateInput>;

function onThisMachine(shelf: Shelf, exact: Exact): Checkout | undefined {
  const kept = existing(shelf.cacheDir, exact);
  if (kept) return kept;
  const source = registrySource(shelf, exact);
  return source === undefined ? undefined : keep(shelf, exact, source);
}

/** NOTE: name and version go into a manifest and into file names. */
function validate({ name, version }: CrateInput): void {
  if (!/^[A-Za-z][A-Za-z0-9_-]{0,63}$/.test(name))
    throw new InputError(`\`${name}\` is not a name that a crate can have`, {
      hint: "NAME@VERSION, such as ripgrep@15.2.0",
    });
  if (
    version !== undefined &&
    !/^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/.test(version)
  ) {
    throw new InputError(`\`${version}\` is not a full version`, {
      hint: "three numbers, such as 15.2.0; leave it out for the newest",
    });
  }
}

function label({ name, version }: CrateInput): string {
  return version ? `${name}@${version}` : name;
}

function existing(cacheDir: string, { name, version }: Exact): Checkout | undefined {
  const manifest = path.join(cacheDir, "crates", `${name}-${version}`, "Cargo.toml");
  return existsSync(manifest) ? { manifest, name, version } : undefined;
}

/** A package of our own that depends on the crate, for cargo to look it up. */
function makeScratch(cargo: Cargo, { name, version }: CrateInput): string {
  const parent = ensureFolder(path.join(cargo.cacheDir, "scratch"));
  const dir = mkdtempSync(path.join(parent, "crate-"));
  mkdirSync(path.join(dir, "src"));
  writeFileSync(path.join(dir, "src", "lib.rs"), "");
  const dependency = `subject = { package = "${name}", version = "${version ? `=${version}` : "*"}", default-features = false }`;
  writeFileSync(
    path.join(dir, "Cargo.toml"),
    `[package]\nname = "ape-lint-scratch"\nversion = "0.0.0"\nedition = "2021"\n\n[dependencies]\n${dependency}\n\n[workspace]\n`,
  );
  return dir;
}

async function resolve(cargo: Cargo, scratch: string, input: CrateInput): Promise<LockedPackage> {
  const result = await runCargo(cargo, {
    args: ["generate-lockfile", "--manifest-path", path.join(scratch, "Cargo.toml")],
  });
  if (result.code !== 0) throw cargoFailure(result, { crate: label(input) });
  const found = readLockfile(path.join(scratch, "Cargo.lock"))?.find(
    (one) => one.name === input.name && (!input.version || sameVersion(one.version, input.version)),
  );
  if (!found) throw new InputError(`cargo did not say which version of ${input.name} it took`);
  return found;
}

function sameVersion(a: string, b: string): boolean {
  return a.replace(/\+.*/, "") === b.replace(/\+.*/, "");
}

interface Wanted {
  readonly scratch: string;
  readonly locked: Exact;
}

/** Has cargo put the crate's sources on disk; `cargo info` brings it alone, `cargo fetch` with all it needs. */
async function download(shelf: Shelf, cargo: Cargo, { scratch, locked }: Wanted): Promise<string> {
  const crate = crateKey(locked);
  await runCargo(cargo, { args: ["info", "--quiet", crate] });
  const alone = registrySource(shelf, locked);
  if (alone) return alone;
  const result = await runCargo(cargo, {
    args: ["fetch", "--locked", "--manifest-path", path.join(scratch, "Cargo.toml")],
  });
  if (result.code !== 0) throw cargoFailure(result, { crate });
  const fetched = registrySource(shelf, locked);
  if (fetched) return fetched;
  throw new InputError(`cargo has fetched ${crate}, but not into its registry folder`, {
    hint: "give the folder of a copy on disk",
  });
}

/** NOTE: only crates.io: another registry may hold another crate of the same name. */
function registrySource({ cargoHome }: Shelf, { name, version }: Exact): string | undefined {
  const sources = path.join(cargoHome, "registry", "src");
  if (!existsSync(sources)) return undefined;
  const dirs = readdirSync(sources)
    .filter(isCratesIo)
    .map((registry) => path.join(sources, registry, `${name}-${version}`));
  return dirs.find(
    (dir) => existsSync(path.join(dir, ".cargo-ok")) && existsSync(path.join(dir, "Cargo.toml")),
  );
}

function isCratesIo(registry: string): boolean {
  return /^(index\.crates\.io|github\.com)-/.test(registry);
}

/** Copies the crate into the cache, so that cargo may make a lockfile beside it; complete or not at all. */
function keep({ cacheDir }: Shelf, { name, version }: Exact, source: string): Checkout {
  const dir = path.join(cacheDir, "crates", `${name}-${version}`);
  ensureFolder(path.dirname(dir));
  const temporary = mkdtempSync(`${dir}.`);
  cpSync(source, temporary, {
    recursive: true,
    filter: (file) => !lstatSync(file).isSymbolicLink(),
  });
  standAlone(path.join(temporary, "Cargo.toml"));
  try {
    renameSync(temporary, dir);
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true });
    if (!existsSync(dir)) throw error;
  }
  return { manifest: path.join(dir, "Cargo.toml"), name, version };
}

/** NOTE: the cache may lie inside of somebody's workspace, which the crate is no member of. */
function standAlone(manifest: string): void {
  const text = readFileSync(manifest, "utf8");
  const raw = parseToml(text, manifest);
  if (raw["workspace"] === undefined && table(raw["package"])?.["workspace"] === undefined)
    writeFileSync(manifest, `${text}\n[workspace]\n`);
}
