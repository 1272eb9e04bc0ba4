import type { RuleInfo } from "../model/rule.ts";

/** What is told about a rule: all that it says of itself, not how it sees. */
export function ruleInfo(rule: RuleInfo): RuleInfo {
  const { id, title, description, help, harm, level, confidence, taxa, tags, links } = rule;
  return { id, title, description, help, harm, level, confidence, taxa, tags, links };
}
