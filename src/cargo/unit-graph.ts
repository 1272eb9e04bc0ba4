import { z } from "zod";

import { EDITIONS } from "../model/workspace.ts";
import { IncompleteError } from "../util/errors.ts";
import { once } from "../util/once.ts";
import { runCargo, type Cargo } from "./command.ts";
import { cargoFailure } from "./failures.ts";
import { parsedJson } from "../util/values.ts";

const unitSchema = once(() =>
  z.object({
    pkg_id: z.string(),
    target: z.object({
      kind: z.array(z.string()),
      name: z.string(),
      src_path: z.string(),
      edition: z.enum(EDITIONS),
    }),
    /** `null`: compiled for the machine that builds. */
    platform: z.string().nullable(),
    mode: z.string(),
    features: z.array(z.string()),
    dependencies: z.array(z.object({ index: z.number(), extern_crate_name: z.string() })),
  }),
);

const graphSchema = once(() =>
  z
    .object({
      version: z.literal(1),
      units: z.array(unitSchema()),
      roots: z.array(z.number()),
    })
    // NOTE: an answer that points to nothing would make a program of no crates, which works everywhere.
    .refine(({ units, roots }) =>
      [
        ...roots,
        ...units.flatMap(({ dependencies }) => dependencies.map(({ index }) => index)),
      ].every((index) => units[index] !== undefined),
    ),
);

/** One compilation that cargo would do. */
export type Unit = z.infer<ReturnType<typeof unitSchema>>;

/** Everything that `cargo build` would compile or run for one target. */
export type UnitGraph = z.infer<ReturnType<typeof graphSchema>>;

export interface UnitGraphCall {
  readonly manifest: string;
  /** One target per call: asked about several at once, cargo joins their features. */
  readonly triple: string;
  readonly locked: boolean;
  /** `--config` settings. */
  readonly settings: readonly string[];
}

/**
 * Asks cargo what it would compile, without compiling: exact features per unit with target and host
 * apart, exact edges with the names in code.
 *
 * NOTE: `--unit-graph` is behind cargo's unstable flag since 2020; `cargo metadata` does not know
 * features per target, and `cargo tree` neither names in code nor targets.
 */
export async function askUnitGraph(cargo: Cargo, call: UnitGraphCall): Promise<UnitGraph> {
  const args = [
    "build",
    "-Zunstable-options",
    "--unit-graph",
    "--ignore-rust-version",
    "--manifest-path",
    call.manifest,
    ...selection(cargo),
    ...call.settings,
  ];
  if (call.locked) args.push("--locked");
  args.push("--target", call.triple);
  const result = await runCargo(cargo, { args, unstable: true, scope: call.triple });
  if (result.code !== 0) throw cargoFailure(result, { place: call.manifest });
  const graph = graphSchema().safeParse(parsedJson(result.stdout));
  if (!graph.success)
    throw new IncompleteError(
      "this cargo answers in a form that we do not know; --no-cargo does without it",
    );
  return graph.data;
}

function selection(cargo: Cargo): readonly string[] {
  const {
    features = [],
    packages = [],
    exclude = [],
    allFeatures,
    noDefaultFeatures,
    workspace,
  } = cargo.options;
  const args: string[] = [];
  if (features.length > 0) args.push(`--features=${features.join(",")}`);
  if (allFeatures) args.push("--all-features");
  if (noDefaultFeatures) args.push("--no-default-features");
  if (workspace) args.push("--workspace");
  for (const name of packages) args.push(`--package=${name}`);
  for (const name of exclude) args.push(`--exclude=${name}`);
  return args;
}
