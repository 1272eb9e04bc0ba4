import { loadFallback, type BuildNeed, type FallbackData } from "../kb/fallback.ts";
import type { Fallback, FallbackTarget, PlanHost } from "../model/plan.ts";
import type { Profile } from "../model/profile.ts";
import type { Package, Workspace } from "../model/workspace.ts";
import { crateKey } from "../util/crate-key.ts";
import { configEntries } from "./fallback-config.ts";
import { workflowText, type WorkflowParts } from "./workflow.ts";

/** What would be compiled for a plain target; `undefined`: cargo does not say. */
export type TreeFor = (triple: string) => Promise<Workspace | undefined>;

/** What the fallback is made from. */
export interface FallbackInput {
  readonly hosts: readonly PlanHost[];
  readonly workspace: Workspace;
  readonly profile: Profile;
  readonly treeFor: TreeFor;
  /** `name@version` of packages with C++ sources. */
  readonly withCpp: ReadonlySet<string>;
  /** Cargo's switches of this run, for the plain builds. */
  readonly flags: readonly string[];
  /** Cargo's switches for the APE: those of the plan. */
  readonly apeFlags: readonly string[];
}

/** Two kinds of programs where one cannot do it; `undefined` when no host stays lost. */
export async function fallbackOf(input: FallbackInput): Promise<Fallback | undefined> {
  const lost = input.hosts.filter(
    ({ afterwards }) => afterwards === "fails" || afterwards === "does not build",
  );
  if (lost.length === 0) return undefined;
  const data = loadFallback();
  const names = new Set(lost.map(({ host }) => host));
  const wanted = data.targets.filter(({ hosts }) => hosts.some((host) => names.has(host)));
  const targets: FallbackTarget[] = [];
  for (const target of wanted) {
    const tree = (await input.treeFor(target.triple)) ?? input.workspace;
    targets.push(targetFor(target, data, tree, input.withCpp));
  }
  const covered = new Set(targets.flatMap(({ hosts }) => hosts));
  return {
    lost: lost.map(({ host, because }) => ({ host, because })),
    targets,
    without: lost.map(({ host }) => host).filter((host) => !covered.has(host)),
    cargoConfig: configEntries(targets),
    workflow: workflowText(partsOf(input, targets)),
  };
}

function targetFor(
  target: FallbackData["targets"][number],
  data: FallbackData,
  tree: Workspace,
  withCpp: ReadonlySet<string>,
): FallbackTarget {
  const needs = needsOf(data, tree, withCpp);
  const isNeeded = (when: BuildNeed | "always"): boolean => when === "always" || needs.has(when);
  const shared = target.tool === "cargo" && target.runner.startsWith("ubuntu") ? data.packages : [];
  const packages = [...target.packages, ...shared].filter(({ when }) => isNeeded(when));
  const { triple, hosts, runner, linker, env, tool, notes, sources } = target;
  const crates = new Set([...needs.values()].flatMap((set) => [...set]));
  return {
    triple,
    hosts,
    runner,
    ...(linker === undefined ? {} : { linker }),
    env: needs.has("c") ? env : {},
    packages: packages.map(({ name, when }) => ({ name, why: whyOf(when, needs) })),
    crates: [...crates].toSorted(),
    tool,
    notes: [...notes, ...libraryNotes(tree)],
    sources,
  };
}

type Needs = ReadonlyMap<BuildNeed, ReadonlySet<string>>;

/** What the build scripts of a tree need, and which crates it is for. */
function needsOf(data: FallbackData, tree: Workspace, withCpp: ReadonlySet<string>): Needs {
  const needs = new Map<BuildNeed, Set<string>>();
  const add = (need: BuildNeed, pkg: Package): void => {
    needs.set(need, (needs.get(need) ?? new Set()).add(pkg.name));
  };
  for (const pkg of programPackages(tree)) {
    const tools = buildTools(tree, pkg);
    for (const { dependency, needs: found } of data.tools) {
      if (!tools.has(dependency)) continue;
      for (const need of found) add(need, pkg);
      if (found.includes("c") && withCpp.has(crateKey(pkg))) add("cpp", pkg);
    }
  }
  return needs;
}

function programPackages(tree: Workspace): Package[] {
  return [...tree.packages.values()].filter((pkg) =>
    pkg.builds.some((build) => build.for === "target"),
  );
}

function buildTools(tree: Workspace, pkg: Package): ReadonlySet<string> {
  const edges = pkg.dependencies.filter(({ kind }) => kind === "build");
  return new Set(edges.map((edge) => tree.packages.get(edge.package)?.name ?? edge.externName));
}

function whyOf(when: BuildNeed | "always", needs: Needs): string {
  if (when === "always") return "the linker";
  return `for ${[...(needs.get(when) ?? [])].toSorted().join(", ")}`;
}

/** Libraries of the system that a crate may look for instead of building its own. */
function libraryNotes(tree: Workspace): string[] {
  return programPackages(tree).flatMap((pkg) => {
    const tools = buildTools(tree, pkg);
    const looks = ["pkg-config", "vcpkg", "system-deps"].some((tool) => tools.has(tool));
    const builds = ["cc", "cmake"].some((tool) => tools.has(tool));
    if (!looks || builds || pkg.links === undefined) return [];
    return [
      `${pkg.name} wants the library \`${pkg.links}\` of the system: install it for the target.`,
    ];
  });
}

function partsOf(input: FallbackInput, targets: readonly FallbackTarget[]): WorkflowParts {
  const { workspace, hosts, profile, flags, apeFlags } = input;
  const roots = workspace.roots.flatMap((id) => workspace.packages.get(id) ?? []);
  const bins = roots.flatMap(({ targets: all }) =>
    all.filter(({ kind }) => kind === "bin").map(({ name }) => name),
  );
  const apeHosts = hosts
    .filter(({ afterwards }) => afterwards !== "fails" && afterwards !== "does not build")
    .map(({ host }) => host);
  return {
    bin: bins[0] ?? roots[0]?.name ?? "program",
    apeHosts,
    targets,
    profile,
    flags,
    apeFlags,
  };
}
