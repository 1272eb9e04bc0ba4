import { z } from "zod";
import { HOSTS } from "../model/host.ts";
import { FAIL_ON } from "../model/options.ts";
import { LEVELS } from "../model/rule.ts";
import { once } from "../util/once.ts";

const hosts = once(() => z.array(z.enum(HOSTS)).min(1));
const words = once(() => z.array(z.string().min(1)));

const ignoreSchema = once(() =>
  z.strictObject({
    rule: z.string().min(1).optional().describe("Id of a rule; without it every rule."),
    crate: z
      .string()
      .min(1)
      .optional()
      .describe("`name` or `name@version range`; without it every package."),
    path: z.string().min(1).optional().describe("Glob over the file's path in its package."),
    symbol: z.string().min(1).optional().describe("Name of a constant, function or struct."),
    hosts: hosts().optional().describe("Only results that show on no other host than these."),
    reason: z.string().trim().min(1).describe("Why you do not want to hear of it. Required."),
    until: z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2}$/u, "a day is written as 2027-01-31")
      .optional()
      .describe("Last day on which this holds; after it the result is back."),
  }),
);

const cargoSchema = once(() =>
  z.strictObject({
    features: words().optional().describe("As cargo's --features."),
    "all-features": z.boolean().optional().describe("As cargo's --all-features."),
    "no-default-features": z.boolean().optional().describe("As cargo's --no-default-features."),
    packages: words().optional().describe("As cargo's --package."),
    exclude: words().optional().describe("As cargo's --exclude."),
    workspace: z.boolean().optional().describe("As cargo's --workspace."),
  }),
);

/** `ape-lint.toml`, and the table `ape-lint` under `[package.metadata]` or `[workspace.metadata]`. */
export const configSchema = once(() =>
  z.strictObject({
    hosts: hosts().optional().describe("Hosts that you ship to; without it all eight."),
    profile: z
      .string()
      .min(1)
      .optional()
      .describe(
        "What your SDK repairs: none, ape-rs, rust-ape, cosmo-build, or a file (`sdk.yml`) relative to this one.",
      ),
    release: z.string().min(1).optional().describe("Release of cosmocc that you link with."),
    "fail-on": z
      .enum(FAIL_ON)
      .optional()
      .describe("Lowest level that makes the run fail; default error."),
    pedantic: z.boolean().optional().describe("Show results of low confidence too."),
    "rule-folders": words()
      .optional()
      .describe("Folders with rules of your own, relative to this file."),
    cfgs: words().optional().describe('Cfgs that your build sets: `name` or `name="value"`.'),
    cargo: cargoSchema()
      .optional()
      .describe("What of the workspace is built, when the command line does not say."),
    levels: z
      .record(z.string(), z.enum([...LEVELS, "off"]))
      .optional()
      .describe("Level of a rule instead of its own."),
    baseline: z
      .string()
      .min(1)
      .optional()
      .describe(
        "File with results that are known, relative to this file; `baseline write` makes it.",
      ),
    ignore: z.array(ignoreSchema()).optional().describe("Results that you have judged."),
  }),
);

export type ConfigFile = z.output<ReturnType<typeof configSchema>>;
