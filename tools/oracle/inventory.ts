import { resolve } from "node:path";
import { z } from "zod";
import type { Arch } from "../../src/model/host.ts";
import type { InventoryRow } from "../../src/model/inventory.ts";
import { run } from "./cargo.ts";
import { featureFlags, subjectId, type Subject, tripleOf } from "./model.ts";
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
});

/** Runs `ape-lint inventory` on the untouched copy of a subject, on the configuration of the oracle. */
export async function inventory(
  subject: Subject,
  arch: Arch,
  cache: string,
): Promise<InventoryRow[]> {
  const dir = await prepare(subject, cache);
  const rows: InventoryRow[] = [];
  const onLine = (line: string): void => {
    if (line !== "") rows.push(Row.parse(JSON.parse(line)) as unknown as InventoryRow);
  };
  const flags = [
    "--no-cache",
    "--format",
    "jsonl",
    "--target",
    tripleOf(arch),
    ...featureFlags(subject),
  ];
  const cli = ["--import", "tsx", "src/cli/main.ts", "inventory", dir, ...flags];
  const ended = await run("node", cli, { cwd: REPOSITORY, onLine });
  if (ended.code > 1)
    throw new Error(`ape-lint inventory ${subjectId(subject)}: ${ended.stderr.trim().slice(-400)}`);
  return rows;
}
