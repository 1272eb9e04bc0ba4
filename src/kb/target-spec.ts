import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { ARCHS } from "../model/host.ts";
import { once } from "../util/once.ts";
import { DATA_DIR } from "./data-dir.ts";
import { readData } from "./files.ts";

const compilerSchema = once(() => {
  const types = z.enum(["array", "boolean", "integer", "object", "string"]);
  return z.strictObject({
    rustc: z.string(),
    required: z.array(z.string()),
    fields: z.record(
      z.string(),
      z.strictObject({ types: z.array(types).min(1), words: z.array(z.string()).optional() }),
    ),
    layouts: z.record(z.string(), z.string()),
  });
});
/** What a compiler says about target specifications; made by `tools/build-target-spec`. */
export type SpecFormat = z.output<ReturnType<typeof compilerSchema>>;

const settingsSchema = once(() => {
  const text = z.string().min(1);
  const value = z.union([z.string(), z.boolean(), z.array(z.string())]);
  return z.strictObject({
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
});
/** What an APE needs of a target specification, and what holds on hosts. */
export type SpecNeeds = z.output<ReturnType<typeof settingsSchema>>;

let format: SpecFormat | undefined;
let needs: SpecNeeds | undefined;

/** The fields that the compiler knows, and the data layouts of its LLVM; read once. */
export function loadSpecFormat(): SpecFormat {
  const file = path.join(DATA_DIR, "target-spec/rustc.json");
  format ??= compilerSchema().parse(JSON.parse(readFileSync(file, "utf8")));
  return format;
}

/** What cosmocc needs, with the reasons; read once. */
export function loadSpecNeeds(): SpecNeeds {
  needs ??= readData({ folder: "doctor", name: "settings", schema: settingsSchema }).value;
  return needs;
}
