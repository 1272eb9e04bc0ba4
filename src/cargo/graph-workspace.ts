import path from "node:path";

import { ARCHS, type Arch } from "../model/host.ts";
import {
  TARGET_KINDS,
  type Build,
  type Dependency,
  type Package,
  type PackageId,
  type Target,
  type TargetKind,
  type Workspace,
} from "../model/workspace.ts";
import { crateKey } from "../util/crate-key.ts";
import { InputError } from "../util/errors.ts";
import { readLockfile } from "./lockfile.ts";
import type { Manifest } from "./manifest.ts";
import { hostArch } from "./options.ts";
import { manifestOwning } from "./owner.ts";
import { parseSpec, type Spec } from "./spec.ts";
import { string } from "./toml.ts";
import type { Unit, UnitGraph } from "./unit-graph.ts";
import type { Layout } from "./workspace-root.ts";
import { byText } from "../util/sorted.ts";

/** A package while its units are gathered. */
interface Draft {
  readonly id: PackageId;
  readonly spec: Spec;
  readonly manifest: Manifest;
  readonly targets: Map<string, Target>;
  readonly builds: Map<string, { build: Build; features: Set<string> }>;
  readonly edges: Map<string, { edge: Dependency; archs: Set<Arch> }>;
}

export interface ArchGraph {
  readonly arch: Arch;
  readonly graph: UnitGraph;
}

export interface GraphInput {
  /** What is compiled for each architecture's target. */
  readonly graphs: readonly ArchGraph[];
  readonly layout: Layout;
  readonly lockfile: string;
}

/**
 * Turns cargo's unit graph into packages, builds and edges. Throws an InputError when nothing is compiled: a program of
 * no crates would come out as one that works everywhere.
 */
export function workspaceOf(input: GraphInput): Omit<Workspace, "lockfile"> {
  const drafts = draftPackages(input);
  const roots = new Set<PackageId>();
  for (const { arch, graph } of input.graphs) {
    for (const unit of graph.units) addUnit(unit, { drafts, units: graph.units, arch });
    for (const index of graph.roots)
      roots.add(drafts.get(graph.units[index]?.pkg_id ?? "")?.id ?? "");
  }
  if (roots.size === 0)
    throw new InputError("there is nothing to compile here", {
      place: input.layout.root.file,
      hint: "a workspace needs a member, and a member a library or a binary",
    });
  const checksums = checksumsOf(input.lockfile);
  const packages = new Map<PackageId, Package>();
  for (const draft of drafts.values()) packages.set(draft.id, finish(draft, checksums));
  const memberDirs = new Set(input.layout.members.map((member) => member.dir));
  return {
    root: input.layout.root.dir,
    roots: [...roots].sort(byText),
    members: [...drafts.values()]
      .filter((draft) => memberDirs.has(draft.manifest.dir))
      .map((draft) => draft.id),
    packages,
    approximate: false,
    notAnalysed: [],
  };
}

function draftPackages({ graphs, layout }: GraphInput): Map<string, Draft> {
  const drafts = new Map<string, Draft>();
  const known = new Map(layout.members.map((member) => [member.dir, member]));
  const seen = new Map<string, number>();
  for (const unit of graphs.flatMap(({ graph }) => graph.units)) {
    if (drafts.has(unit.pkg_id)) continue;
    const spec = parseSpec(unit.pkg_id);
    const short = crateKey(spec);
    const times = seen.get(short) ?? 0;
    seen.set(short, times + 1);
    const id = times === 0 ? short : `${short}+${spec.url}`;
    const manifest = manifestOwning(unit.target.src_path, spec.name, known);
    drafts.set(unit.pkg_id, {
      id,
      spec,
      manifest,
      targets: new Map(),
      builds: new Map(),
      edges: new Map(),
    });
  }
  return drafts;
}

interface Gathering {
  readonly drafts: ReadonlyMap<string, Draft>;
  readonly units: readonly Unit[];
  readonly arch: Arch;
}

function addUnit(unit: Unit, context: Gathering): void {
  const draft = context.drafts.get(unit.pkg_id);
  const kind = targetKind(unit.target.kind);
  // NOTE: a build script's run is a unit too; its edges are the outputs that it reads, not code.
  if (!draft || !kind || unit.mode === "run-custom-build") return;
  const arch = unit.platform === null ? undefined : context.arch;
  addTarget(draft, unit, kind);
  if (kind !== "build-script") addBuild(draft, unit, arch);
  for (const { index, extern_crate_name: externName } of unit.dependencies) {
    const to = context.units[index];
    const other = to && context.drafts.get(to.pkg_id);
    if (!other || other === draft) continue;
    addEdge(draft, {
      to: other,
      externName,
      kind: kind === "build-script" ? "build" : "normal",
      archs: arch ? [arch] : ARCHS,
    });
  }
}

