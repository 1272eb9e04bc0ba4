import type { PackageVerdict, Result } from "../model/result.ts";
import type { Why, WhyStep } from "../model/verdict.ts";
import type { Dependency, Package, PackageId, Workspace } from "../model/workspace.ts";

/** What `why` is answered from. */
export interface WhyOptions {
  readonly workspace: Workspace;
  readonly package: PackageId;
  readonly results: readonly Result[];
  readonly verdictOf: (id: PackageId) => PackageVerdict;
  /** Features of a package that bring an optional dependency in; the manifest knows. */
  readonly enabledBy?: (from: Package, edge: Dependency) => readonly string[];
  /** How many paths to list, shortest first. */
  readonly limit?: number;
}

interface Edge {
  readonly from: Package;
  readonly edge: Dependency;
}

/** Every way to a package from the first root on it, shortest first, with the features that open each step. */
export function whyOf(options: WhyOptions): Why | undefined {
  const { workspace, limit = 20 } = options;
  const owner = workspace.packages.get(options.package);
  if (owner === undefined) return undefined;
  const { paths, more } = pathsTo(workspace, owner.id, limit);
  const features = owner.builds.flatMap((build) => (build.for === "target" ? build.features : []));
  return {
    name: owner.name,
    version: owner.version,
    verdict: options.verdictOf(owner.id),
    features: [...new Set(features)].toSorted(),
    paths: paths.map((path) => path.map((step) => stepOf(options, step))),
    more,
    results: options.results.filter(
      ({ package: each }) => each.name === owner.name && each.version === owner.version,
    ),
  };
}

/** How many steps are followed before we stop looking: trees with many diamonds have very many paths. */
const MOST_STEPS = 20_000;

/** Walks up from the package, breadth first, so that short ways come first and nothing is walked in a circle. */
function pathsTo(
  workspace: Workspace,
  id: PackageId,
  limit: number,
): { paths: Edge[][]; more: boolean } {
  const incoming = incomingEdges(workspace);
  const roots = new Set(workspace.roots);
  const found: Edge[][] = roots.has(id) ? [[]] : [];
  let queue: { at: PackageId; path: readonly Edge[] }[] = [{ at: id, path: [] }];
  let steps = 0;
  while (queue.length > 0) {
    const next: typeof queue = [];
    for (const { at, path } of queue) {
      for (const edge of incoming.get(at) ?? []) {
        steps += 1;
        if (steps > MOST_STEPS || found.length > limit)
          return { paths: found.slice(0, limit), more: true };
        if (edge.from.id === id || path.some((each) => each.from.id === edge.from.id)) continue;
        const longer = [edge, ...path];
        if (roots.has(edge.from.id)) found.push(longer);
        else next.push({ at: edge.from.id, path: longer });
      }
    }
    queue = next;
  }
  return { paths: found.slice(0, limit), more: found.length > limit };
}

function incomingEdges(workspace: Workspace): Map<PackageId, Edge[]> {
  const incoming = new Map<PackageId, Edge[]>();
  for (const from of workspace.packages.values()) {
    for (const edge of from.dependencies) {
      const list = incoming.get(edge.package);
      if (list === undefined) incoming.set(edge.package, [{ from, edge }]);
      else list.push({ from, edge });
    }
  }
  return incoming;
}

function stepOf({ workspace, enabledBy }: WhyOptions, { from, edge }: Edge): WhyStep {
  const to = workspace.packages.get(edge.package);
  return {
    from: `${from.name} ${from.version}`,
    to: to === undefined ? edge.package : `${to.name} ${to.version}`,
    kind: edge.kind,
    enabledBy: enabledBy?.(from, edge) ?? [],
    asks: edge.features,
  };
}
