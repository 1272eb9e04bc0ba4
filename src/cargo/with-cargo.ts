import { existsSync } from "node:fs";
import path from "node:path";

import type { Workspace } from "../model/workspace.ts";
import { InputError } from "../util/errors.ts";
import { answerFile, recall, remember } from "./answers.ts";
import type { Cargo } from "./command.ts";
import { sourceArguments, type ProjectConfig } from "./config.ts";
import { copyManifests } from "./copy.ts";
import { LockfileOutdated } from "./failures.ts";
import { workspaceOf, type ArchGraph } from "./graph-workspace.ts";
import { askUnitGraph, type Unit, type UnitGraphCall } from "./unit-graph.ts";
import { triplesOf } from "./options.ts";
import { readLayout, type Layout } from "./workspace-root.ts";

export interface Project {
  readonly manifest: string;
  /** What the project's own configuration says; none for a published crate. */
  readonly config?: ProjectConfig;
  /** In our own cache: cargo may make or change Cargo.lock there. */
  readonly ours: boolean;
}

/** Lets cargo say what would be compiled, or repeats what it has said about the very same files. */
export async function loadWithCargo(cargo: Cargo, project: Project): Promise<Workspace> {
  const settings = project.config ? sourceArguments(project.config) : [];
  const layout = await readLayout(project.manifest);
  const lockfile = path.join(layout.root.dir, "Cargo.lock");
  const file = answerFile({ cargo, layout, lockfile, settings });
  const isKept = cargo.options.keep !== false;
  const known = isKept ? recall(file) : undefined;
  if (known) return known;
  const workspace = await ask(cargo, project, { settings, layout, lockfile });
  if (isKept) remember(file, workspace);
  return workspace;
}

interface Subject {
  readonly settings: readonly string[];
  readonly layout: Layout;
  readonly lockfile: string;
}

async function ask(
  cargo: Cargo,
  project: Project,
  { settings, layout, lockfile }: Subject,
): Promise<Workspace> {
  const present = existsSync(lockfile);
  if (!present && cargo.options.locked) throw staleLockfile(project.manifest);
  const answer =
    (await askInPlace(cargo, project, { settings, present })) ??
    (await askInCopy(cargo, layout, settings));
  const workspace = workspaceOf({
    graphs: answer.graphs,
    layout,
    lockfile: answer.lockfile ?? lockfile,
  });
  return { ...workspace, ...(present && { lockfile }) };
}

interface Answer {
  readonly graphs: readonly ArchGraph[];
  /** Where the lockfile is that cargo made, when it is not the project's. */
  readonly lockfile?: string;
}

interface Lock {
  readonly settings: readonly string[];
  /** There is a lockfile. */
  readonly present: boolean;
}

/** Undefined when cargo would have to write into a folder that is not ours. */
async function askInPlace(
  cargo: Cargo,
  { manifest, ours }: Project,
  { settings, present }: Lock,
): Promise<Answer | undefined> {
  const graphs = present ? await askLocked(cargo, { manifest, settings }) : undefined;
  if (graphs) return { graphs };
  if (cargo.options.locked) throw staleLockfile(manifest);
  return ours ? { graphs: await lockAndAsk(cargo, { manifest, settings }) } : undefined;
}

function staleLockfile(manifest: string): InputError {
  return new InputError("Cargo.lock is missing or does not fit Cargo.toml", {
    place: manifest,
    hint: "run without --locked",
  });
}

async function askInCopy(
  cargo: Cargo,
  layout: Layout,
  settings: readonly string[],
): Promise<Answer> {
  const copy = copyManifests(layout, path.join(cargo.cacheDir, "manifests"));
  const manifest = copy.file(layout.asked.file);
  const lockfile = copy.file(path.join(layout.root.dir, "Cargo.lock"));
  try {
    const known = existsSync(lockfile) ? await askLocked(cargo, { manifest, settings }) : undefined;
    const graphs = known ?? (await lockAndAsk(cargo, { manifest, settings }));
    const back = (unit: Unit): Unit => ({
      ...unit,
      target: { ...unit.target, src_path: copy.original(unit.target.src_path) },
    });
    return {
      graphs: graphs.map(({ arch, graph }) => ({
        arch,
        graph: { ...graph, units: graph.units.map(back) },
      })),
      lockfile,
    };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const { hint, cause } = error;
    throw new InputError(copy.translate(error.message), {
      place: layout.asked.file,
      cause,
      ...(hint && { hint }),
    });
  }
}

type Question = Pick<UnitGraphCall, "manifest" | "settings">;

/** Asks about all architectures at once; undefined when the lockfile does not fit. */
async function askLocked(
  cargo: Cargo,
  question: Question,
): Promise<readonly ArchGraph[] | undefined> {
  const asked = triplesOf(cargo.options).map(async ([arch, triple]) => ({
    arch,
    graph: await askUnitGraph(cargo, { ...question, triple, locked: true }),
  }));
  try {
    return await Promise.all(asked);
  } catch (error) {
    if (error instanceof LockfileOutdated) return undefined;
    throw error;
  }
}

/** Has cargo make or mend the lockfile first; only in a folder of ours. */
async function lockAndAsk(cargo: Cargo, question: Question): Promise<readonly ArchGraph[]> {
  const [first, ...others] = triplesOf(cargo.options);
  if (!first) return [];
  const graphs: ArchGraph[] = [
    {
      arch: first[0],
      graph: await askUnitGraph(cargo, { ...question, triple: first[1], locked: false }),
    },
  ];
  for (const [arch, triple] of others)
    graphs.push({ arch, graph: await askUnitGraph(cargo, { ...question, triple, locked: true }) });
  return graphs;
}
