import { InputError } from "../../util/errors.ts";
import type { CargoOptions } from "../options.ts";
import { strings, string, table } from "../toml.ts";
import { expand, type Layout } from "../workspace-root.ts";
import { editionOf } from "./targets.ts";
import type { Node } from "./catalog.ts";
import type { Request, ResolverVersion } from "./features.ts";

/** The packages that cargo would build by the same switches. */
export async function selectPackages(
  layout: Layout,
  members: readonly Node[],
  options: CargoOptions,
): Promise<readonly Node[]> {
  const { packages = [], exclude = [], workspace } = options;
  if (packages.length > 0) return packages.flatMap((spec) => matching(spec, members));
  if (workspace) return members.filter((node) => !exclude.some((spec) => fits(spec, node)));
  const isRoot = layout.asked.file === layout.root.file;
  const preset = isRoot ? strings(table(layout.root.raw["workspace"])?.["default-members"]) : [];
  if (preset.length > 0) {
    const dirs = new Set(
      (await Promise.all(preset.map((item) => expand(layout.root.dir, item)))).flat(),
    );
    return members.filter((node) => dirs.has(node.manifest.dir));
  }
  return layout.asked.package
    ? members.filter((node) => node.manifest.dir === layout.asked.dir)
    : members;
}

function matching(spec: string, members: readonly Node[]): readonly Node[] {
  const found = members.filter((node) => fits(spec, node));
  if (found.length > 0) return found;
  throw new InputError(`no package of the workspace is called \`${spec}\``, {
    hint: `there are: ${members.map((node) => node.name).join(", ")}`,
  });
}

function fits(spec: string, node: Node): boolean {
  const [name = "", version] = spec.split("@");
  const pattern = name
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return (
    new RegExp(`^${pattern}$`).test(node.name) && (!version || node.id.endsWith(`@${version}`))
  );
}

/** What the switches ask of each selected package. */
export function requestFeatures(
  selected: readonly Node[],
  options: CargoOptions,
): readonly Request[] {
  const asked = (options.features ?? []).flatMap((text) => text.split(/[,\s]+/)).filter(Boolean);
  for (const feature of asked) {
    if (!feature.includes("/") && !selected.some((node) => node.features.has(feature))) {
      throw new InputError(`none of the selected packages contains the feature \`${feature}\``, {
        hint: "see [features] in Cargo.toml",
      });
    }
  }
  return selected.map((node) => ({
    node,
    features: requestOf(node, { selected, asked, options }),
  }));
}

interface Asked {
  readonly selected: readonly Node[];
  readonly asked: readonly string[];
  readonly options: CargoOptions;
}

function requestOf(node: Node, { selected, asked, options }: Asked): readonly string[] {
  const wanted = new Set<string>();
  if (options.allFeatures) for (const feature of node.features.keys()) wanted.add(feature);
  if (!options.noDefaultFeatures && node.features.has("default")) wanted.add("default");
  for (const text of asked) {
    const [left = "", right] = text.split("/");
    if (right === undefined) {
      if (node.features.has(text)) wanted.add(text);
    } else if (selected.some((other) => other.name === left)) {
      if (node.name === left) wanted.add(right);
    } else wanted.add(text);
  }
  return [...wanted];
}

/** The resolver that a workspace asks for, or that the edition of its root implies. */
export function resolverVersion({ root }: Layout): ResolverVersion {
  const said =
    string(table(root.raw["workspace"])?.["resolver"]) ?? string(root.package?.["resolver"]);
  if (said) return said === "1" ? 1 : 2;
  const edition = root.package ? editionOf(root.package) : "2015";
  return edition === "2021" || edition === "2024" ? 2 : 1;
}