function addTarget(draft: Draft, { target }: Unit, kind: TargetKind): void {
  const key = `${kind} ${target.name}`;
  if (draft.targets.has(key)) return;
  const root = path.relative(draft.manifest.dir, target.src_path).split(path.sep).join("/");
  draft.targets.set(key, {
    kind,
    name: target.name,
    crateName: target.name.replaceAll("-", "_"),
    root,
    edition: target.edition,
  });
}

function addBuild(draft: Draft, unit: Unit, arch: Arch | undefined): void {
  const build: Build = { for: arch ? "target" : "host", arch: arch ?? hostArch(), features: [] };
  const key = `${build.for} ${build.arch}`;
  const known = draft.builds.get(key) ?? { build, features: new Set<string>() };
  for (const feature of unit.features) known.features.add(feature);
  draft.builds.set(key, known);
}

interface NewEdge {
  readonly to: Draft;
  readonly externName: string;
  readonly kind: Dependency["kind"];
  readonly archs: readonly Arch[];
}

function addEdge(draft: Draft, edge: NewEdge): void {
  const { to, externName, kind, archs } = edge;
  const key = `${kind} ${externName} ${to.id}`;
  const known = draft.edges.get(key) ?? {
    edge: { package: to.id, externName, kind, archs: [], features: askedFeatures(draft, edge) },
    archs: new Set<Arch>(),
  };
  for (const arch of archs) known.archs.add(arch);
  draft.edges.set(key, known);
}

/** NOTE: by the name in code first: a manifest may list two versions of one package. */
function askedFeatures(draft: Draft, { to, externName, kind }: NewEdge): readonly string[] {
  const entries = draft.manifest.dependencies.filter(
    (entry) => entry.kind === kind && entry.name === to.spec.name,
  );
  const named = entries.filter((entry) => entry.key.replaceAll("-", "_") === externName);
  const asked = new Set<string>();
  for (const entry of named.length > 0 ? named : entries) {
    if (entry.defaultFeatures) asked.add("default");
    for (const feature of entry.features) asked.add(feature);
  }
  return [...asked].sort();
}

function finish(draft: Draft, checksums: ReadonlyMap<string, string>): Package {
  const { spec, manifest } = draft;
  const links = string(manifest.package?.["links"]);
  const repository = string(manifest.package?.["repository"]);
  const checksum = checksums.get(`${spec.name} ${spec.version}`);
  const targets = [...draft.targets.values()].sort(byKind);
  return {
    id: draft.id,
    name: spec.name,
    version: spec.version,
    source: spec.source,
    dir: manifest.dir,
    edition: targets[0]?.edition ?? "2015",
    ...(links && { links }),
    ...(checksum && spec.source === "registry" && { checksum }),
    ...(repository && { repository }),
    targets,
    builds: [...draft.builds.values()]
      .map(({ build, features }) => ({ ...build, features: [...features].sort() }))
      .sort(byBuild),
    dependencies: [...draft.edges.values()]
      .map(({ edge, archs }) => ({ ...edge, archs: ARCHS.filter((arch) => archs.has(arch)) }))
      .sort(byEdge),
  };
}

function checksumsOf(lockfile: string): ReadonlyMap<string, string> {
  const checksums = new Map<string, string>();
  for (const { name, version, checksum } of readLockfile(lockfile) ?? [])
    if (checksum) checksums.set(`${name} ${version}`, checksum);
  return checksums;
}

/** What cargo calls a target of a kind; undefined for what `cargo build` never makes part of the program. */
function targetKind(kinds: readonly string[]): TargetKind | undefined {
  if (kinds.includes("custom-build")) return "build-script";
  if (kinds.includes("proc-macro")) return "proc-macro";
  if (kinds.includes("bin")) return "bin";
  return kinds.some((kind) => /^(r?lib|dylib|cdylib|staticlib)$/.test(kind)) ? "lib" : undefined;
}

function byKind(a: Target, b: Target): number {
  return TARGET_KINDS.indexOf(a.kind) - TARGET_KINDS.indexOf(b.kind) || byText(a.name, b.name);
}

function byBuild(a: Build, b: Build): number {
  return byText(b.for, a.for) || ARCHS.indexOf(a.arch) - ARCHS.indexOf(b.arch);
}

function byEdge(a: Dependency, b: Dependency): number {
  return (
    byText(b.kind, a.kind) || byText(a.externName, b.externName) || byText(a.package, b.package)
  );
}
