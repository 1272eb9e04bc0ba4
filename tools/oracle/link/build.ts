import { appendFile, cp, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { must, run } from "../cargo.ts";
import { type Cosmo, cosmoEnv, cosmoFlags } from "../cosmo.ts";
import { liveCopy } from "../live/build.ts";
import { featureFlags, subjectId } from "../model.ts";
import { exists } from "../prepare.ts";
import { linkFailure, type Undefined, undefinedSymbols } from "./ld.ts";
import type { LinkSubject } from "./subjects.ts";

/** What the linker says about a subject. */
export interface Linked {
  readonly links: boolean;
  readonly undefined: readonly Undefined[];
  /** Why it does not get as far as the linker, when it does not. */
  readonly failure?: string | undefined;
}

/** A program that does nothing itself: all of the library is kept all the same. */
const NOTHING = "fn main() {}\n";

/** Builds a subject for the target with std and lets the real linker speak. */
export async function link(subject: LinkSubject, cosmo: Cosmo, cache: string): Promise<Linked> {
  const dir = await linkCopy(subject, cache);
  const whole = subject.as === "library";
  const flags = ["+nightly", "build", "--release", ...cosmoFlags(cosmo)];
  const target = join(cache, "link", "target", whole ? "whole" : "gc");
  const ended = await run(
    "cargo",
    [...flags, ...(whole ? ["--example", "nothing"] : ["--bins"]), ...featureFlags(subject)],
    { cwd: dir, env: { ...cosmoEnv(cosmo), ...environment(target, whole) } },
  );
  const all = undefinedSymbols(ended.stderr);
  const own = subject.name.replaceAll("-", "_");
  const wanted = whole ? all.filter(({ crate }) => crate === own) : all;
  const failure = ended.code === 0 || all.length > 0 ? undefined : linkFailure(ended.stderr);
  return { links: failure === undefined && wanted.length === 0, undefined: wanted, failure };
}

function environment(target: string, whole: boolean): Record<string, string> {
  return {
    CARGO_TARGET_DIR: target,
    CARGO_PROFILE_RELEASE_STRIP: "none",
    CARGO_PROFILE_RELEASE_LTO: "off",
    CARGO_PROFILE_RELEASE_CODEGEN_UNITS: "16",
    CARGO_PROFILE_RELEASE_OPT_LEVEL: whole ? "0" : "2",
    // NOTE: with shared generics compiler_builtins calls into core when all of it is kept, which rustc refuses
    ...(whole ? { RUSTFLAGS: "-C link-dead-code -Zshare-generics=no" } : {}),
  };
}

/** The workspace as it is built, and as we look at it. */
export async function linkCopy(subject: LinkSubject, cache: string): Promise<string> {
  const clean = await liveCopy({ ...subject, variant: undefined }, cache);
  const patches = Object.entries(subject.patch);
  if (patches.length === 0 && subject.as === "program") return clean;
  const dir = join(cache, "link", "work", subjectId(subject));
  if (await exists(join(dir, ".linkable"))) return dir;
  await rm(dir, { recursive: true, force: true });
  await cp(clean, dir, { recursive: true });
  if (patches.length > 0) {
    const programs = join(import.meta.dirname, "../../../fixtures/oracle-programs");
    const lines = patches.map(
      ([name, folder]) => `${name} = { path = "${join(programs, folder)}" }`,
    );
    await appendFile(join(dir, "Cargo.toml"), `\n[patch.crates-io]\n${lines.join("\n")}\n`);
    // NOTE: the lockfile holds the published version until it is told to look again
    await must("cargo", ["update", ...Object.keys(subject.patch)], { cwd: dir });
  }
  if (subject.as === "library") {
    await mkdir(join(dir, "examples"), { recursive: true });
    const name = subject.name.replaceAll("-", "_");
    await writeFile(join(dir, "examples/nothing.rs"), `use ${name} as _;\n${NOTHING}`);
    await appendFile(
      join(dir, "Cargo.toml"),
      `\n[[example]]\nname = "nothing"\npath = "examples/nothing.rs"\n`,
    );
  }
  await writeFile(join(dir, ".linkable"), "");
  return dir;
}
