import type { Result } from "../model/result.ts";
import type { ResultFilter } from "../model/verdict.ts";

/** A result with what its package tells about it. */
export interface Placed {
  readonly result: Result;
  readonly source: "path" | "registry" | "git";
}

const FIELDS: {
  readonly [K in keyof Omit<ResultFilter, "closed" | "demoted">]-?: (placed: Placed) => string;
} = {
  rule: ({ result }) => result.rule,
  harm: ({ result }) => result.harm,
  level: ({ result }) => result.level,
  confidence: ({ result }) => result.confidence,
  active: ({ result }) => result.active,
  reachable: ({ result }) => result.reachable,
  source: ({ source }) => source,
  suppressed: ({ result }) => result.suppressed?.kind ?? "no",
};

/** True when every field that the filter gives fits. */
export function fits(placed: Placed, filter: ResultFilter): boolean {
  const { closed, demoted } = filter;
  if (closed !== undefined && (placed.result.closed !== undefined) !== closed) return false;
  if (demoted !== undefined && (placed.result.demoted !== undefined) !== demoted) return false;
  return (Object.keys(FIELDS) as (keyof typeof FIELDS)[]).every((field) => {
    const wanted = filter[field];
    return wanted === undefined || isIn(FIELDS[field](placed), wanted);
  });
}

type Wanted = string | readonly string[] | { readonly not: string | readonly string[] };

function isIn(value: string, wanted: Wanted): boolean {
  if (typeof wanted === "string") return value === wanted;
  if ("not" in wanted) return !isIn(value, wanted.not);
  return wanted.includes(value);
}
