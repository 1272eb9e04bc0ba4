import { homedir } from "node:os";
import path from "node:path";

import type { Arch } from "../model/host.ts";
import type { CargoFlags, RunInput } from "../model/options.ts";
import type { CfgAtom } from "../model/workspace.ts";

/** What the user asked about: something on disk, or a published crate (no version: the newest). */
export type WorkspaceInput = Extract<RunInput, { readonly kind: "path" | "crate" }>;

/** The triple that cargo is asked about, per architecture; an architecture left out is not analysed. */
export type Triples = Readonly<Partial<Record<Arch, string>>>;

/** Cargo's own switches with cargo's meaning, and what this stage needs to know besides. */
export interface CargoOptions extends CargoFlags {
  /** `never`: read manifests, lockfile and sources ourselves even when cargo is there. */
  readonly cargo?: "auto" | "never";
  readonly triples?: Triples;
  /** Cfgs that the build sets beyond the target's own (a profile's `cosmo`). */
  readonly cfgs?: readonly CfgAtom[];
  /** `false`: no earlier answer of cargo's is used, and none is kept. */
  readonly keep?: false;
  /** Our own folder for checkouts and lockfiles that we had to make. */
  readonly cacheDir?: string;
  readonly signal?: AbortSignal;
  /** One short line about what is going on (`Downloaded libc v0.2.186`). */
  readonly onProgress?: (line: string) => void;
  /** The environment to look for cargo in and to run it with; the process's own when left out. */
  readonly env?: NodeJS.ProcessEnv;
}

/** What an APE is compiled as, for cargo's eyes. */
export const DEFAULT_TRIPLES: Triples = {
  x86_64: "x86_64-unknown-linux-musl",
  aarch64: "aarch64-unknown-linux-musl",
};

/** The triples of a run as pairs, in the order of the architectures. */
export function triplesOf(options: CargoOptions): readonly (readonly [Arch, string])[] {
  const triples = options.triples ?? DEFAULT_TRIPLES;
  const pairs: (readonly [Arch, string])[] = [];
  for (const arch of ["x86_64", "aarch64"] as const) {
    const triple = triples[arch];
    if (triple) pairs.push([arch, triple]);
  }
  return pairs;
}

/** The user's own cache folder by the platform's custom; not created here. */
export function defaultCacheDir(env: NodeJS.ProcessEnv = process.env): string {
  if (env["APE_LINT_CACHE"]) return path.resolve(env["APE_LINT_CACHE"]);
  if (env["XDG_CACHE_HOME"]) return path.join(env["XDG_CACHE_HOME"], "ape-lint");
  if (process.platform === "win32" && env["LOCALAPPDATA"])
    return path.join(env["LOCALAPPDATA"], "ape-lint", "cache");
  if (process.platform === "darwin") return path.join(homedir(), "Library", "Caches", "ape-lint");
  return path.join(homedir(), ".cache", "ape-lint");
}

/** The architecture of the machine that builds: what host builds are compiled for. */
export function hostArch(): Arch {
  return process.arch === "arm64" ? "aarch64" : "x86_64";
}
