import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { Arch } from "../../src/model/host.ts";
import { must } from "./cargo.ts";
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

/**
 * Lets rustdoc describe one version of the libc crate on one architecture. Its JSON is not a stable
 * output: `RUSTC_BOOTSTRAP` lets the stable compiler write it.
 */
export async function rustdoc(version: string, arch: Arch, cache: string): Promise<unknown> {
  await fetchPackage("libc", version, cache);
  const cwd = join(cache, "fetch", `libc-${version}`);
  const env = { CARGO_TARGET_DIR: join(cache, "coverage", "target"), RUSTC_BOOTSTRAP: "1" };
  const target = tripleOf(arch);
  const json = ["--", "-Zunstable-options", "--output-format", "json", "--cap-lints", "allow"];
  await must(
    "cargo",
    ["rustdoc", "-p", "libc", "--lib", "--offline", "--target", target, ...json],
    { cwd, env },
  );
  return JSON.parse(await readFile(join(env.CARGO_TARGET_DIR, target, "doc/libc.json"), "utf8"));
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

const Constant = z.object({
  type: z.union([
    z.object({ primitive: z.string() }).transform((type) => type.primitive),
    z
      .object({ resolved_path: z.object({ path: z.string() }) })
      .transform((type) => `path ${type.resolved_path.path}`),
  ]),
});

/** Types of the public constants: a primitive's name, or `path NAME`. Pointers and arrays are left out. */
export function constantTypes(json: unknown): Map<string, string> {
  const types = new Map<string, string>();
  for (const { name, inner } of Object.values(Crate.parse(json).index)) {
    const constant = Constant.safeParse(inner["constant"]);
    if (name !== null && constant.success)
      types.set(name, constant.data.type.replace(/.*::/, "path "));
  }
  return types;
}
