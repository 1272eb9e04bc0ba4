import { HOSTS } from "../model/host.ts";
import type { CargoFlags, RunOptions } from "../model/options.ts";
import type { Plan } from "../model/plan.ts";
import type { Profile } from "../model/profile.ts";
import { loadWorkspace } from "../cargo/index.ts";
import { loadCrates } from "../kb/crates.ts";
import { knownProfiles, loadProfile } from "../kb/profiles.ts";
import {
  planOf,
  type PlanGround,
  type TreeFor,
  type Trial,
  type WithFeatures,
} from "../plan/index.ts";
import { crateKey } from "../util/crate-key.ts";
import { withKeptTexts } from "./kept.ts";
import { examineFacts, matrixFrom, prepare, type Prepared } from "./examine.ts";
import { cargoOptions, triplesFor } from "./stages.ts";

/** The work list: the stages once, then rules and verdicts under every profile on the same facts. */
export async function makePlan(options: RunOptions): Promise<Plan> {
  return withKeptTexts(options, async () => {
    const prepared = await prepare(options);
    const chosen = groundUnder(options, prepared, prepared.profile);
    const others = knownProfiles().map((id) =>
      id === prepared.profile.id ? chosen : groundUnder(options, prepared, loadProfile(id)),
    );
    return planOf({
      chosen,
      profiles: others,
      matrixOf: (ground) => matrixFrom({ ...ground, facts: prepared.facts }),
      trial: trialOf(options),
      withFeatures: withFeaturesOf(options),
      sites: prepared.facts.sites,
      treeFor: treeForOf(options),
      flags: cargoWords(options.cargo ?? {}),
    });
  });
}

function groundUnder(options: RunOptions, prepared: Prepared, profile: Profile): PlanGround {
  const { results, verdicts } = examineFacts(options, { ...prepared, profile });
  return {
    workspace: prepared.facts.workspace,
    knowledge: prepared.knowledge,
    profile,
    hosts: options.hosts ?? HOSTS,
    results,
    rows: verdicts.crates,
    rules: prepared.rules.map(({ id, spec }) => ({ id, tags: spec.tags })),
    crates: loadCrates(),
  };
}

/** Asks cargo what would be compiled with other features; what it refuses is no answer. */
function trialOf(options: RunOptions): Trial {
  const { input } = options;
  return async (features) => {
    if (input.kind === "file" || input.kind === "stdin") return undefined;
    const flags = { features, noDefaultFeatures: true, allFeatures: false };
    const asked = { ...options, cargo: { ...options.cargo, ...flags } };
    try {
      const { packages } = await loadWorkspace(
        input,
        cargoOptions(asked, triplesFor(options.target)),
      );
      const built = [...packages.values()].filter((pkg) => pkg.builds.length > 0);
      return new Set(built.map(crateKey));
    } catch {
      return undefined;
    }
  };
}

/** Runs the stages on one published crate alone. */
function withFeaturesOf(options: RunOptions): WithFeatures {
  return async ({ name, version, source }, features) => {
    // NOTE: only cargo knows which libc crate it would stand on by itself.
    if (source !== "registry" || options.noCargo === true) return undefined;
    const { locked = false, offline = false } = options.cargo ?? {};
    const cargo = { locked, offline, features, noDefaultFeatures: true };
    const alone: RunOptions = { ...options, input: { kind: "crate", name, version }, cargo };
    try {
      const prepared = await prepare(alone);
      return groundUnder(alone, prepared, prepared.profile);
    } catch {
      return undefined;
    }
  };
}

/** Asks cargo what a plain program for another triple would be made of. */
function treeForOf(options: RunOptions): TreeFor {
  const { input } = options;
  return async (triple) => {
    if (input.kind === "file" || input.kind === "stdin") return undefined;
    const arch = triple.startsWith("aarch64") ? "aarch64" : "x86_64";
    try {
      return await loadWorkspace(input, cargoOptions(options, { [arch]: triple }));
    } catch {
      return undefined;
    }
  };
}

/** The switches as they are written for cargo. */
function cargoWords({
  features = [],
  allFeatures,
  noDefaultFeatures,
  packages = [],
}: CargoFlags): string[] {
  return [
    ...(allFeatures === true ? ["--all-features"] : []),
    ...(noDefaultFeatures === true ? ["--no-default-features"] : []),
    ...(features.length === 0 ? [] : ["--features", features.join(",")]),
    ...packages.flatMap((name) => ["--package", name]),
  ];
}
