/** Rules: data that is joined with facts. Nothing here reads a crate. */
export { applyRules } from "./apply.ts";
export type { ApplyOptions, ReachableOf } from "./apply.ts";
export { loadOwnRule, loadRules, loadTaxonomy, OWN_RULES, ruleOf } from "./load.ts";
export type { Rule } from "./rule.ts";
