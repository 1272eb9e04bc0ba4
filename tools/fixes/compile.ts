import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { run } from "../oracle/cargo.ts";
import { buildEnv } from "../oracle/build-env.ts";
import { type Invocation, option, recorded, recorder } from "../oracle/effort/record.ts";
import { compileStatics } from "../oracle/effort/replay.ts";
import { STATICS_CFG } from "../oracle/effort/shim.ts";
import { featureFlags, type Subject, tripleOf } from "../oracle/model.ts";

/** How one crate is built by rustc, code and all, once its libc has statics. */
export interface Builder {
  readonly call: Invocation;
  /** Metadata of the libc of statics. */
  readonly statics: string;
  readonly out: string;
}

/** Builds a copy with cargo as it is, writes down how, and makes the libc of statics for it. */
export async function builderFor(
  subject: Subject,
  dir: string,
  shim: string,
  cache: string,
): Promise<Builder> {
  const env = {
    ...(await buildEnv(cache)),
    ...(await recorder(join(cache, "calls"))),
    CARGO_TARGET_DIR: join(cache, "target"),
  };
  const args = [
    "build",
    "--lib",
    "--offline",
    "--target",
    tripleOf("x86_64"),
    ...featureFlags(subject),
  ];
  const ended = await run("cargo", args, { cwd: dir, env });
  if (ended.code !== 0) throw new Error(`${subject.name}: ${ended.stderr.slice(-800)}`);
  const calls = await recorded(join(cache, "calls"));
  const call = calls.find((each) => each.env["CARGO_PKG_NAME"] === subject.name && isLibrary(each));
  const libc = calls.find((each) => each.env["CARGO_MANIFEST_DIR"] === shim);
  if (call === undefined || libc === undefined)
    throw new Error(`${subject.name}: cargo did not build it and libc`);
  const out = join(cache, "out");
  return { call, statics: await compileStatics(libc, STATICS_CFG, out), out };
}

function isLibrary(call: Invocation): boolean {
  return option(call, "--crate-name") !== "build_script_build";
}

const Diagnostic = z.object({
  level: z.string(),
  message: z.string(),
  code: z.object({ code: z.string() }).nullable(),
});

/** What rustc says; no entry: the crate was built. */
export type Errors = ReadonlyMap<string, number>;

/** Builds the crate in a folder against the libc of statics: code is generated, not only checked. */
export async function buildWithStatics(
  { call, statics, out }: Builder,
  dir: string,
): Promise<Errors> {
  const artifacts = join(out, "artifacts");
  await mkdir(artifacts, { recursive: true });
  const args = call.args.map((arg, at) => {
    if (call.args[at - 1] === "--out-dir") return artifacts;
    return arg.replace(/=[^=]*\/liblibc-[0-9a-f]+\.(?:rmeta|rlib)$/, `=${statics}`);
  });
  const ended = await run("rustc", withoutIncremental(args), { cwd: dir, env: call.env });
  const errors = new Map<string, number>();
  for (const line of ended.stderr.split("\n").filter((each) => each.startsWith("{"))) {
    const parsed = Diagnostic.safeParse(JSON.parse(line));
    if (!parsed.success || parsed.data.level !== "error") continue;
    const code = parsed.data.code?.code;
    if (code !== undefined) errors.set(code, (errors.get(code) ?? 0) + 1);
    else if (!parsed.data.message.startsWith("aborting"))
      errors.set("other", (errors.get("other") ?? 0) + 1);
  }
  if (ended.code !== 0 && errors.size === 0) errors.set(`rustc ended with ${ended.code}`, 1);
  return errors;
}

function withoutIncremental(args: readonly string[]): string[] {
  const isIncremental = (arg: string | undefined): boolean =>
    arg?.startsWith("incremental=") === true;
  return args.filter(
    (arg, at) => !isIncremental(arg) && !(arg === "-C" && isIncremental(args[at + 1])),
  );
}
