import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { LibcSurface } from "./libc-crate.ts";
import { copyCrate } from "./libc-crate.ts";
import { runOk } from "./run.ts";

/** What the linker looks for when Rust code names a function or static of the libc crate. */
export interface SymbolUse {
  readonly name: string;
  /** Symbols that it ends in: its own, or those that the crate's Rust code behind it calls. */
  readonly symbols: readonly string[];
  /** True: Rust code stands between the name and the symbols. */
  readonly wrapped: boolean;
}

/**
 * Compiles a crate that takes the address of every function and reads the compiler's intermediate code:
 * `link_name` and Rust wrappers (`SIGRTMAX()`) are resolved there as the linker will see them.
 */
export function readSymbols(options: {
  crate: string;
  surface: LibcSurface;
  work: string;
}): Map<string, SymbolUse> {
  const { surface, work } = options;
  const target = `${surface.arch}-unknown-linux-musl`;
  const dir = join(work, `symbols-${surface.arch}`);
  mkdirSync(join(dir, "src"), { recursive: true });
  const dependency = JSON.stringify(copyCrate(options.crate, work));
  writeFileSync(
    join(dir, "Cargo.toml"),
    `[package]\nname = "probe"\nversion = "0.0.0"\nedition = "2021"\n[dependencies]\nlibc = { path = ${dependency}, default-features = false }\n[workspace]\n`,
  );
  writeFileSync(join(dir, "src/lib.rs"), probe(surface));
  const env = {
    CARGO_TARGET_DIR: join(dir, "target"),
    RUSTFLAGS: "",
    CARGO_PROFILE_RELEASE_CODEGEN_UNITS: "1",
  };
  runOk(
    "cargo",
    ["rustc", "-q", "--offline", "--release", "--target", target, "--", "--emit=llvm-ir"],
    { cwd: dir, env },
  );
  const deps = join(dir, "target", target, "release", "deps");
  const file = readdirSync(deps).find(
    (entry) => entry.startsWith("probe") && entry.endsWith(".ll"),
  );
  const uses = readIr(readFileSync(join(deps, file ?? ""), "utf8"));
  rmSync(dir, { recursive: true, force: true });
  return uses;
}

function probe(surface: LibcSurface): string {
  const lines = [
    "#![no_std]",
    "#![allow(deprecated, unused_unsafe)]",
    "pub struct P(pub *const ());",
    "unsafe impl Sync for P {}",
  ];
  for (const [name, fn] of surface.functions) {
    const generic = fn.generics > 0 ? `::<${Array(fn.generics).fill("u8").join(", ")}>` : "";
    lines.push(
      `#[unsafe(no_mangle)] pub static kb_use_${name}: P = P(libc::${name}${generic} as *const ());`,
    );
  }
  for (const name of surface.statics.keys())
    lines.push(
      `#[unsafe(no_mangle)] pub static kb_use_${name}: P = P(unsafe { core::ptr::addr_of!(libc::${name}) } as *const ());`,
    );
  return lines.join("\n");
}

function readIr(text: string): Map<string, SymbolUse> {
  const bodies = new Map<string, string>();
  for (const match of text.matchAll(/^define [^\n]*?@"?([\w$.]+)"?\(([^\n]*)\{\n([\s\S]*?)^\}/gm))
    bodies.set(match[1] ?? "", match[3] ?? "");
  const uses = new Map<string, SymbolUse>();
  for (const match of text.matchAll(/^@kb_use_(\w+) = [^\n]*?ptr @"?([\w$.]+)"?/gm)) {
    const [, name = "", symbol = ""] = match;
    const wrapped = bodies.has(symbol);
    uses.set(name, {
      name,
      wrapped,
      symbols: wrapped ? [...behind(symbol, bodies)].sort() : [symbol],
    });
  }
  return uses;
}

function behind(
  symbol: string,
  bodies: ReadonlyMap<string, string>,
  seen = new Set<string>(),
): Set<string> {
  const found = new Set<string>();
  if (seen.has(symbol)) return found;
  seen.add(symbol);
  for (const match of (bodies.get(symbol) ?? "").matchAll(/@"?([\w$.]+)"?/g)) {
    const name = match[1] ?? "";
    if (name.startsWith("llvm.") || name.startsWith("alloc_")) continue;
    if (bodies.has(name)) for (const deeper of behind(name, bodies, seen)) found.add(deeper);
    else if (!/^_ZN|^_R/.test(name)) found.add(name);
  }
  return found;
}
