import { z } from "zod";
import { HOSTS } from "../model/host.ts";
import { CONFIDENCES, HARMS } from "../model/rule.ts";
import { once } from "../util/once.ts";

// NOTE: made when first asked for: what the build has checked needs none of them.

/** What several parts of the files are made of. */
const words = once(() => ({
  text: z.string().min(1),
  hosts: z.array(z.enum(HOSTS)),
  name: z.string().regex(/^[\w-]+$/, "must be one word"),
  effect: z.enum(["closes", "demotes"]),
}));

const repairSchema = once(() => {
  const { text, hosts, name, effect } = words();
  return z.strictObject({
    /** Long lists stand as one text: hundreds of nodes would cost more to parse than all else together. */
    names: z.union([z.array(name).min(1), z.string().regex(/^\w+(\s+\w+)*$/, "must be words")]),
    effect,
    mode: z.enum(["extern-static", "translated"]).optional(),
    how: text,
    source: text,
    hosts: hosts.min(1).optional(),
  });
});

const forkSchema = once(() => {
  const { text, name } = words();
  return z.strictObject({
    name,
    versions: text,
    git: z.url({ protocol: /^https$/ }).optional(),
    branch: text.optional(),
    path: text.optional(),
    brought: z.enum(["sdk", "tree"]),
    source: text,
  });
});

/** `data/profiles/*.yml`: repairs stand in groups there, with the names that each one is about. */
export const profileSchema = once(() => {
  const { text, hosts, name, effect } = words();
  const repair = repairSchema();
  return z.strictObject({
    id: name,
    title: text,
    sources: z.array(text),
    cfgs: z.array(z.string().regex(/^\w+(="[^"]*")?$/, 'must be `name` or `name="value"`')),
    rustflags: z.array(text),
    hosts,
    constants: z.array(repair),
    functions: z.array(repair),
    structs: z.array(repair),
    std: z.array(repair),
    rules: z.array(repair),
    crates: z.array(
      z.strictObject({
        name,
        versions: text,
        rules: z.array(name).min(1).optional(),
        symbols: z.array(name).min(1).optional(),
        effect,
        how: text,
        source: text,
        hosts: hosts.min(1).optional(),
      }),
    ),
    ci: z
      .strictObject({
        steps: z.array(z.strictObject({ name: text, run: text })).min(1),
        file: text,
        source: text,
      })
      .optional(),
    drivesCargo: z.boolean().default(false),
    forks: z.array(forkSchema()).default([]),
    shims: z
      .array(
        z.strictObject({
          name,
          brought: z.enum(["sdk", "program"]),
          needed: z.enum(["std", "use"]),
          how: text,
          source: text,
        }),
      )
      .default([]),
    setup: z.array(z.strictObject({ text, run: text.optional(), source: text })).default([]),
    limits: z.array(text),
  });
});
export type ProfileFile = z.output<ReturnType<typeof profileSchema>>;
export type RepairEntry = z.output<ReturnType<typeof repairSchema>>;

/** `data/crates/*.yml`: what is known about one crate by name, each fact with where it is known from. */
export const crateSchema = once(() => {
  const { text, hosts, name } = words();
  return z.strictObject({
    name,
    facts: z
      .array(
        z.strictObject({
          id: z.string().regex(/^[a-z0-9-]+$/, "must be kebab-case"),
          kind: z.enum(["hazard", "falls-back", "works"]),
          versions: text,
          hosts: hosts.default([]),
          harm: z.enum(HARMS).optional(),
          confidence: z.enum(CONFIDENCES),
          profiles: z.array(name).min(1).optional(),
          whenFeatures: z.array(text).min(1).optional(),
          unlessFeatures: z.array(text).min(1).optional(),
          symbols: z.array(name).min(1).optional(),
          rules: z.array(name).min(1).optional(),
          taxa: z.array(z.string().regex(/^F-\d{3}$/, "must be an F id")).optional(),
          summary: text,
          help: text.optional(),
          sources: z.array(text).min(1),
        }),
      )
      .default([]),
    switches: z
      .array(
        z.strictObject({
          id: z.string().regex(/^[a-z0-9-]+$/, "must be kebab-case"),
          kind: z.enum(["feature", "cfg", "instead", "without"]),
          feature: text.optional(),
          cfg: name.optional(),
          to: name.optional(),
          versions: text,
          profiles: z.array(name).min(1).optional(),
          unlessFeatures: z.array(text).min(1).optional(),
          summary: text,
          cost: text.optional(),
          sources: z.array(text).min(1),
        }),
      )
      .default([]),
  });
});
export type CrateFile = z.output<ReturnType<typeof crateSchema>>;
