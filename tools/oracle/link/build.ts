import { appendFile, cp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { must, run } from "../cargo.ts";
import { type Cosmo, cosmoEnv, cosmoFlags } from "../cosmo.ts";
import { liveCopy } from "../live/build.ts";
import { featureFlags, subjectId } from "../model.ts";
import { exists } from "../prepare.ts";
import { linkFailure, type Undefined, undefinedSymbols } from "./ld.ts";
import { wantedByLibrary } from "./rlib.ts";
import type { LinkSubject } from "./subjects.ts";

/** What the linker says about a subject. */
export interface Linked {
  readonly links: boolean;
  readonly undefined: readonly Undefined[];
  /** Why it does not get as far as the linker, when it does not. */
  readonly failure?: string | undefined;
}

/** Builds a subject for the target with std and lets the real linker speak. */
export async function link(subject: LinkSubject, cosmo: Cosmo, cache: string): Promise<Linked> {
  if (subject.as === "library") return await linkLibrary(subject, cosmo, cache);
  const ended = await build(subject, { cosmo, cache, what: "--bins" });
  const wanted = undefinedSymbols(ended.stderr);
  const failure = ended.code === 0 || wanted.length > 0 ? undefined : linkFailure(ended.stderr);
  return { links: failure === undefined && wanted.length === 0, undefined: wanted, failure };
}

/** Compiles all of a library's own code: what its objects want and nothing at hand has, no program can link with. */
async function linkLibrary(subject: LinkSubject, cosmo: Cosmo, cache: string): Promise<Linked> {
  const ended = await build(subject, { cosmo, cache, what: "--lib" });
  if (ended.code !== 0) return { links: false, undefined: [], failure: linkFailure(ended.stderr) };
  const crate = subject.name.replaceAll("-", "_");
  const symbols = await wantedByLibrary({ messages: ended.stdout, crate, cosmo });
  const wanted = symbols.map((symbol) => ({ symbol, crate }));
  return { links: wanted.length === 0, undefined: wanted };
}

async function build(
  subject: LinkSubject,
  how: { cosmo: Cosmo; cache: string; what: "--bins" | "--lib" },
): Promise<{ code: number; stdout: string; stderr: string }> {
  const { cosmo, cache, what } = how;
  const whole = what === "--lib";
  const flags = ["+nightly", "build", "--release", what, ...cosmoFlags(cosmo)];
  const target = join(cache, "link", "target", whole ? "whole" : "gc");
  const messages = whole ? ["--message-format=json-render-diagnostics"] : [];
  return await run("cargo", [...flags, ...messages, ...featureFlags(subject)], {
    cwd: await linkCopy(subject, cache),
    env: { ...cosmoEnv(cosmo), ...environment(target, whole) },
  });
}

function environment(target: string, whole: boolean): Record<string, string> {
  return {
    CARGO_TARGET_DIR: target,
    CARGO_PROFILE_RELEASE_STRIP: "none",
    CARGO_PROFILE_RELEASE_LTO: "off",
    CARGO_PROFILE_RELEASE_CODEGEN_UNITS: "16",
    CARGO_PROFILE_RELEASE_OPT_LEVEL: whole ? "0" : "2",
    ...(whole ? { RUSTC_WORKSPACE_WRAPPER: join(import.meta.dirname, "keep-all.sh") } : {}),
  };
}

/** The workspace as it is built, and as we look at it. */
export async function linkCopy(subject: LinkSubject, cache: string): Promise<string> {
  const clean = await liveCopy({ ...subject, variant: undefined }, cache);
  const patches = Object.entries(subject.patch);
  if (patches.length === 0) return clean;
  const dir = join(cache, "link", "work", subjectId(subject));
  if (await exists(join(dir, ".linkable"))) return dir;
  await rm(dir, { recursive: true, force: true });
  await cp(clean, dir, { recursive: true });
  const programs = join(import.meta.dirname, "../../../fixtures/oracle-programs");
  const lines = patches.map(([name, folder]) => `${name} = { path = "${join(programs, folder)}" }`);
  await appendFile(join(dir, "Cargo.toml"), `\n[patch.crates-io]\n${lines.join("\n")}\n`);
  // NOTE: the lockfile holds the published version until it is told to look again
  await must("cargo", ["update", ...Object.keys(subject.patch)], { cwd: dir });
  await writeFile(join(dir, ".linkable"), "");
  return dir;
}
