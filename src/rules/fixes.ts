import type { Result } from "../model/result.ts";
import type { Judged } from "./judge.ts";

/** The repairs of all results that are told as one. */
export function fixesOf(judged: readonly Judged[]): Pick<Result, "fixes"> {
  const fixes = judged.flatMap(({ result }) => result.fixes ?? []);
  return fixes.length === 0 ? {} : { fixes };
}
