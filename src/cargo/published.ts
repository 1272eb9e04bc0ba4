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
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";

import { InputError } from "../util/errors.ts";
import { runCargo, type Cargo } from "./command.ts";
import { cargoFailure } from "./failures.ts";
import { cargoHome } from "./home.ts";
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

/**
 * Brings a published crate into the cache and says where. Cargo downloads and verifies it; no code of
 * it is run. Without a version: the newest one.
 */
export async function checkoutCrate(
  cargo: Cargo | undefined,
  input: CrateInput,
): Promise<Checkout> {
  validate(input);
  const known = cargo && input.version && existing(cargo.cacheDir, input.name, input.version);
  if (known) return known;
  if (!cargo) {
    throw new InputError(`${label(input)} can only be fetched by cargo, and there is none`, {
      hint: "install Rust, or give the folder of a copy on disk",
    });
  }
  const scratch = makeScratch(cargo, input);
  try {
    const locked = await resolve(cargo, scratch, input);
    return (
      existing(cargo.cacheDir, locked.name, locked.version) ??
      keep(cargo, locked, await download(cargo, scratch, locked))
    );
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
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

function existing(cacheDir: string, name: string, version: string): Checkout | undefined {
  const manifest = path.join(cacheDir, "crates", `${name}-${version}`, "Cargo.toml");
  return existsSync(manifest) ? { manifest, name, version } : undefined;
}

/** A package of our own that depends on the crate, for cargo to look it up. */
function makeScratch(cargo: Cargo, { name, version }: CrateInput): string {
  const parent = path.join(cargo.cacheDir, "scratch");
  mkdirSync(parent, { recursive: true });
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

/** Has cargo put the crate's sources on disk; `cargo info` brings it alone, `cargo fetch` with all it needs. */
async function download(
  cargo: Cargo,
  scratch: string,
  { name, version }: LockedPackage,
): Promise<string> {
  const present = registrySource(cargo, name, version);
  if (present) return present;
  await runCargo(cargo, { args: ["info", "--quiet", `${name}@${version}`] });
  const alone = registrySource(cargo, name, version);
  if (alone) return alone;
  const result = await runCargo(cargo, {
    args: ["fetch", "--locked", "--manifest-path", path.join(scratch, "Cargo.toml")],
  });
  if (result.code !== 0) throw cargoFailure(result, { crate: `${name}@${version}` });
  const fetched = registrySource(cargo, name, version);
  if (fetched) return fetched;
  throw new InputError(`cargo has fetched ${name}@${version}, but not into its registry folder`, {
    hint: "give the folder of a copy on disk",
  });
}

function registrySource(cargo: Cargo, name: string, version: string): string | undefined {
  const sources = path.join(cargoHome(cargo.env), "registry", "src");
  if (!existsSync(sources)) return undefined;
  // NOTE: crates.io first: another registry may hold another crate of the same name.
  const registries = readdirSync(sources).sort(
    (a, b) => Number(isCratesIo(b)) - Number(isCratesIo(a)),
  );
  const dirs = registries.map((registry) => path.join(sources, registry, `${name}-${version}`));
  return dirs.find(
    (dir) =>
      existsSync(path.join(dir, ".cargo-ok")) &&
      statSync(path.join(dir, "Cargo.toml"), { throwIfNoEntry: false }),
  );
}

function isCratesIo(registry: string): boolean {
  return /^(index\.crates\.io|github\.com)-/.test(registry);
}

/** Copies the crate into the cache, so that cargo may make a lockfile beside it; complete or not at all. */
function keep(cargo: Cargo, { name, version }: LockedPackage, source: string): Checkout {
  const dir = path.join(cargo.cacheDir, "crates", `${name}-${version}`);
  mkdirSync(path.dirname(dir), { recursive: true });
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
