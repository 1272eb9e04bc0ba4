import { hostsText } from "../../util/hosts-text.ts";
import type { RuleInfo } from "../../model/rule.ts";
import { headline } from "../findings.ts";
import type { Finding } from "../findings.ts";
import { pathStep } from "../paths.ts";
import { plain } from "../plain.ts";

/** SARIF reads `[text](id)` as a link and `{0}` as a placeholder: neither may come from a crate. */
export function sarifText(text: string): string {
  return plain(text, 4000)
    .replaceAll("](", "] (")
    .replace(/\{(\d+)\}/g, "{{$1}}");
}

/** The first sentence stands alone as the alert's title; no markdown; ends with a period. */
export function resultMessage(one: Finding, rules: ReadonlyMap<string, RuleInfo>): string {
  const { package: owner, best } = one;
  const sentences = [headline(one, rules)];
  if (one.hosts.length > 0) sentences.push(`Hosts: ${hostsText(one.hosts)}`);
  if (!owner.own) {
    const names = owner.path.map((step) => pathStep(step).name);
    const way = names.length > 1 ? ` (${names.join(" → ")})` : "";
    sentences.push(`In ${owner.name} ${owner.version}${way}`);
  }
  if (best.reachable === "no") sentences.push("Nothing in this program leads here");
  if (best.active === "unknown") sentences.push("Only if a cfg holds that a build script decides");
  if (best.demoted) sentences.push(`Weaker: ${best.demoted.how}`);
  const help = best.help ?? rules.get(one.rule)?.help;
  if (help) sentences.push(help);
  return sarifText(sentences.map((text) => text.replace(/[.\s]+$/, "")).join(". ") + ".");
}
