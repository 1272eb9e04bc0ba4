import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { OWN_RULES, type Rule } from "../rules/index.ts";

/** The page about one of our own rules; it comes with the program, so it is there without a network. */
export function ownPage(rule: string): string {
  return pathToFileURL(join(OWN_RULES, rule, "README.md")).href;
}

/** The page about a rule among those that ran; undefined for what is no rule. */
export function pageIn(rules: readonly Rule[], id: string): string | undefined {
  const rule = rules.find((one) => one.id === id);
  return rule === undefined ? undefined : pathToFileURL(join(rule.folder, "README.md")).href;
}
