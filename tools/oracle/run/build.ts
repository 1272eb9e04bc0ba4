import { copyFile, mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { loadKnowledge } from "../../../src/kb/load.ts";
import { must, run } from "../cargo.ts";
import type { Arch } from "../../../src/model/host.ts";
import { type Cosmo, cosmoEnv, cosmoFlags, cosmoTarget } from "../cosmo.ts";
import { executables } from "../live/build.ts";

/** Where the tiny programs are: one file per API of std. */
export const PROGRAMS = join(import.meta.dirname, "../../../fixtures/run");

/** Calls whose struct the guard watches. */
const WATCHED = ["pthread_attr_init", "pthread_getattr_np", "stat", "lstat", "fstat", "fstatat"];

/** The names of the programs, in order. */
export async function programNames(): Promise<string[]> {
  const files = await readdir(PROGRAMS);
  return files.flatMap((file) => (file.endsWith(".rs") ? [file.slice(0, -3)] : [])).toSorted();
}

/** A folder with a program of its own for each file. */
async function workspace(cache: string): Promise<string> {
  const dir = join(cache, "run", "programs");
  const bins = join(dir, "src/bin");
  await rm(bins, { recursive: true, force: true });
  await mkdir(bins, { recursive: true });
  for (const name of await programNames())
    await copyFile(join(PROGRAMS, `${name}.rs`), join(bins, `${name}.rs`));
  await writeFile(
    join(dir, "Cargo.toml"),
    '[package]\nname = "programs"\nversion = "0.0.0"\nedition = "2024"\n[workspace]\n',
  );
  return dir;
}

/** Builds the programs for this machine, as any Rust program: what they print is what is right. */
export async function buildPlain(cache: string): Promise<string> {
  const dir = await workspace(cache);
  const target = join(cache, "run", "plain");
  await must("cargo", ["+nightly", "build", "--bins"], {
    cwd: dir,
    env: { CARGO_TARGET_DIR: target },
  });
  return join(target, "debug");
}

/** A way to build: which std, and what is added at the link. */
export interface RunBuild {
  readonly profile: string;
  /** The program that is cargo, and its first arguments. */
  readonly cargo: readonly string[];
  /** More of cargo's environment: the SDK's compiler. */
  readonly env: Readonly<Record<string, string>>;
  readonly rustflags: readonly string[];
  /** The SDK's objects, for the linker. */
  readonly objects: Readonly<Record<Arch, readonly string[]>>;
  /** Bytes of a struct in the SDK's libc crate, where that is another one. */
  readonly structs: Readonly<Record<string, number>>;
}

/** How cargo is called to build programs for the APE's half, with the guard in them. */
export interface CosmoBuild {
  readonly cargo: string;
  readonly flags: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly target: string;
}

/** Makes the guard and says how to build with it; std is built once for all that is built so. */
export async function cosmoBuild(
  cosmo: Cosmo,
  build: RunBuild,
  cache: string,
): Promise<CosmoBuild> {
  const target = join(cache, "run", `${build.profile}-${cosmo.arch}`);
  const guard = await buildGuard(cosmo, build, cache);
  const objects = [guard, ...build.objects[cosmo.arch]];
  const args = [...objects, ...WATCHED.map((name) => `-Wl,--wrap=${name}`)];
  const [cargo = "cargo", ...first] = build.cargo;
  const env = {
    ...cosmoEnv(cosmo),
    CARGO_TARGET_DIR: target,
    RUSTFLAGS: [...build.rustflags, ...args.map((arg) => `-C link-arg=${arg}`)].join(" "),
    ...build.env,
  };
  const flags = [
    ...first,
    "build",
    "--release",
    "--bins",
    "--keep-going",
    "--message-format=json-render-diagnostics",
    ...cosmoFlags(cosmo),
  ];
  return { cargo, flags, env, target };
}

/** Builds the programs for the APE's half: name to file; those that do not link are not there. */
export async function buildCosmo(
  cosmo: Cosmo,
  build: RunBuild,
  cache: string,
): Promise<ReadonlyMap<string, string>> {
  const dir = await workspace(cache);
  const { cargo, flags, env, target } = await cosmoBuild(cosmo, build, cache);
  const ended = await run(cargo, flags, { cwd: dir, env });
  await writeFile(join(target, "build.log"), ended.stderr);
  const built = new Map(executables(ended.stdout).map((file) => [basename(file, ".dbg"), file]));
  if (built.size === 0) throw new Error(`nothing was built: ${ended.stderr.slice(-300)}`);
  return built;
}

/** What an earlier build left. */
export async function builtBefore(
  cosmo: Cosmo,
  build: RunBuild,
  cache: string,
): Promise<ReadonlyMap<string, string>> {
  const target = join(cache, "run", `${build.profile}-${cosmo.arch}`);
  const out = join(target, cosmoTarget(cosmo.arch), "release");
  const files = (await readdir(out)).filter((file) => file.endsWith(".dbg"));
  return new Map(files.map((file) => [basename(file, ".dbg"), join(out, file)]));
}

async function buildGuard(cosmo: Cosmo, build: RunBuild, cache: string): Promise<string> {
  const { structs } = loadKnowledge();
  const size = (name: string, key: string): string[] => {
    const { libc: published, cosmo: real } = structs[name]?.[cosmo.arch] ?? {};
    const libc = build.structs[name] ?? published;
    if (typeof libc !== "number" || typeof real !== "number") throw new Error(`no size of ${name}`);
    return [`-D${key}=${libc}`, `-D${key}_MORE=${Math.max(0, real - libc)}`];
  };
  const object = join(cache, "run", `guard-${cosmo.arch}.o`);
  const cross = cosmo.arch === "aarch64";
  const gcc = cross ? "aarch64-linux-gnu-gcc" : "gcc";
  const flags = ["-c", "-O2", "-fno-pie", "-fno-stack-protector", "-ffreestanding", "-fno-builtin"];
  const own = cross ? ["-ffixed-x18", "-ffixed-x28"] : ["-mno-red-zone", "-fcf-protection=none"];
  const sizes = [...size("pthread_attr_t", "ATTR"), ...size("stat", "STAT")];
  const source = join(import.meta.dirname, "guard.c");
  await must(gcc, [...flags, ...own, ...sizes, source, "-o", object], { cwd: cache });
  return object;
}

/** Reads the symbols of a program: address to name, sorted. */
export async function symbolsOf(program: string, cosmo: Cosmo): Promise<[bigint, string][]> {
  const nm = cosmo.arch === "aarch64" ? "aarch64-linux-gnu-nm" : "nm";
  const text = await must(nm, ["-n", program], { cwd: join(program, "..") });
  return text.split("\n").flatMap((line): [bigint, string][] => {
    const [address, kind, name] = line.trim().split(/\s+/);
    if (address === undefined || kind === undefined || name === undefined) return [];
    return /^[tTwW]$/.test(kind) ? [[BigInt(`0x${address}`), name]] : [];
  });
}
