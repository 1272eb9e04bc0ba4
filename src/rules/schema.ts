import { z } from "zod";
import { FIX_NAMES } from "../model/fix.ts";
import { HOSTS } from "../model/host.ts";
import { CONFIDENCES, HARMS, LEVELS } from "../model/rule.ts";
import { CONTEXTS, SITE_KINDS, SYMBOL_KINDS } from "../model/site.ts";
import { PACKAGE_SOURCES, TARGET_KINDS } from "../model/workspace.ts";
import { matcherSchema } from "./matcher-schema.ts";

/** Families of hosts that a rule may name besides single hosts. */
export const HOST_GROUPS = [
  "all",
  "off-linux",
  "linux",
  "macos",
  "windows",
  "bsd",
  "freebsd",
  "openbsd",
  "netbsd",
  "arm64",
] as const;

const kebab = z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/u, "is not kebab-case");
const oneOrMore = <T extends z.ZodType>(inner: T) => z.union([inner, z.array(inner).min(1)]);
const hostNames = oneOrMore(z.enum([...HOST_GROUPS, ...HOSTS]));
const sentence = z.string().min(1);

/** Where the hosts of a result come from: knowledge about the name, or a list. */
const HOST_SOURCES = [
  "constant",
  "errno",
  "function",
  "struct",
  "syscall",
  "means",
  "crate",
  "cfg",
] as const;
const hostsOf = z.union([z.enum(HOST_SOURCES), hostNames]);

const contexts = oneOrMore(z.enum(CONTEXTS));
const contextMatcher = z.union([contexts, z.strictObject({ not: contexts })]);

/** What is known about a name in the chosen release. */
const kbSchema = z.strictObject({
  /** Which names: the site's own, or those of one of its lists (then one that fits is enough). */
  of: z.union([z.literal("name"), z.string().startsWith("data.")]).optional(),
  /** Fixed names, for what a name leads to behind the scenes: `thread::sleep` reads CLOCK_MONOTONIC. */
  names: z.array(z.string()).min(1).optional(),
  constant: z
    .strictObject({
      class: oneOrMore(z.enum(["same", "differs", "absent", "unknown"])).optional(),
      group: matcherSchema.optional(),
      runtime: z.boolean().optional(),
      /** Linux's number is valid on a host and means something else there. */
      means: z.boolean().optional(),
    })
    .optional(),
  function: z
    .strictObject({
      status: oneOrMore(z.enum(["ok", "missing", "other-contract", "unknown"])).optional(),
      /** True: some host answers ENOSYS or the like; hosts: all of these do. */
      unavailable: z.union([z.boolean(), hostNames]).optional(),
    })
    .optional(),
  struct: z
    .strictObject({
      class: oneOrMore(
        z.enum(["same", "layout differs", "cosmo larger", "cosmo smaller", "unknown"]),
      ),
      /** Whether some field stands at another offset, on some architecture. */
      moved: z.boolean().optional(),
    })
    .optional(),
  syscall: z.strictObject({ everywhere: z.boolean() }).optional(),
});

const REPAIR_TABLES = ["constants", "functions", "structs", "std", "rules"] as const;

/** What the profile does about a name. */
const profileSchema = z.strictObject({
  id: oneOrMore(z.string()).optional(),
  constant: z.strictObject({ mode: z.enum(["extern-static", "translated"]) }).optional(),
  /** Whether the profile adds or wraps the function, on some host at least. */
  function: z.strictObject({ repaired: z.boolean() }).optional(),
  /** Whether the profile's std has a repair of this key. */
  std: z.strictObject({ key: z.string(), repaired: z.boolean() }).optional(),
});

