import { cp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { must } from "../cargo.ts";
import { featureFlags, subjectId, type Subject } from "../model.ts";
import { exists, prepare } from "../prepare.ts";

export const TRIPLE = "x86_64-unknown-linux-musl";

/** The ways in which a program is built: what either of them keeps is live. */
export const BUILDS = ["dev", "release"] as const;
export type Build = (typeof BUILDS)[number];

/** Programs that no registry has. */
const OWN = join(import.meta.dirname, "../../../fixtures/oracle-programs");

/**
 * Builds a subject's programs with line tables and without the project's own profiles, so that no dependency is
 * optimised in the unoptimised build; the results stay in the cache.
 *
 * @returns the linked programs
 */
export async function buildProgram(
  subject: Subject,
  build: Build,
  cache: string,
): Promise<readonly string[]> {
  const dir = await liveCopy(subject, cache);
  const target = join(cache, "live", "target", subjectId(subject));
  const flags = ["build", "--bins", "--target", TRIPLE, "--message-format=json", "--quiet"];
  const release = build === "release" ? ["--release"] : [];
  const stdout = await must("cargo", [...flags, ...release, ...featureFlags(subject)], {
    cwd: dir,
    env: { CARGO_TARGET_DIR: target, ...environment(build) },
  });
  return executables(stdout);
}

/** Cargo's profile of the build, given through the environment. */
function environment(build: Build): Record<string, string> {
  const profile = `CARGO_PROFILE_${build.toUpperCase()}`;
  return {
    [`${profile}_DEBUG`]: "1",
    [`${profile}_STRIP`]: "none",
    [`${profile}_OPT_LEVEL`]: build === "dev" ? "0" : "2",
    [`${profile}_LTO`]: "off",
    [`${profile}_CODEGEN_UNITS`]: "16",
    [`${profile}_INCREMENTAL`]: "false",
    [`${profile}_SPLIT_DEBUGINFO`]: "off",
    CARGO_BUILD_JOBS: "1",
    CC_x86_64_unknown_linux_musl: "musl-gcc",
  };
}

/** The subject's workspace as it is built. */
export async function liveCopy(subject: Subject, cache: string): Promise<string> {
  const own = join(OWN, subject.name);
  const clean = (await exists(own)) ? own : await prepare(subject, cache);
  const dir = join(cache, "live", "work", subjectId(subject));
  if (await exists(join(dir, ".copied"))) return dir;
  await rm(dir, { recursive: true, force: true });
  await cp(clean, dir, { recursive: true });
  for (const file of ["Cargo.toml", ".cargo/config.toml"]) {
    const path = join(dir, file);
    if (await exists(path)) await writeFile(path, withoutProfiles(await readFile(path, "utf8")));
  }
  await writeFile(join(dir, ".copied"), "");
  return dir;
}

/** A manifest without its `[profile.…]` tables. */
export function withoutProfiles(toml: string): string {
  let keep = true;
  const lines = toml.split("\n").filter((line) => {
    if (/^\s*\[/.test(line)) keep = !/^\s*\[\[?profile\b/.test(line);
    return keep;
  });
  return lines.join("\n");
}

/** The programs that cargo says it built, from its messages in JSON. */
export function executables(messages: string): string[] {
  const found: string[] = [];
  for (const line of messages.split("\n")) {
    if (!line.startsWith("{")) continue;
    const { executable } = JSON.parse(line) as { executable?: string | null };
    if (typeof executable === "string") found.push(executable);
  }
  return found;
}
