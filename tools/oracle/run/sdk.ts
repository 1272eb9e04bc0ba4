import { readFile } from "node:fs/promises";
import { z } from "zod";
import { InputError } from "../../../src/util/errors.ts";
import type { RunBuild } from "./build.ts";

const Sdk = z.strictObject({
  profile: z.string(),
  cargo: z.string(),
  env: z.record(z.string(), z.string()).default({}),
  rustflags: z.array(z.string()).default([]),
  objects: z.object({ x86_64: z.array(z.string()), aarch64: z.array(z.string()) }),
  structs: z.record(z.string(), z.number()).default({}),
});

/** Plain std, and nothing beside the C library. */
const PLAIN: RunBuild = {
  profile: "none",
  cargo: ["cargo", "+nightly"],
  env: {},
  rustflags: [],
  objects: { x86_64: [], aarch64: [] },
  structs: {},
};

/** Reads the file that says how an SDK builds: its cargo, its flags, its objects; without one, nothing is repaired. */
export async function readSdk(file: string | undefined): Promise<RunBuild> {
  if (file === undefined) return PLAIN;
  const parsed = Sdk.safeParse(JSON.parse(await readFile(file, "utf8")));
  if (!parsed.success) throw new InputError(z.prettifyError(parsed.error), { place: file });
  return { ...parsed.data, cargo: [parsed.data.cargo] };
}
