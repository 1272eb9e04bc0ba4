import { cp, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { run as analyse } from "../../src/api.ts";
import { runCommandLine } from "../../src/cli/run.ts";
import type { Context } from "../../src/model/site.ts";
import { makeShim } from "../oracle/effort/shim.ts";
import { featureFlags, type Subject, subjectId } from "../oracle/model.ts";
import { libcVersion, patchedCopy, prepare } from "../oracle/prepare.ts";
import { builderFor, buildWithStatics, type Errors } from "./compile.ts";
import type { StaticsProfile } from "./profiles.ts";

/** Places that do not compile against the statics, by the construct that they stand in. */
export type Places = ReadonlyMap<Context, number>;

/** What fixes did to one crate under one profile. */
export interface Figures {
  readonly subject: string;
  readonly profile: string;
  readonly before: Places;
  readonly after: Places;
  readonly errorsBefore: Errors;
  readonly errorsAfter: Errors;
}

const RULE = "static-needs-unsafe";

/** Fixes a copy of a crate and builds it against a libc of statics, before and after. */
export async function measure(
  subject: Subject,
  profile: StaticsProfile,
  cache: string,
): Promise<Figures> {
  const clean = await prepare(subject, cache);
  const own = join(cache, "fixes", `${subjectId(subject)}.${profile.title.replaceAll(" ", "-")}`);
  await rm(own, { recursive: true, force: true });
  await mkdir(own, { recursive: true });
  const shim = await makeShim(await libcVersion(subject, clean), profile.names, "x86_64", own);
  const copy = join(own, "copy");
  await patchedCopy(clean, copy, shim.dir);
  const builder = await builderFor(subject, copy, shim.dir, own);
  const errorsBefore = await buildWithStatics(builder, copy);
  // NOTE: the shim is no dependency that we should look at; what is fixed is the crate as it was published.
  const fixed = join(own, "fixed");
  await cp(clean, fixed, { recursive: true });
  const before = await placesIn(subject, fixed, profile);
  await fix(subject, fixed, profile);
  const after = await placesIn(subject, fixed, profile);
  const errorsAfter = await buildWithStatics(builder, fixed);
  return {
    subject: subjectId(subject),
    profile: profile.title,
    before,
    after,
    errorsBefore,
    errorsAfter,
  };
}

async function placesIn(
  { name, features, allFeatures, defaultFeatures }: Subject,
  dir: string,
  profile: StaticsProfile,
): Promise<Places> {
  const { results } = await analyse({
    input: { kind: "path", path: dir },
    profile: profile.option,
    cargo: { features, allFeatures, noDefaultFeatures: !defaultFeatures },
    target: "x86_64-unknown-linux-musl",
    cacheDir: false,
  });
  const places = new Map<Context, number>();
  for (const { rule, package: owner, construct, places: count = 1 } of results) {
    if (rule === RULE && owner.name === name)
      places.set(construct, (places.get(construct) ?? 0) + count);
  }
  return places;
}

async function fix(subject: Subject, dir: string, profile: StaticsProfile): Promise<void> {
  let told = "";
  const sink = { isTTY: false, columns: 100, write: (text: string): void => void (told += text) };
  const flags = [
    "--unsafe",
    "--all",
    "--allow-no-vcs",
    "--no-cache",
    "--no-config",
    "--target",
    "x86_64-unknown-linux-musl",
  ];
  const args = ["fix", dir, "--profile", profile.option, ...flags, ...featureFlags(subject)];
  const code = await runCommandLine(args, {
    stdout: sink,
    stderr: sink,
    env: process.env,
    cwd: dir,
    command: "ape-lint",
    readStdin: () => Promise.resolve(""),
    signal: new AbortController().signal,
  });
  if (code > 1) throw new Error(`ape-lint fix ${subjectId(subject)}: exit ${code}: ${told}`);
}
