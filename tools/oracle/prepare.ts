import { appendFile, cp, mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { must } from "./cargo.ts";
import { subjectId, type Subject } from "./model.ts";

const Metadata = z.object({
  packages: z.array(z.object({ name: z.string(), version: z.string(), manifest_path: z.string() })),
});

const METADATA = ["metadata", "--format-version", "1", "--all-features", "--offline"];

/** A package of the tree and the folder it was compiled from. */
export interface PackageDir {
  readonly name: string;
  readonly version: string;
  readonly dir: string;
}

/** True when something is at that path. */
export async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** The folders of all packages that a workspace may need, whatever features are on. */
export async function packageDirs(workspace: string): Promise<PackageDir[]> {
  const text = await must("cargo", METADATA, {
    cwd: workspace,
  });
  const { packages } = Metadata.parse(JSON.parse(text));
  return packages.map(({ name, version, manifest_path }) => ({
    name,
    version,
    dir: manifest_path.replace(/[/\\]Cargo\.toml$/, ""),
  }));
}

/** Lets cargo download one published package; answers where its files are. */
export async function fetchPackage(name: string, version: string, cache: string): Promise<string> {
  const dir = join(cache, "fetch", `${name}-${version}`);
  await mkdir(join(dir, "src"), { recursive: true });
  await writeFile(join(dir, "src/lib.rs"), "");
  await writeFile(
    join(dir, "Cargo.toml"),
    `[package]\nname = "fetch"\nversion = "0.0.0"\nedition = "2021"\n[workspace]\n[dependencies]\nwanted = { package = "${name}", version = "=${version}" }\n`,
  );
  await must("cargo", ["fetch"], { cwd: dir });
  const found = (await packageDirs(dir)).find((p) => p.name === name && p.version === version);
  if (found !== undefined) return found.dir;
  return programDir(dir, name, version);
}

/** A package without a library is no dependency for `cargo metadata`; its files lie beside the others. */
async function programDir(dir: string, name: string, version: string): Promise<string> {
  const home = process.env["CARGO_HOME"] ?? join(process.env["HOME"] ?? "", ".cargo");
  const registries = await must("ls", ["-1", join(home, "registry/src")], { cwd: dir });
  for (const registry of registries.split("\n")) {
    const candidate = join(home, "registry/src", registry, `${name}-${version}`);
    if (await exists(candidate)) return candidate;
  }
  throw new Error(
    `${name}@${version}: cargo fetched it, but its files are not in the registry's folder`,
  );
}

/**
 * Makes a workspace of a published package: its own files and lockfile (or a new one), all
 * dependencies downloaded. It is untouched otherwise: ape-lint reads this one.
 */
export async function prepare(subject: Subject, cache: string): Promise<string> {
  const dir = join(cache, "work", subjectId(subject));
  if (await exists(join(dir, ".prepared"))) return dir;
  const from = await fetchPackage(subject.name, subject.version, cache);
  await rm(dir, { recursive: true, force: true });
  await cp(from, dir, { recursive: true });
  const manifest = join(dir, "Cargo.toml");
  const text = await readFile(manifest, "utf8");
  if (!/^\[workspace\]/m.test(text)) await writeFile(manifest, `${text}\n[workspace]\n`);
  if (!(await exists(join(dir, "Cargo.lock"))))
    await must("cargo", ["generate-lockfile"], { cwd: dir });
  await must("cargo", ["fetch"], { cwd: dir });
  await writeFile(join(dir, ".prepared"), "");
  return dir;
}

/** The version of the libc crate (0.2) in the lockfile of a workspace. */
export async function libcVersion(subject: Subject, workspace: string): Promise<string> {
  const found = (await packageDirs(workspace)).find(
    (p) => p.name === "libc" && p.version.startsWith("0.2."),
  );
  if (found === undefined)
    throw new Error(`${subjectId(subject)}: libc 0.2 is not in its lockfile`);
  return found.version;
}

/** Copies a workspace and lets the copy use another libc crate. */
export async function patchedCopy(clean: string, dir: string, libc: string): Promise<void> {
  await rm(dir, { recursive: true, force: true });
  await cp(clean, dir, { recursive: true });
  await appendFile(join(dir, "Cargo.toml"), `\n[patch.crates-io]\nlibc = { path = "${libc}" }\n`);
}
