import { existsSync } from "node:fs";
import path from "node:path";

import type { NotAnalysed } from "../model/place.ts";
import type { Workspace } from "../model/workspace.ts";
import { InputError } from "../util/errors.ts";
import { workspaceOf, type ArchGraph } from "./graph-workspace.ts";
import { cargoHome } from "./home.ts";
import { readLockfile } from "./lockfile.ts";
import { triplesOf, type CargoOptions } from "./options.ts";
import { openCatalog, type Catalog, type Node } from "./own/catalog.ts";
import { activate } from "./own/features.ts";
import { hostPlatform, platformOf } from "./own/platform.ts";
import { requestFeatures, resolverVersion, selectPackages } from "./own/select.ts";
import { listUnits } from "./own/units.ts";
import type { Project } from "./with-cargo.ts";
import { readLayout, type Layout } from "./workspace-root.ts";

/**
 * Works out what would be compiled from manifests, lockfile and the sources on this machine, without
 * cargo. The answer is marked as approximate; packages that are not there are counted.
 */
export async function loadWithoutCargo(
  project: Project,
  options: CargoOptions,
): Promise<Workspace> {
  const layout = await readLayout(project.manifest);
  const lockfile = path.join(layout.root.dir, "Cargo.lock");
  const present = existsSync(lockfile);
  if (options.locked && !present)
    throw new InputError("Cargo.lock is missing", {
      place: project.manifest,
      hint: "run without --locked",
    });
  const places = { sources: project.config?.sources ?? {}, cargoHome: cargoHome(options.env) };
  const catalog = openCatalog({ layout, lock: readLockfile(lockfile), places });
  const selected = await selectPackages(layout, catalog.members, options);
  for (const node of catalog.members) assertTargets(node);
  const answer = resolveAll({ layout, catalog, selected, options });
  const workspace = workspaceOf({ graphs: answer.graphs, layout, lockfile });
  return {
    ...workspace,
    ...(present && { lockfile }),
    approximate: true,
    notAnalysed: notes(answer, present),
  };
}

/** A package that nothing is compiled of is a mistake; it must not come out as one without problems. */
function assertTargets({ targets, manifest, name }: Node): void {
  if (targets.some(({ kind }) => kind !== "build-script")) return;
  const others = ["tests", "examples", "benches"];
  if (others.some((folder) => existsSync(path.join(manifest.dir, folder)))) return;
  throw new InputError(`the package ${name} has nothing to compile`, {
    place: path.join(manifest.dir, "Cargo.toml"),
    hint: "there is neither src/lib.rs nor src/main.rs, and no [lib] or [[bin]] that names another file",
  });
}

interface Resolution {
  readonly layout: Layout;
  readonly catalog: Catalog;
  readonly selected: readonly Node[];
  readonly options: CargoOptions;
}

interface Answer {
  readonly graphs: readonly ArchGraph[];
  readonly missing: ReadonlySet<string>;
  readonly unheard: ReadonlySet<string>;
}

function resolveAll({ layout, catalog, selected, options }: Resolution): Answer {
  const requests = requestFeatures(selected, options);
  const graphs: ArchGraph[] = [];
  const missing = new Set<string>();
  const unheard = new Set<string>();
  for (const [arch, triple] of triplesOf(options)) {
    const input = {
      catalog,
      version: resolverVersion(layout),
      target: platformOf(triple, options.cfgs),
      host: hostPlatform(),
    };
    const activation = activate(input, requests);
    const own = listUnits({ ...input, selected, activation });
    graphs.push({ arch, graph: own.graph });
    for (const name of activation.unheard) unheard.add(name);
    for (const name of own.missing) missing.add(name);
  }
  return { graphs, missing, unheard };
}

function notes({ missing, unheard }: Answer, locked: boolean): readonly NotAnalysed[] {
  const how = locked ? "Cargo.toml and Cargo.lock" : "Cargo.toml alone, without a Cargo.lock";
  const notes: NotAnalysed[] = [
    {
      cause: "approximate",
      message: `cargo was not asked: packages and features were worked out from ${how}`,
    },
  ];
  if (unheard.size > 0) {
    const names = [...unheard].sort().join(", ");
    notes.push({
      cause: "approximate",
      message: `development dependencies may switch on features, and are not on this machine: ${names}`,
    });
  }
  for (const name of [...missing].sort()) {
    notes.push({
      cause: "package",
      message: `the sources of ${name} are not on this machine`,
      package: name.split(" ")[0] ?? name,
    });
  }
  return notes;
}
