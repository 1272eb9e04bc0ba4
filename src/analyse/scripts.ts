import { compiledOf } from "../extract/build-script-code.ts";
import type { Written } from "../extract/written-code.ts";
import type { CfgAtom, Package, PackageId, Workspace } from "../model/workspace.ts";
import type { CrateInput } from "../resolve/index.ts";
import { scriptStandsOn } from "../util/stands-on.ts";
import { scriptOf, type CrateTask } from "./crates.ts";
import { readAll, type PoolOptions } from "./pool.ts";

/** Read what the build script of a package writes into these crates of it; nothing when it has none. */
export function scriptTask(task: CrateTask, inputs: readonly CrateInput[]): CrateTask[] {
  const root = scriptOf(task.package);
  if (root === undefined) return [];
  const into = compiledOf(inputs.map(({ source }) => source));
  return [{ ...task, kind: "script", roots: [root], into }];
}

/** Read the library of a package that takes part in writing code. */
export function libraryTask(
  kind: "host" | "tool",
  pkg: Package,
  cfgs: readonly CfgAtom[],
): CrateTask {
  const target = pkg.targets.find(({ kind: one }) => one === "proc-macro" || one === "lib");
  const roots = target === undefined ? [] : [target.root];
  return { kind, package: pkg, roots, cfgs, tools: [] };
}

/**
 * What build scripts write. Their dependencies, which write besides, are read only for scripts that write nothing
 * telling themselves.
 *
 * @param known what was read already
 */
export async function readScripts(
  scripts: readonly CrateTask[],
  known: Iterable<readonly [PackageId, Written]>,
  on: { workspace: Workspace; cfgs: readonly CfgAtom[]; options: PoolOptions },
): Promise<Map<PackageId, Written>> {
  const { workspace, cfgs, options } = on;
  const written = new Map<PackageId, Written>(known);
  await readAll(scripts, options, ({ package: { id } }, outcome) => {
    if ("variables" in outcome) written.set(id, outcome);
  });
  const open = [...written].filter(([, { telling }]) => telling.length === 0);
  const toolsOf = new Map(open.map(([id]) => [id, scriptStandsOn(workspace, id)]));
  const all = new Set([...toolsOf.values()].flatMap((ids) => [...ids]));
  const tasks = [...all].map((id) => libraryTask("tool", workspace.packages.get(id)!, cfgs));
  const byTool = new Map<PackageId, Pick<Written, "telling" | "reads" | "macros">>();
  await readAll(tasks, options, ({ package: { id } }, outcome) => {
    const unknown = { telling: [`${id}, which can't be read`], reads: true, macros: [] };
    byTool.set(id, "reads" in outcome ? outcome : unknown);
  });
  for (const [id, tools] of toolsOf) {
    const script = written.get(id)!;
    const found = [...tools].flatMap((tool) => byTool.get(tool) ?? []);
    const reads = script.reads || found.some((tool) => tool.reads);
    const telling = found.flatMap((tool) => tool.telling);
    written.set(id, {
      ...script,
      reads,
      telling: [...telling, ...(reads ? script.data : [])],
      macros: [...script.macros, ...found.flatMap((tool) => tool.macros)],
    });
  }
  return written;
}
