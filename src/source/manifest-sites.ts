import type { NotAnalysed, Span } from "../model/place.ts";
import type { Site } from "../model/site.ts";
import type { Package, Workspace } from "../model/workspace.ts";
import { PackageReader } from "./read-file.ts";
import { keySpan } from "./toml-place.ts";

/** Facts, and what could not be looked into. */
export interface SitesFound {
  readonly sites: readonly Site[];
  readonly notAnalysed: readonly NotAnalysed[];
}

/** A build dependency: its name, and the name that the manifest gives it. */
export interface BuildTool {
  readonly name: string;
  readonly key: string;
}

/**
 * What a package's manifest says that matters for an APE: `package` (each package once), `links`, and
 * `build-dependency=NAME` for each build dependency that cargo resolved.
 */
export function manifestSites(owner: Package, tools: readonly BuildTool[]): SitesFound {
  const file = "Cargo.toml";
  const source = new PackageReader(owner.dir).read(file);
  const text = "text" in source ? source.text : "";
  const at = (table: string, key: string): Span => keySpan({ text, table, key });
  const sites = [
    manifestSite({ owner, file, name: "package", value: owner.name, span: at("package", "name") }),
  ];
  if (owner.links !== undefined) {
    const site = manifestSite({
      owner,
      file,
      name: "links",
      value: owner.links,
      span: at("package", "links"),
    });
    sites.push({ ...site, data: { ...site.data, tools: tools.map(({ name }) => name) } });
  }
  for (const { key, name } of tools) {
    const span = at("build-dependencies", text.includes(key) ? key : name);
    sites.push(manifestSite({ owner, file, name: `build-dependency=${name}`, value: name, span }));
  }
  return { sites, notAnalysed: gap(source, owner, file) };
}

/** Makes a fact of a manifest or of cargo's configuration. */
export function manifestSite(options: {
  owner: Package;
  file: string;
  name: string;
  value: string;
  span: Span;
}): Site {
  const { owner, file, name, value, span } = options;
  return {
    kind: "manifest",
    name,
    package: owner.id,
    file,
    span,
    target: "package",
    item: "",
    context: "const-item",
    active: "yes",
    archs: archsOf(owner),
    data: { value, features: featuresOf(owner) },
  };
}

/** The architectures that a package is built for as part of the program; both when it is only listed. */
export function archsOf(owner: Package): Site["archs"] {
  const archs = owner.builds.flatMap((build) => (build.for === "target" ? [build.arch] : []));
  return archs.length === 0 ? ["x86_64", "aarch64"] : [...new Set(archs)];
}

function featuresOf(owner: Package): readonly string[] {
  return [
    ...new Set(owner.builds.flatMap((build) => (build.for === "target" ? build.features : []))),
  ];
}

/** The build dependencies that cargo resolved, by name. */
export function buildTools(owner: Package, workspace: Workspace): BuildTool[] {
  const byName = new Map<string, string>();
  for (const dependency of owner.dependencies) {
    if (dependency.kind !== "build") continue;
    const name = workspace.packages.get(dependency.package)?.name ?? dependency.externName;
    byName.set(name, dependency.externName);
  }
  return [...byName]
    .map(([name, key]) => ({ name, key }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function gap(
  source: ReturnType<PackageReader["read"]>,
  owner: Package,
  file: string,
): NotAnalysed[] {
  if ("text" in source) return [];
  const problem =
    "missing" in source
      ? { cause: "missing-file" as const, message: `${file} of ${owner.id} is missing` }
      : source.problem;
  return [{ ...problem, package: owner.id, file }];
}
