import type { Result } from "../model/result.ts";
import type { ResultFilter } from "../model/verdict.ts";
import type { PackageSource } from "../model/workspace.ts";

/** A result with what its package tells about it. */
export interface Placed {
  readonly result: Result;
  readonly source: PackageSource;
  readonly own: boolean;
}

type Flag = "own" | "taxa" | "closed" | "demoted";

const WORDS: { readonly [K in Exclude<keyof ResultFilter, Flag>]-?: (placed: Placed) => string } = {
  rule: ({ result }) => result.rule,
  harm: ({ result }) => result.harm,
  level: ({ result }) => result.level,
  confidence: ({ result }) => result.confidence,
  active: ({ result }) => result.active,
  reachable: ({ result }) => result.reachable,
  source: ({ source }) => source,
  suppressed: ({ result }) => result.suppressed?.kind ?? "no",
};

const FLAGS: { readonly [K in Flag]: (placed: Placed) => boolean } = {
  own: ({ own }) => own,
  taxa: ({ result }) => result.taxa.length > 0,
  closed: ({ result }) => result.closed !== undefined,
  demoted: ({ result }) => result.demoted !== undefined,
};

const WORD_FIELDS = Object.keys(WORDS) as (keyof typeof WORDS)[];
const FLAG_FIELDS = Object.keys(FLAGS) as Flag[];

/** True when every field that the filter gives fits. */
export function fits(placed: Placed, filter: ResultFilter): boolean {
  for (const field of FLAG_FIELDS) {
    const wanted = filter[field];
    if (wanted !== undefined && FLAGS[field](placed) !== wanted) return false;
  }
  return WORD_FIELDS.every((field) => {
    const wanted = filter[field];
    return wanted === undefined || isIn(WORDS[field](placed), wanted);
  });
}

type Wanted = string | readonly string[] | { readonly not: string | readonly string[] };

function isIn(value: string, wanted: Wanted): boolean {
  if (typeof wanted === "string") return value === wanted;
  if ("not" in wanted) return !isIn(value, wanted.not);
  return wanted.includes(value);
}
