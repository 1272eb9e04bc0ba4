import { existsSync } from "node:fs";
import path from "node:path";

import type { Workspace } from "../model/workspace.ts";
import { InputError } from "../util/errors.ts";
import type { Cargo } from "./command.ts";
import { sourceArguments, type ProjectConfig } from "./config.ts";
import { copyManifests } from "./copy.ts";
import { LockfileOutdated } from "./failures.ts";
import { workspaceOf } from "./graph-workspace.ts";
import { askUnitGraph, type UnitGraph } from "./unit-graph.ts";
import { readLayout, type Layout } from "./workspace-root.ts";

export interface Project {
  readonly manifest: string;
  /** What the project's own configuration says; none for a published crate. */
  readonly config?: ProjectConfig;
  /** In our own cache: cargo may make or change Cargo.lock there. */
  readonly ours: boolean;
}

/** Lets cargo say what would be compiled. */
export async function loadWithCargo(cargo: Cargo, project: Project): Promise<Workspace> {
  const settings = project.config ? sourceArguments(project.config) : [];
  // NOTE: cargo is asked before we read the manifests, to have both going at once.
  const pending = askInPlace(cargo, project, settings);
  pending.catch(() => undefined);
  const layout = await readLayout(project.manifest);
  const own = path.join(layout.root.dir, "Cargo.lock");
  const lockfile = existsSync(own) ? own : undefined;
  const answer = (await pending) ?? (await askInCopy(cargo, layout, settings));
  const workspace = workspaceOf({
    graph: answer.graph,
    layout,
    lockfile: answer.lockfile ?? own,
    options: cargo.options,
  });
  return { ...workspace, ...(lockfile && { lockfile }) };
}

interface Answer {
  readonly graph: UnitGraph;
  /** Where the lockfile is that cargo made, when it is not the project's. */
  readonly lockfile?: string;
}

/** Undefined when cargo would have to write into a folder that is not ours. */
async function askInPlace(
  cargo: Cargo,
  project: Project,
  settings: readonly string[],
): Promise<Answer | undefined> {
  const { manifest } = project;
  try {
    return { graph: await askUnitGraph(cargo, { manifest, locked: true, settings }) };
  } catch (error) {
    if (!(error instanceof LockfileOutdated)) throw error;
    if (cargo.options.locked) {
      throw new InputError("Cargo.lock is missing or does not fit Cargo.toml", {
        place: manifest,
        hint: "run without --locked",
        cause: error,
      });
    }
    return project.ours
      ? { graph: await askUnitGraph(cargo, { manifest, locked: false, settings }) }
      : undefined;
  }
}

async function askInCopy(
  cargo: Cargo,
  layout: Layout,
  settings: readonly string[],
): Promise<Answer> {
  const copy = copyManifests(layout, path.join(cargo.cacheDir, "manifests"));
  const graph = await askUnitGraph(cargo, {
    manifest: copy.file(layout.asked.file),
    locked: false,
    settings,
  });
  const units = graph.units.map((unit) => ({
    ...unit,
    target: { ...unit.target, src_path: copy.original(unit.target.src_path) },
  }));
  return {
    graph: { ...graph, units },
    lockfile: copy.file(path.join(layout.root.dir, "Cargo.lock")),
  };
}
