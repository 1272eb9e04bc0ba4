import type { Arch } from "../model/host.ts";
import type { CfgAtom } from "../model/workspace.ts";
import type { BuildScriptCfgs } from "./build-script.ts";
import { NO, UNKNOWN, YES, type CfgWorld } from "../syntax/cfg-eval.ts";

/** cfgs that rustc itself sets for `<arch>-unknown-linux-musl` (`rustc --print cfg`), by name; "" is the bare name. */
const SET: Readonly<Record<string, readonly string[]>> = {
  target_os: ["linux"],
  target_env: ["musl"],
  target_family: ["unix"],
  target_vendor: ["unknown"],
  target_abi: [""],
  target_endian: ["little"],
  target_pointer_width: ["64"],
  unix: [""],
};
const SET_BY_ARCH: Readonly<Record<Arch, Readonly<Record<string, readonly string[]>>>> = {
  x86_64: {
    target_arch: ["x86_64"],
    target_feature: ["crt-static", "fxsr", "sse", "sse2"],
    target_has_atomic: ["8", "16", "32", "64", "ptr"],
  },
  aarch64: {
    target_arch: ["aarch64"],
    target_feature: ["crt-static", "neon"],
    target_has_atomic: ["8", "16", "32", "64", "128", "ptr"],
  },
};
/** Names whose value depends on how the program will be built, not on what it is built for. */
const BY_BUILD = new Set(["debug_assertions", "overflow_checks", "panic", "relocation_model"]);
/** Names that are set by tools which never build the program. */
const NEVER_SET = new Set([
  "test",
  "doc",
  "doctest",
  "miri",
  "docsrs",
  "rust_analyzer",
  "windows",
  "proc_macro",
  "clippy",
  "kani",
]);

export interface WorldOptions {
  readonly arch: Arch;
  readonly features: ReadonlySet<string>;
  /** cfgs given by the user or the profile. */
  readonly cfgs: readonly CfgAtom[];
  /** What the package's build script may set. */
  readonly buildScript: BuildScriptCfgs;
}

/** The configuration that a package is compiled in for one architecture. */
export function cfgWorld(options: WorldOptions): CfgWorld {
  const { arch, features, cfgs, buildScript } = options;
  const given = new Set(cfgs.map((atom) => key(atom.name, atom.value)));
  const givenNames = new Set(cfgs.map((atom) => atom.name));
  const set = { ...SET, ...SET_BY_ARCH[arch] };
  const world: CfgWorld = (name, value) => {
    if (given.has(key(name, value))) return YES;
    if (name === "feature" && value !== undefined && features.has(value)) return YES;
    if (Object.hasOwn(set, name)) return set[name]!.includes(value ?? "") ? YES : NO;
    if (NEVER_SET.has(name)) return NO;
    if (BY_BUILD.has(name)) return givenNames.has(name) ? NO : UNKNOWN;
    return buildScript(name, value, world);
  };
  return world;
}

function key(name: string, value: string | undefined): string {
  return value === undefined ? name : `${name}=${value}`;
}
