/** Rules: data that is joined with facts. Nothing here reads a crate. */
export { applyRules } from "./apply.ts";
export type { ApplyOptions, ReachableOf } from "./apply.ts";
export { loadRules, OWN_RULES } from "./load.ts";
export type { Rule } from "./rule.ts";
