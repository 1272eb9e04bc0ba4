import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, join, relative, resolve } from "node:path";
import { z } from "zod";
import { run } from "../cargo.ts";
import { SpanSchema } from "../diagnostics.ts";
import type { Invocation } from "./record.ts";
import { option } from "./record.ts";

const Diagnostic = z.object({
  message: z.string(),
  level: z.string(),
  code: z.object({ code: z.string() }).nullable(),
  spans: z.array(SpanSchema),
});
export type Diagnostic = z.infer<typeof Diagnostic>;

/** How a crate compiles against the libc of statics. */
export interface Replay {
  readonly errors: readonly Diagnostic[];
  /** Folder that the paths of the errors are below: the copy in which patterns were blanked. */
  readonly dir: string;
  /** Passes that were needed; each blanks the patterns that rustc stopped at. */
  readonly passes: number;
}

const MAX_PASSES = 6;

/** Edits that keep every column: a pattern that names a static becomes `_` and blanks. */
async function blankPatterns(errors: readonly Diagnostic[], dir: string): Promise<number> {
  let edits = 0;
  for (const { code, spans } of errors) {
    const span = spans.find((s) => s.is_primary);
    if (code?.code !== "E0532" || span === undefined || !span.file_name.startsWith(dir)) continue;
    const bytes = await readFile(span.file_name);
    if (bytes[span.byte_start] === 0x5f && bytes[span.byte_start + 1] === 0x20) continue;
    bytes.fill(" ", span.byte_start, span.byte_end);
    bytes[span.byte_start] = 0x5f;
    await writeFile(span.file_name, bytes);
    edits += 1;
  }
  return edits;
}

function withStatics(args: readonly string[], statics: string): string[] {
  return args.map((arg) => arg.replace(/=[^=]*\/liblibc-[0-9a-f]+\.(rmeta|rlib)$/, `=${statics}`));
}

/** Sets the value behind an option. */
function set(args: readonly string[], name: string, value: string): string[] {
  return args.map((arg, at) => (args[at - 1] === name ? value : arg));
}

/** Compiles the shim once more, with its statics; answers with the path of its metadata. */
export async function compileStatics(call: Invocation, cfg: string, out: string): Promise<string> {
  await mkdir(out, { recursive: true });
  const args = set(call.args, "--out-dir", out).filter(
    (arg) => !arg.startsWith("--error-format") && !arg.startsWith("--json"),
  );
  const more = ["--cfg", cfg, "-C", "metadata=statics", "-C", "extra-filename=-statics"];
  const ended = await run("rustc", [...withoutMetadata(args), ...more], {
    cwd: call.cwd,
    env: call.env,
  });
  if (ended.code !== 0)
    throw new Error(`the libc of statics does not compile: ${ended.stderr.slice(-800)}`);
  return join(out, "liblibc-statics.rmeta");
}

function withoutMetadata(args: readonly string[]): string[] {
  const drop = (arg: string | undefined): boolean =>
    /^(metadata|extra-filename|incremental)=/.test(arg ?? "");
  return args.filter(
    (arg, at) => !(arg === "-C" && drop(args[at + 1])) && !(args[at - 1] === "-C" && drop(arg)),
  );
}

async function compile(
  call: Invocation,
  args: readonly string[],
  cwd: string,
): Promise<Diagnostic[]> {
  const ended = await run("rustc", args, { cwd, env: call.env });
  const lines = ended.stderr
    .split("\n")
    .filter((line) => line.startsWith("{") && line.includes('"message"'));
  const parsed = lines.map((line) => Diagnostic.safeParse(JSON.parse(line)));
  return parsed.flatMap((each) => (each.success && each.data.level === "error" ? [each.data] : []));
}

/**
 * Compiles one crate against the libc of statics, in a copy of its folder, as often as patterns stop
 * rustc early, and collects all errors. Undefined when the crate does not name libc as a dependency.
 */
export async function replay(
  call: Invocation,
  dir: string,
  statics: string,
  out: string,
): Promise<Replay | undefined> {
  if (!call.args.some((arg) => /\/liblibc-[0-9a-f]+\.rmeta$/.test(arg))) return undefined;
  const copy = join(out, `${basename(dir)}.${option(call, "--crate-name")}`);
  await rm(copy, { recursive: true, force: true });
  await cp(dir, copy, { recursive: true });
  const inCopy = (arg: string): string =>
    arg.startsWith(`${dir}/`) ? join(copy, relative(dir, arg)) : arg;
  const args = call.args.map((arg) => (arg.endsWith(".rs") ? inCopy(resolve(call.cwd, arg)) : arg));
  const base = set(
    withStatics(withoutMetadata(args), statics),
    "--out-dir",
    join(out, "artifacts"),
  );
  const errors = new Map<string, Diagnostic>();
  for (let pass = 1; ; pass += 1) {
    const found = await compile(call, base, copy);
    for (const error of found) errors.set(keyOf(error), error);
    const edits = await blankPatterns(found, copy);
    if (edits === 0 || pass === MAX_PASSES)
      return { errors: [...errors.values()], dir: copy, passes: pass };
  }
}

/** One place of a macro's text is another one at each of its calls. */
function keyOf(error: Diagnostic): string {
  const key: unknown[] = [error.code?.code, error.message];
  let span = error.spans.find((s) => s.is_primary);
  for (; span !== undefined; span = span.expansion?.span) key.push(span.file_name, span.byte_start);
  return key.join("|");
}
