import type { DeclaredDependency } from "../manifest.ts";
import type { Catalog, Node } from "./catalog.ts";
import { holds, type Platform } from "./platform.ts";

/** For whom a package is compiled; with resolver 1 all share one answer. */
export type For = "target" | "host";

/** Which rules decide: 1 joins everything, 2 and 3 keep host, target and development apart. */
export type ResolverVersion = 1 | 2;

/** A dependency as seen from one build of the dependant. */
export interface Step {
  readonly declared: DeclaredDependency;
  readonly node: Node;
  readonly for: For;
}

/** What features and optional dependencies of each build of each package are on. */
export interface Activation {
  readonly features: (node: Node, build: For) => readonly string[];
  readonly hasOptional: (node: Node, build: For, key: string) => boolean;
  /** Entries of the manifest that this build sees, whether they are switched on or not. */
  readonly steps: (node: Node, build: For) => readonly Step[];
  /** Packages that have a say in features without being compiled, and are not on this machine. */
  readonly unheard: ReadonlySet<string>;
}

export interface ActivationInput {
  readonly catalog: Catalog;
  readonly version: ResolverVersion;
  readonly target: Platform;
  readonly host: Platform;
}

/** What is asked of one selected package: names, `dep:x`, `x/y` and `x?/y`. */
export interface Request {
  readonly node: Node;
  readonly features: readonly string[];
}

interface State {
  readonly features: Set<string>;
  readonly optional: Set<string>;
  /** `x?/y` seen while x was off: y, by x. */
  readonly deferred: Map<string, Set<string>>;
  visited: boolean;
}

/** Whether the package's library is a macro, which is always compiled for the machine that builds. */
export function isMacro(node: Node): boolean {
  return node.targets.some((target) => target.kind === "proc-macro");
}

/**
 * Unifies features as cargo does: starting at the selected packages, everything that is switched on
 * switches on what it names, per package and build.
 */
export function activate(input: ActivationInput, requests: readonly Request[]): Activation {
  const resolver = new Resolver(input);
  for (const { node, features } of requests) {
    resolver.activate(node, "target", features);
    // NOTE: a macro that is asked for by itself counts for both sides, as its tests and bins would need it.
    if (input.version > 1 && isMacro(node)) resolver.activate(node, "host", features);
  }
  return resolver;
}

class Resolver implements Activation {
  readonly #input: ActivationInput;
  readonly #states = new Map<string, State>();
  readonly #steps = new Map<string, readonly Step[]>();
  readonly unheard = new Set<string>();

  constructor(input: ActivationInput) {
    this.#input = input;
  }

  features(node: Node, build: For): readonly string[] {
    return [...this.#state(node, build).features];
  }

  hasOptional(node: Node, build: For, key: string): boolean {
    return this.#state(node, build).optional.has(key);
  }

  steps(node: Node, build: For): readonly Step[] {
    const key = this.#key(node, build);
    const known = this.#steps.get(key);
    if (known) return known;
    const steps = node.manifest.dependencies.flatMap((declared) =>
      this.#step(node, declared, build),
    );
    this.#steps.set(key, steps);
    return steps;
  }

  activate(node: Node, build: For, features: readonly string[]): void {
    const state = this.#state(node, build);
    for (const feature of features) this.#value(node, build, feature);
    if (state.visited) return;
    state.visited = true;
    for (const step of this.steps(node, build)) if (!step.declared.optional) this.#follow(step);
  }

  #key(node: Node, build: For): string {
    return this.#input.version === 1 ? node.id : `${build} ${node.id}`;
  }

  #state(node: Node, build: For): State {
    const key = this.#key(node, build);
    const state = this.#states.get(key) ?? {
      features: new Set<string>(),
      optional: new Set<string>(),
      deferred: new Map<string, Set<string>>(),
      visited: false,
    };
    this.#states.set(key, state);
    return state;
  }

  #step(node: Node, declared: DeclaredDependency, build: For): readonly Step[] {
    const { version, target, host, catalog } = this.#input;
    const apart = version > 1;
    if (declared.kind === "dev" && (apart || !node.isMember)) return [];
    if (apart && declared.target && !holds(declared.target, build === "host" ? host : target))
      return [];
    const other = catalog.follow(node, declared);
    if (!other) {
      if (declared.kind === "dev" && !declared.optional) this.unheard.add(declared.name);
      return [];
    }
    return [
      {
        declared,
        node: other,
        for: apart && (declared.kind === "build" || isMacro(other)) ? "host" : build,
      },
    ];
  }

  #follow(step: Step): void {
    const { declared, node } = step;
    const defaults = declared.defaultFeatures && node.features.has("default") ? ["default"] : [];
    this.activate(node, step.for, [...declared.features, ...defaults]);
  }

  #value(node: Node, build: For, value: string): void {
    if (value.startsWith("dep:")) return this.#optional(node, build, value.slice(4));
    const slash = value.indexOf("/");
    if (slash < 0) return this.#feature(node, build, value);
    const weak = value[slash - 1] === "?";
    this.#dependencyFeature(node, build, {
      key: value.slice(0, weak ? slash - 1 : slash),
      feature: value.slice(slash + 1),
      weak,
    });
  }

  #feature(node: Node, build: For, name: string): void {
    const { features } = this.#state(node, build);
    if (features.has(name)) return;
    features.add(name);
    for (const value of node.features.get(name) ?? []) this.#value(node, build, value);
  }

  #optional(node: Node, build: For, key: string): void {
    const state = this.#state(node, build);
    if (state.optional.has(key)) return;
    state.optional.add(key);
    for (const step of this.steps(node, build)) {
      if (step.declared.key !== key) continue;
      for (const feature of state.deferred.get(key) ?? [])
        this.#value(step.node, step.for, feature);
      this.#follow(step);
    }
  }

  #dependencyFeature(
    node: Node,
    build: For,
    asked: { readonly key: string; readonly feature: string; readonly weak: boolean },
  ): void {
    const { key, feature, weak } = asked;
    const state = this.#state(node, build);
    for (const step of this.steps(node, build)) {
      if (step.declared.key !== key) continue;
      if (step.declared.optional) {
        if (weak && !state.optional.has(key)) {
          state.deferred.set(key, (state.deferred.get(key) ?? new Set()).add(feature));
          continue;
        }
        this.#optional(node, build, key);
        // NOTE: before there was `x?/y`, `x/y` meant the feature x as well, and still does where there is one.
        if (!weak && node.features.has(key)) this.#feature(node, build, key);
      }
      this.#value(step.node, step.for, feature);
    }
  }
}
