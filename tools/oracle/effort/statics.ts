import { readFile } from "node:fs/promises";
import { z } from "zod";
import { loadProfile } from "../../../src/kb/profiles.ts";

const Table = z.object({
  rows: z.record(z.string(), z.object({ class: z.string(), runtime: z.boolean().optional() })),
});

/**
 * Constants that a forked libc would turn into extern statics: those that differ between the hosts
 * (or are absent on one) and are variables in Cosmopolitan, so that there is something to link to.
 */
export async function divergentConstants(file: string): Promise<Set<string>> {
  const { rows } = Table.parse(JSON.parse(await readFile(file, "utf8")));
  const divergent = Object.entries(rows).filter(
    ([, row]) => row.runtime === true && (row.class === "differs" || row.class === "absent"),
  );
  return new Set(divergent.map(([name]) => name));
}

/** Constants that an SDK's libc really turns into extern statics, as far as its profile says. */
export function profileStatics(id: string): Set<string> {
  const repairs = Object.entries(loadProfile(id).constants);
  return new Set(
    repairs.filter(([, repair]) => repair.mode === "extern-static").map(([name]) => name),
  );
}

/** What the second oracle makes statics: all that diverges, and what the profile makes one anyway. */
export async function effortStatics(constants: string, profile: string): Promise<Set<string>> {
  return new Set([...(await divergentConstants(constants)), ...profileStatics(profile)]);
}
