import type { RuleInfo } from "../model/rule.ts";
import type { RuleFile } from "./schema.ts";

/** What a rule says of itself. */
export function infoOf(spec: RuleFile): RuleInfo {
  const { id, title, description, help, harm, level, confidence, tags, links } = spec;
  const taxa = spec.taxa.map((ref) => (typeof ref === "string" ? ref : ref.id));
  const unique = [...new Set(taxa)];
  return { id, title, description, help, harm, level, confidence, tags, links, taxa: unique };
}