const conditionShape = {
  kind: oneOrMore(z.enum(SITE_KINDS)).optional(),
  name: matcherSchema.optional(),
  symbolKind: oneOrMore(z.enum(SYMBOL_KINDS)).optional(),
  context: contextMatcher.optional(),
  via: oneOrMore(z.enum(["path", "use", "macro", "derived"])).optional(),
  active: z.enum(["yes", "unknown"]).optional(),
  target: oneOrMore(z.enum([...TARGET_KINDS, "package"])).optional(),
  file: matcherSchema.optional(),
  item: matcherSchema.optional(),
  package: z
    .strictObject({
      name: matcherSchema.optional(),
      version: matcherSchema.optional(),
      source: oneOrMore(z.enum(PACKAGE_SOURCES)).optional(),
    })
    .optional(),
  data: z.record(z.string(), matcherSchema).optional(),
  kb: kbSchema.optional(),
  profile: profileSchema.optional(),
  /** Facts of `data/crates` about the site's package. */
  crate: z.strictObject({ kind: z.literal("hazard") }).optional(),
};

export interface Condition extends z.output<z.ZodObject<typeof conditionShape, z.core.$strict>> {
  readonly any?: readonly Condition[] | undefined;
  readonly not?: Condition | undefined;
}

/** Named fields of a site that must all fit; `any` and `not` nest. */
export const conditionSchema: z.ZodType<Condition> = z.strictObject({
  ...conditionShape,
  get any() {
    return z
      .array(z.lazy(() => conditionSchema))
      .min(1)
      .optional();
  },
  get not() {
    return z.lazy(() => conditionSchema).optional();
  },
}) as z.ZodType<Condition>;

// NOTE: without a kind a query would look at every fact of every kind.
const querySchema = conditionSchema.refine((query) => query.kind !== undefined, {
  path: ["kind"],
  error: "Invalid input: expected a kind, received undefined",
});

const taxonRef = z.union([
  z.string(),
  z.strictObject({ id: z.string(), when: conditionSchema.optional(), hosts: hostNames.optional() }),
]);

const outcome = {
  harm: z.enum(HARMS).optional(),
  level: z.enum(LEVELS).optional(),
  confidence: z.enum(CONFIDENCES).optional(),
  message: sentence.optional(),
  help: sentence.optional(),
  hosts: hostsOf.optional(),
};

/** One `rule.yml`. */
export const ruleSchema = z.strictObject({
  id: kebab,
  title: sentence,
  description: sentence,
  taxa: z.array(taxonRef).default([]),
  harm: z.enum(HARMS),
  level: z.enum(LEVELS),
  confidence: z.enum(CONFIDENCES),
  query: querySchema,
  hosts: hostsOf,
  /** The first that fits changes what the rule says; each with a why. */
  variants: z
    .array(z.strictObject({ when: conditionSchema, why: sentence, ...outcome }))
    .default([]),
  /** Tables of the profile that can close or demote a result; the key defaults to the site's name. */
  repairs: z
    .array(
      z.strictObject({
        table: z.enum(REPAIR_TABLES),
        key: z.string().optional(),
        /** True: a repair of some hosts is one of all (a symbol that links, links everywhere). */
        whole: z.boolean().optional(),
        why: sentence,
      }),
    )
    .default([]),
  /** What can be done about it at the place itself: every entry that fits, in this order. */
  fix: z
    .array(
      z.strictObject({
        apply: z.enum(FIX_NAMES),
        when: conditionSchema.optional(),
        /** The new text, with placeholders as in messages; where it comes out empty nothing is offered. */
        text: sentence.optional(),
        why: sentence,
      }),
    )
    .default([]),
  /** It matters as soon as the code is compiled, whether the program gets there or not. */
  compiled: z.boolean().optional(),
  /** Tell a hazard that is everywhere once per package or file, with the number of places. */
  once: z.enum(["package", "file"]).optional(),
  /** At the same place, a result of one of these rules says more: this one is left out. */
  yieldsTo: z.array(kebab).default([]),
  message: sentence,
  help: sentence,
  links: z.array(z.url()).default([]),
  tags: z.array(kebab).default([]),
});

export type RuleFile = z.output<typeof ruleSchema>;
export type HostsOf = z.output<typeof hostsOf>;
export type HostName = (typeof HOST_GROUPS)[number] | (typeof HOSTS)[number];
export type TaxonRef = z.output<typeof taxonRef>;
export type Kb = z.output<typeof kbSchema>;
export type RepairRef = RuleFile["repairs"][number];
export type Variant = RuleFile["variants"][number];
export type FixRef = RuleFile["fix"][number];
