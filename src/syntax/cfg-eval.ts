import type { CfgExpr } from "./cfg.ts";

/** Three-valued truth, ordered so that "and" is the minimum and "or" the maximum. */
export const NO = 0;
export const UNKNOWN = 1;
export const YES = 2;
export type Truth = 0 | 1 | 2;

/** What is known about one configuration: a predicate without operators is looked up here. */
export type CfgWorld = (name: string, value: string | undefined) => Truth;

/** Evaluate a predicate as rustc would, with `UNKNOWN` for what only a build script knows. */
export function evalCfg(expr: CfgExpr, world: CfgWorld): Truth {
  if (expr.op === "is") return world(expr.name, expr.value);
  if (expr.op === "not") return (2 - evalCfg(expr.arg, world)) as Truth;
  let truth: Truth = expr.op === "all" ? YES : NO;
  for (const arg of expr.args) {
    const one = evalCfg(arg, world);
    truth = (expr.op === "all" ? Math.min(truth, one) : Math.max(truth, one)) as Truth;
  }
  return truth;
}

/** The truth of something for both architectures at once: bits 0–1 for x86_64, bits 2–3 for aarch64. */
export type Active = number;

export const ACTIVE_ALL: Active = YES | (YES << 2);

/** Worlds of the two architectures, in the order of `ARCHS`; an architecture that is not built has none. */
export type Worlds = readonly [CfgWorld | undefined, CfgWorld | undefined];

export function evalActive(expr: CfgExpr, worlds: Worlds): Active {
  const x = worlds[0] === undefined ? NO : evalCfg(expr, worlds[0]);
  const a = worlds[1] === undefined ? NO : evalCfg(expr, worlds[1]);
  return x | (a << 2);
}

/** Both hold, per architecture. */
export function bothActive(a: Active, b: Active): Active {
  return Math.min(a & 3, b & 3) | (Math.min(a >> 2, b >> 2) << 2);
}

/** Of something that is there in two ways. */
export function eitherActive(a: Active, b: Active): Active {
  return Math.max(a & 3, b & 3) | (Math.max(a >> 2, b >> 2) << 2);
}

/** Known to be there on at least one architecture. */
export function surelyActive(active: Active): boolean {
  return (active & 3) === YES || active >> 2 === YES;
}
