import type { Edition } from "../../model/workspace.ts";
import type { DeclaredDependency } from "../manifest.ts";
import { string, table } from "../toml.ts";
import type { Unit, UnitGraph } from "../unit-graph.ts";
import type { Node } from "./catalog.ts";
import type { Activation, ActivationInput, For, Step } from "./features.ts";
import { isMacro } from "./features.ts";
import { holds } from "./platform.ts";
import type { FoundTarget } from "./targets.ts";

/** A unit graph in cargo's form, and the packages that it lacks. */
export interface OwnGraph {
  readonly graph: UnitGraph;
  /** Dependencies whose sources are not on this machine, as `NAME (needed by OTHER)`. */
  readonly missing: readonly string[];
}

export interface UnitsInput extends ActivationInput {
  readonly selected: readonly Node[];
  readonly activation: Activation;
}

/** Lists what cargo would compile for the selected packages. */
export function listUnits(input: UnitsInput): OwnGraph {
  const builder = new Builder(input);
  const roots = input.selected.flatMap((node) =>
    node.targets
      .filter((target) => builder.isBuilt(node, target))
      .map((target) => builder.root(node, target)),
  );
  return { graph: { version: 1, units: builder.units, roots }, missing: [...builder.missing] };
}

interface Work {
  readonly node: Node;
  readonly target: FoundTarget;
  /** Whose code this is compiled for. */
  readonly platform: For;
  /** Whose features it has: a build script runs on the host, with the features of what it is for. */
  readonly features: For;
}

class Builder {
  readonly units: Unit[] = [];
  readonly missing = new Set<string>();
  readonly #input: UnitsInput;
  readonly #known = new Map<string, number>();

  constructor(input: UnitsInput) {
    this.#input = input;
  }

  /** NOTE: a bin whose required features are off is left out without a word. */
  isBuilt(node: Node, target: FoundTarget): boolean {
    if (target.kind === "build-script") return false;
    const on = new Set(this.#input.activation.features(node, "target"));
    return target.requiredFeatures.every((feature) => on.has(feature));
  }

  root(node: Node, target: FoundTarget): number {
    const side: For = target.kind === "proc-macro" ? "host" : "target";
    return this.#unit({ node, target, platform: side, features: side });
  }

  #unit(work: Work): number {
    const { node, target, platform, features } = work;
    const key = `${platform} ${features} ${target.kind} ${target.name} ${node.id}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const index = this.units.length;
    this.#known.set(key, index);
    const dependencies: Unit["dependencies"] = [];
    this.units.push({
      pkg_id: node.id,
      target: {
        kind: [target.kind === "build-script" ? "custom-build" : target.kind],
        name: target.name,
        src_path: target.file,
        edition: target.edition satisfies Edition,
      },
      platform: platform === "host" ? null : this.#input.target.triple,
      mode: "build",
      features: [...this.#input.activation.features(node, features)],
      dependencies,
    });
    for (const step of this.#steps(work)) this.#edge(work, step, dependencies);
    const script = node.targets.find((other) => other.kind === "build-script");
    if (script && target !== script)
      this.#unit({ node, target: script, platform: "host", features });
    return index;
  }

  #steps({ node, target, platform, features }: Work): readonly Step[] {
    const { activation, host, target: compiled } = this.#input;
    const kind: DeclaredDependency["kind"] = target.kind === "build-script" ? "build" : "normal";
    const wanted = (declared: DeclaredDependency): boolean =>
      declared.kind === kind &&
      (!declared.target || holds(declared.target, platform === "host" ? host : compiled)) &&
      (!declared.optional || activation.hasOptional(node, features, declared.key));
    const steps = activation.steps(node, features).filter((step) => wanted(step.declared));
    const found = new Set(steps.map((step) => step.declared));
    for (const declared of node.manifest.dependencies)
      if (wanted(declared) && !found.has(declared))
        this.missing.add(`${declared.name} (needed by ${node.name})`);
    return steps;
  }

  #edge(work: Work, step: Step, dependencies: Unit["dependencies"]): void {
    const lib = step.node.targets.find(
      (target) => target.kind === "lib" || target.kind === "proc-macro",
    );
    if (!lib) return;
    const onHost =
      work.platform === "host" || work.target.kind === "build-script" || isMacro(step.node);
    const index = this.#unit({
      node: step.node,
      target: lib,
      platform: onHost ? "host" : "target",
      features: step.for,
    });
    const renamed = step.declared.name !== step.declared.key || isRenamed(work.node, step.declared);
    dependencies.push({
      index,
      extern_crate_name: (renamed ? step.declared.key : lib.name).replaceAll("-", "_"),
    });
  }
}

/** `package = "…"` renames even where it repeats the name. */
function isRenamed(node: Node, { key, kind }: DeclaredDependency): boolean {
  const section = kind === "build" ? "build-dependencies" : "dependencies";
  return string(table(table(node.manifest.raw[section])?.[key])?.["package"]) !== undefined;
}
