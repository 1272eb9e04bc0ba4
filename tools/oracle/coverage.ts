import { appendFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { Arch } from "../../src/model/host.ts";
import { must, run } from "./cargo.ts";
import { Message } from "./diagnostics.ts";
import { markLibc } from "./mark.ts";
import { tripleOf } from "./model.ts";
import { fetchPackage } from "./prepare.ts";

const Id = z.union([z.string(), z.number()]).transform(String);
const Use = z.object({
  name: z.string(),
  source: z.string(),
  id: Id.nullable(),
  is_glob: z.boolean(),
});
const Item = z.object({ name: z.string().nullable(), inner: z.record(z.string(), z.unknown()) });
const Crate = z.object({ root: Id, index: z.record(z.string(), Item) });
const Module = z.object({ items: z.array(Id) });

/** What the marks of one version of the libc crate cover, on one architecture. */
export interface Coverage {
  readonly names: number;
  /** Public names whose use gives no warning, each with the reason where there is one. */
  readonly unmarked: readonly { readonly name: string; readonly source: string }[];
}

/** Every name that `use libc::NAME` finds, through glob re-exports, with where it comes from. */
export function publicNames(rustdoc: unknown): Map<string, string> {
  const { root, index } = Crate.parse(rustdoc);
  const names = new Map<string, string>();
  const seen = new Set<string>();
  const walk = (id: string): void => {
    const module = index[id]?.inner["module"];
    if (module === undefined || seen.has(id)) return;
    seen.add(id);
    for (const item of Module.parse(module).items) visit(item);
  };
  const visit = (id: string): void => {
    const item = index[id];
    if (item === undefined) return;
    const use = item.inner["use"] === undefined ? undefined : Use.parse(item.inner["use"]);
    if (use?.is_glob === true) return walk(use.id ?? "");
    const name = use?.name ?? item.name;
    if (name !== null) names.set(name, use?.source ?? Object.keys(item.inner)[0] ?? "");
  };
  walk(root);
  return names;
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
  const env = { CARGO_TARGET_DIR: join(cache, "target") };
  const json = ["--", "-Zunstable-options", "--output-format", "json", "--cap-lints", "allow"];
  const doc = ["rustdoc", "-p", "libc", "--lib", "--offline", "--target", target, ...json];
  await must("cargo", doc, { cwd: fetched, env: { ...env, RUSTC_BOOTSTRAP: "1" } });
  const text = await readFile(join(env.CARGO_TARGET_DIR, target, "doc/libc.json"), "utf8");
  const names = publicNames(JSON.parse(text));
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
    if (!line.includes("use of deprecated")) return;
    const { message } = Message.parse(JSON.parse(line));
    if (/^use of deprecated crate/.test(message.message)) return;
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
