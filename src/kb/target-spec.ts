import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { ARCHS } from "../model/host.ts";
import { readYaml } from "../util/yaml.ts";
import { DATA_DIR } from "./data-dir.ts";

const types = z.enum(["array", "boolean", "integer", "object", "string"]);

const compilerSchema = z.strictObject({
  rustc: z.string(),
  required: z.array(z.string()),
  fields: z.record(
    z.string(),
    z.strictObject({ types: z.array(types).min(1), words: z.array(z.string()).optional() }),
  ),
  layouts: z.record(z.string(), z.string()),
});
/** What a compiler says about target specifications; made by `tools/build-target-spec`. */
export type SpecFormat = z.output<typeof compilerSchema>;

const text = z.string().min(1);
const value = z.union([z.string(), z.boolean(), z.array(z.string())]);
const settingsSchema = z.strictObject({
  gone: z.array(z.strictObject({ field: text, source: text })),
  settings: z.array(
    z.strictObject({
      field: text,
      value: value.optional(),
      contains: z.array(text).min(1).optional(),
      archs: z.array(z.enum(ARCHS)).min(1).optional(),
      /** What the compiler takes when nothing is said: only another value is told. */
      default: z.boolean().default(false),
      level: z.enum(["error", "warning"]),
      why: text,
    }),
  ),
  sources: z.array(text).min(1),
  notes: z.array(z.strictObject({ system: text, text, source: text })),
});
/** What an APE needs of a target specification, and what holds on hosts. */
export type SpecNeeds = z.output<typeof settingsSchema>;

let format: SpecFormat | undefined;
let needs: SpecNeeds | undefined;

/** The fields that the compiler knows, and the data layouts of its LLVM; read once. */
export function loadSpecFormat(): SpecFormat {
  const file = path.join(DATA_DIR, "target-spec/rustc.json");
  format ??= compilerSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  return format;
}

/** What cosmocc needs, with the reasons; read once. */
export function loadSpecNeeds(): SpecNeeds {
  const file = path.join(DATA_DIR, "doctor/settings.yml");
  needs ??= readYaml({
    text: readFileSync(file, "utf8"),
    file: "data/doctor/settings.yml",
    schema: settingsSchema,
  });
  return needs;
}
