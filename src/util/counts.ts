import type { Result } from "../model/result.ts";

/** Whether a result is a problem of the program: no profile repairs it, nobody answers for it, and the program may get there. */
export function counts({
  closed,
  suppressed,
  reachable,
}: Pick<Result, "closed" | "suppressed" | "reachable">): boolean {
  return closed === undefined && suppressed === undefined && reachable !== "no";
}
