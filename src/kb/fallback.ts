import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { HOSTS } from "../model/host.ts";
import { readYaml } from "../util/yaml.ts";
import { DATA_DIR } from "./data-dir.ts";

const text = z.string().min(1);
const need = z.enum(["c", "cpp", "cmake", "bindgen", "pkg-config", "nasm"]);
/** What a build script can need of the machine that builds. */
export type BuildNeed = z.output<typeof need>;

const fallbackSchema = z.strictObject({
  targets: z.array(
    z.strictObject({
      triple: z.string().regex(/^[a-z0-9_]+(-[a-z0-9_]+)+$/, "must be a target triple"),
      hosts: z.array(z.enum(HOSTS)).min(1),
      runner: text,
      tool: z.enum(["cargo", "cross", "vm"]),
      linker: text.optional(),
      packages: z.array(z.strictObject({ name: text, when: z.union([z.literal("always"), need]) })),
      env: z.record(z.string().regex(/^\w+$/), text),
      notes: z.array(text).default([]),
      sources: z.array(text).min(1),
    }),
  ),
  tools: z.array(z.strictObject({ dependency: text, needs: z.array(need).min(1) })),
  packages: z.array(z.strictObject({ name: text, when: need })),
});
/** Plain targets, and what builds for them need: `data/fallback/targets.yml`. */
export type FallbackData = z.output<typeof fallbackSchema>;

let own: FallbackData | undefined;

/** Read once. */
export function loadFallback(): FallbackData {
  const file = "data/fallback/targets.yml";
  own ??= readYaml({
    text: readFileSync(path.join(DATA_DIR, "fallback/targets.yml"), "utf8"),
    file,
    schema: fallbackSchema,
  });
  return own;
}
