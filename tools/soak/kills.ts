import { readFileSync } from "node:fs";
import { z } from "zod";

const kills = z.object({
  /** Runs that were begun to be killed, and those of them that were in time. */
  begun: z.number(),
  killed: z.number(),
  /** Runs in between that nobody killed. */
  looks: z.number(),
  /** Answers that were others than without any kill. */
  wrong: z.number(),
});
export type Kills = z.infer<typeof kills>;

/** What `test/faults/kill.test.ts` wrote down, all together; undefined when there is nothing. */
export function readKills(file: string): Kills | undefined {
  const all = linesOf(file).map((line) => kills.parse(JSON.parse(line)));
  if (all.length === 0) return undefined;
  const sum = (key: keyof Kills): number => all.reduce((total, one) => total + one[key], 0);
  return { begun: sum("begun"), killed: sum("killed"), looks: sum("looks"), wrong: sum("wrong") };
}

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, "utf8").split("\n").filter(Boolean);
  } catch {
    return [];
  }
}
