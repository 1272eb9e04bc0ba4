import type { Result } from "../model/result.ts";
import { HARMS, LEVELS } from "../model/rule.ts";

/** What stops the build first, then by level, then how the harm shows. */
export function compareHarm(a: Result, b: Result): number {
  return (
    Number(b.harm === "build") - Number(a.harm === "build") ||
    LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) ||
    HARMS.indexOf(a.harm) - HARMS.indexOf(b.harm)
  );
}
