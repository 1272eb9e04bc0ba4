import { z } from "zod";
import { HOSTS } from "../model/host.ts";
import { once } from "../util/once.ts";
import { readData } from "./files.ts";

const NEEDS = ["c", "cpp", "cmake", "bindgen", "pkg-config", "nasm"] as const;
/** What a build script can need of the machine that builds. */
export type BuildNeed = (typeof NEEDS)[number];

const fallbackSchema = once(() => {
  const text = z.string().min(1);
  const need = z.enum(NEEDS);
  return z.strictObject({
    targets: z.array(
      z.strictObject({
        triple: z.string().regex(/^[a-z0-9_]+(-[a-z0-9_]+)+$/, "must be a target triple"),
        hosts: z.array(z.enum(HOSTS)).min(1),
        runner: text,
        tool: z.enum(["cargo", "cross", "vm"]),
        linker: text.optional(),
        packages: z.array(
          z.strictObject({ name: text, when: z.union([z.literal("always"), need]) }),
        ),
        env: z.record(z.string().regex(/^\w+$/), text),
        notes: z.array(text).default([]),
        sources: z.array(text).min(1),
      }),
    ),
    tools: z.array(z.strictObject({ dependency: text, needs: z.array(need).min(1) })),
    packages: z.array(z.strictObject({ name: text, when: need })),
  });
});
/** Plain targets, and what builds for them need: `data/fallback/targets.yml`. */
export type FallbackData = z.output<ReturnType<typeof fallbackSchema>>;

let own: FallbackData | undefined;

/** Read once. */
export function loadFallback(): FallbackData {
  own ??= readData({ folder: "fallback", name: "targets", schema: fallbackSchema }).value;
  return own;
}
