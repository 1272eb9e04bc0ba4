import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Arch } from "../../../src/model/host.ts";
import { fetchPackage } from "../prepare.ts";
import { constantTypes, rustdoc } from "../rustdoc.ts";

/** The cfg that turns the shim's constants into statics. */
export const STATICS_CFG = "ape_statics";

const FEATURES = ["align", "const-extern-fn", "default", "extra_traits", "std", "use_std"];

/** A stand-in for the libc crate of one version. */
export interface Shim {
  readonly dir: string;
  /** Constants that it can turn into statics. */
  readonly statics: ReadonlySet<string>;
}

/**
 * Makes a crate that stands in for libc: it re-exports the real one (renamed `libc-real`), and under
 * `--cfg ape_statics` declares the given constants as extern statics, which shadow the re-exported
 * ones. libc itself keeps its constants, so it compiles whatever is on the list.
 */
export async function makeShim(
  version: string,
  names: ReadonlySet<string>,
  arch: Arch,
  cache: string,
): Promise<Shim> {
  const dir = join(cache, "shim", `${version}.${arch}`);
  const types = constantTypes(await rustdoc(version, arch, cache));
  const statics = [...names].filter((name) => types.has(name)).toSorted();
  await rm(dir, { recursive: true, force: true });
  await mkdir(join(dir, "src"), { recursive: true });
  await renamedLibc(await fetchPackage("libc", version, cache), join(dir, "real"));
  await writeFile(join(dir, "Cargo.toml"), manifest(version));
  const declare = (name: string): string =>
    `    pub static ${name}: ${rustType(types.get(name) ?? "")};`;
  const lines = [
    "#![no_std]",
    "#![allow(non_upper_case_globals, deprecated, unexpected_cfgs)]",
    "pub use real::*;",
    `#[cfg(${STATICS_CFG})]`,
    'unsafe extern "C" {',
    ...statics.map(declare),
    "}",
  ];
  await writeFile(join(dir, "src/lib.rs"), `${lines.join("\n")}\n`);
  return { dir, statics: new Set(statics) };
}

function rustType(type: string): string {
  return type.startsWith("path ") ? `real::${type.slice(5)}` : type;
}

function features(value: (name: string) => string): string {
  return `[features]\n${FEATURES.map((name) => `${name} = ${value(name)}`).join("\n")}\n`;
}

function manifest(version: string): string {
  const real =
    '[dependencies.real]\npackage = "libc-real"\npath = "real"\ndefault-features = false\n';
  const head = `[package]\nname = "libc"\nversion = "${version}"\nedition = "2021"\n[workspace]\n`;
  return `${head}${real}${features((name) => (name === "default" ? '["std"]' : `["real/${name}"]`))}`;
}

async function renamedLibc(from: string, to: string): Promise<void> {
  await cp(from, to, { recursive: true });
  const version = /^version = "(.*)"$/m.exec(await readFile(join(to, "Cargo.toml"), "utf8"))?.[1];
  const edition =
    /^edition = "(.*)"$/m.exec(await readFile(join(to, "Cargo.toml"), "utf8"))?.[1] ?? "2015";
  const head = `[package]\nname = "libc-real"\nversion = "${version}"\nedition = "${edition}"\nbuild = "build.rs"\n`;
  await writeFile(join(to, "Cargo.toml"), `${head}${features(() => "[]")}`);
  await rm(join(to, "Cargo.lock"), { force: true });
  const root = join(to, "src/lib.rs");
  await writeFile(
    root,
    (await readFile(root, "utf8")).replace(/^#!\[crate_name = "libc"\]\n/m, ""),
  );
}
