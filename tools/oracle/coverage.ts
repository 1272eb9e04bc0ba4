import { appendFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Arch } from "../../src/model/host.ts";
import { run } from "./cargo.ts";
import { Message } from "./diagnostics.ts";
import { MARK, markLibc } from "./mark.ts";
import { tripleOf } from "./model.ts";
import { fetchPackage } from "./prepare.ts";
import { publicNames, rustdoc } from "./rustdoc.ts";

/** What the marks of one version of the libc crate cover, on one architecture. */
export interface Coverage {
  readonly names: number;
  /** Public names whose use gives no warning, each with the reason where there is one. */
  readonly unmarked: readonly { readonly name: string; readonly source: string }[];
}

/**
 * Proves that the mark reaches every public name: lets rustdoc list them (with `RUSTC_BOOTSTRAP`,
 * for its JSON is not stable), compiles a program that imports each on a line of its own against the
 * marked copy, and answers with the lines that gave no warning.
 */
export async function coverage(version: string, arch: Arch, cache: string): Promise<Coverage> {
  const target = tripleOf(arch);
  const from = await fetchPackage("libc", version, cache);
  const fetched = join(cache, "fetch", `libc-${version}`);
  const env = { CARGO_TARGET_DIR: join(cache, "coverage", "target") };
  const names = publicNames(await rustdoc(version, arch, cache));
  const dir = join(cache, "coverage", `${version}.${arch}`);
  const marked = join(cache, "libc", `libc-${version}`);
  await mkdir(join(dir, "src"), { recursive: true });
  await markLibc(from, marked);
  const uses = [...names.keys()].map((name, at) => `pub use libc::${name} as _n${at};\n`);
  await writeFile(join(dir, "src/lib.rs"), uses.join(""));
  const manifest = await readFile(join(fetched, "Cargo.toml"), "utf8");
  await writeFile(
    join(dir, "Cargo.toml"),
    manifest.replace('wanted = { package = "libc",', "libc = {"),
  );
  await appendFile(join(dir, "Cargo.toml"), `[patch.crates-io]\nlibc = { path = "${marked}" }\n`);
  const lines = await warnedLines(dir, target, env);
  const unmarked = [...names]
    .filter((_, at) => !lines.has(at + 1))
    .map(([name, source]) => ({ name, source }));
  return { names: names.size, unmarked };
}

async function warnedLines(
  dir: string,
  target: string,
  env: Readonly<Record<string, string>>,
): Promise<Set<number>> {
  const lines = new Set<number>();
  const onLine = (line: string): void => {
    if (!line.includes(MARK)) return;
    const { message } = Message.parse(JSON.parse(line));
    if (message.message.startsWith("use of deprecated crate")) return;
    for (const span of message.spans)
      if (span.file_name === "src/lib.rs") lines.add(span.line_start);
  };
  const args = ["check", "--offline", "--target", target, "--message-format=json"];
  const flags = { ...env, RUSTFLAGS: "--force-warn deprecated" };
  const ended = await run("cargo", args, { cwd: dir, env: flags, onLine });
  if (ended.code !== 0)
    throw new Error(
      `the program that uses every name does not compile: ${ended.stderr.slice(-500)}`,
    );
  return lines;
}
