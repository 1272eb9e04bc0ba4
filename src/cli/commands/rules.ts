import path from "node:path";
import type { RuleInfo } from "../../model/rule.ts";
import { loadRules, OWN_RULES } from "../../rules/index.ts";
import { columns } from "../columns.ts";
import { formsOf } from "../forms.ts";
import { readFlags } from "../flags.ts";
import type { Invocation } from "../invocation.ts";
import { deliver, outputsOf } from "../output.ts";
import { ruleInfo } from "../rule-info.ts";

/** Lists every rule: ours, and those of `--rules`. */
export async function run({ options, io }: Invocation): Promise<number> {
  const flags = readFlags(options);
  const outputs = formsOf(outputsOf(flags), ["text", "json"], "rules are not");
  const dirs = [OWN_RULES, ...flags.rules.map((dir) => path.resolve(io.cwd, dir))];
  const rules = await loadRules({ dirs });
  for (const { form, request } of outputs) await deliver(request, written(form, rules), io);
  return 0;
}

function written(form: "text" | "json", rules: readonly RuleInfo[]): string {
  if (form === "json") return `${JSON.stringify(rules.map(ruleInfo), null, 2)}\n`;
  return columns(
    rules.map(({ id, level, harm, taxa, title }) => [id, level, harm, taxa.join(" "), title]),
  );
}
