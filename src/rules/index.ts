/** Rules: data that is joined with facts. Nothing here reads a crate. */
export { applyRules } from "./apply.ts";
export type { ApplyOptions, ReachableOf } from "./apply.ts";
export { askedOfStd } from "./asked.ts";
export { Before } from "./before.ts";
export { OWN_RULES } from "./load-specs.ts";
export { loadRules } from "./load.ts";
export type { Rule } from "./rule.ts";
