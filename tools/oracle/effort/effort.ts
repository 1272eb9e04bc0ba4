import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Arch } from "../../../src/model/host.ts";
import { buildEnv } from "../build-env.ts";
import { run } from "../cargo.ts";
import { Places, type SpanJson, utf16Column } from "../diagnostics.ts";
import { featureFlags, type Place, subjectId, type Subject, tripleOf } from "../model.ts";
import { exists, libcVersion, packageDirs, patchedCopy, prepare } from "../prepare.ts";
import { type Invocation, option, recorded, recorder } from "./record.ts";
import { compileStatics, type Diagnostic, replay } from "./replay.ts";
import { makeShim, STATICS_CFG } from "./shim.ts";

/** A place that does not compile once a constant has become a static. */
export interface EffortRow extends Place {
  /** `name@version` of the crate that was compiled. */
  readonly package: string;
  /** rustc's error code. */
  readonly code: string;
  /** The constant; empty where rustc points at a whole item (`E0080` and its kin). */
  readonly symbol: string;
  readonly message: string;
  /** Calls of the macros that the place comes out of, innermost first. */
  readonly calls: readonly (Place & { readonly endLine: number })[];
  readonly text: string;
}

/** What a tree says to a libc of statics. */
export interface EffortRun {
  readonly subject: string;
  readonly target: string;
  readonly libc: string;
  /** Constants that were made statics. */
  readonly statics: readonly string[];
  /** Packages that were compiled against it: those that name libc as a dependency. */
  readonly packages: readonly string[];
  readonly rows: readonly EffortRow[];
}

async function calls(
  subject: Subject,
  shim: string,
  cache: string,
  target: string,
): Promise<{ calls: Invocation[]; dir: string }> {
  const dir = join(cache, "effort", subjectId(subject));
  const record = join(cache, "effort", `${subjectId(subject)}.calls`);
  await patchedCopy(await prepare(subject, cache), dir, shim);
  const scratch = join(cache, "effort", "target");
  await rm(join(scratch, target), { recursive: true, force: true });
  const env = {
    ...(await buildEnv(cache)),
    ...(await recorder(record)),
    CARGO_TARGET_DIR: scratch,
  };
  const args = [
    "check",
    "--offline",
    "--keep-going",
    "--target",
    target,
    "-j2",
    ...featureFlags(subject),
  ];
  const ended = await run("cargo", args, { cwd: dir, env });
  const made = await recorded(record);
  if (made.length === 0) throw new Error(`${subjectId(subject)}: ${ended.stderr.slice(-500)}`);
  return { calls: made, dir };
}

function toRow(
  error: Diagnostic,
  pkg: string,
  copy: string,
  places: Places,
): EffortRow | undefined {
  const span = error.spans.find((s) => s.is_primary);
  if (span === undefined || error.code === null) return undefined;
  const placeOf = (at: SpanJson): Place => {
    const inCopy = at.file_name.startsWith(`${copy}/`);
    return inCopy
      ? { ...places.of(at), owner: pkg, file: at.file_name.slice(copy.length + 1) }
      : places.of(at);
  };
  const line = span.text[0]?.text ?? "";
  const word = [...line].slice(span.column_start - 1, span.column_end - 1).join("");
  const named = /static `(?:[^`]*::)?(\w+)`/.exec(error.message)?.[1];
  const symbol = named ?? /(?:^|::)(\w+)$/.exec(word)?.[1] ?? "";
  const column =
    utf16Column(line, span.column_end) - (word.endsWith(symbol) ? symbol.length : word.length);
  const calls: (Place & { endLine: number })[] = [];
  for (let at = span.expansion; at !== null; at = at.span.expansion)
    calls.push({ ...placeOf(at.span), endLine: at.span.line_end });
  const code = error.code.code;
  return {
    package: pkg,
    ...placeOf(span),
    column,
    symbol,
    code,
    calls,
    message: error.message,
    text: line.trim(),
  };
}

function distinct(rows: readonly EffortRow[]): EffortRow[] {
  const key = (row: EffortRow): string =>
    JSON.stringify([row.package, row.code, row.file, row.line, row.column, row.symbol, row.calls]);
  return [...new Map(rows.map((row) => [key(row), row])).values()];
}

/** Where the result of the effort oracle is kept. */
export function effortPath(subject: Subject, arch: Arch, cache: string): string {
  return join(cache, `effort-${subjectId(subject)}.${arch}.json`);
}

/** Compiles every crate of a tree against a libc whose divergent constants are extern statics. */
export async function effort(
  subject: Subject,
  arch: Arch,
  names: ReadonlySet<string>,
  cache: string,
): Promise<EffortRun> {
  const path = effortPath(subject, arch, cache);
  if (await exists(path)) return JSON.parse(await readFile(path, "utf8")) as EffortRun;
  const target = tripleOf(arch);
  const libc = await libcVersion(subject, await prepare(subject, cache));
  const shim = await makeShim(libc, names, arch, cache);
  const made = await calls(subject, shim.dir, cache, target);
  const places = new Places(made.dir, await packageDirs(made.dir));
  const out = join(cache, "effort", `${subjectId(subject)}.out`);
  await mkdir(join(out, "artifacts"), { recursive: true });
  const own = made.calls.find((call) => call.env["CARGO_MANIFEST_DIR"] === shim.dir);
  if (own === undefined)
    throw new Error(`${subjectId(subject)}: nothing in this tree is compiled against libc`);
  const statics = await compileStatics(own, STATICS_CFG, out);
  const rows: EffortRow[] = [];
  const packages = new Set<string>();
  for (const call of made.calls.filter(
    (each) => each !== own && option(each, "--crate-name") !== "build_script_build",
  )) {
    const pkg = `${call.env["CARGO_PKG_NAME"]}@${call.env["CARGO_PKG_VERSION"]}`;
    const played = await replay(call, call.env["CARGO_MANIFEST_DIR"] ?? "", statics, out);
    if (played === undefined) continue;
    packages.add(pkg);
    for (const error of played.errors)
      rows.push(...[toRow(error, pkg, played.dir, places)].filter((row) => row !== undefined));
  }
  const result = {
    subject: subjectId(subject),
    target,
    libc,
    statics: [...shim.statics],
    packages: [...packages],
    rows: distinct(rows),
  };
  await writeFile(path, JSON.stringify(result, undefined, 1));
  return result;
}
