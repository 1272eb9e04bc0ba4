import { join, resolve } from "node:path";
import { z } from "zod";
import type { Arch } from "../../src/model/host.ts";
import type { InventoryRow } from "../../src/model/inventory.ts";
import { run } from "./cargo.ts";
import { featureFlags, subjectId, type Subject } from "./model.ts";
import { prepare } from "./prepare.ts";

const REPOSITORY = resolve(import.meta.dirname, "../..");

/** The part of a row that is compared; unknown values elsewhere are the inventory's own business. */
const Row = z.looseObject({
  package: z.string(),
  version: z.string(),
  file: z.string(),
  line: z.number(),
  column: z.number(),
  symbol: z.string(),
  kind: z.string(),
  via: z.string(),
  context: z.string(),
  active: z.string(),
  archs: z.array(z.string()),
});

const kept = new Map<string, Promise<InventoryRow[]>>();

/**
 * What `ape-lint inventory` says of the untouched copy of a subject, on the configuration of the oracle. It runs once
 * for both architectures, as it does for everybody, and keeps what it reads of a package beside the oracle's files.
 */
export async function inventory(
  subject: Subject,
  arch: Arch,
  cache: string,
): Promise<InventoryRow[]> {
  const id = subjectId(subject);
  const rows = kept.get(id) ?? listAll(subject, cache);
  kept.set(id, rows);
  return (await rows).filter(({ archs }) => archs.includes(arch));
}

async function listAll(subject: Subject, cache: string): Promise<InventoryRow[]> {
  const dir = await prepare(subject, cache);
  const rows: InventoryRow[] = [];
  const onLine = (line: string): void => {
    if (line !== "") rows.push(Row.parse(JSON.parse(line)) as unknown as InventoryRow);
  };
  const flags = ["--format", "jsonl", ...featureFlags(subject)];
  const cli = ["--import", "tsx", "src/cli/main.ts", "inventory", dir, ...flags];
  const env = { XDG_CACHE_HOME: join(cache, "own") };
  const ended = await run("node", cli, { cwd: REPOSITORY, env, onLine });
  if (ended.code > 1)
    throw new Error(`ape-lint inventory ${subjectId(subject)}: ${ended.stderr.trim().slice(-400)}`);
  return rows;
}
