import path from "node:path";
import type { RuleInfo } from "../../model/rule.ts";
import { loadRules, OWN_RULES } from "../../rules/index.ts";
import { InputError } from "../../util/errors.ts";
import { columns } from "../columns.ts";
import { readFlags } from "../flags.ts";
import type { Invocation } from "../invocation.ts";
import { deliver, outputsOf } from "../output.ts";

/** Lists every rule: ours, and those of `--rules`. */
export async function run({ options, io }: Invocation): Promise<number> {
  const flags = readFlags(options);
  const dirs = [OWN_RULES, ...flags.rules.map((dir) => path.resolve(io.cwd, dir))];
  const rules = await loadRules({ dirs });
  for (const request of outputsOf(flags))
    await deliver(request, written(request.format, rules), io);
  return 0;
}

function written(format: string, rules: readonly RuleInfo[]): string {
  if (format === "json") return `${JSON.stringify(rules.map(infoOf), null, 2)}\n`;
  if (format !== "text") {
    throw new InputError(`rules are not told as ${format}`, { hint: "take text or json" });
  }
  return columns(
    rules.map(({ id, level, harm, taxa, title }) => [id, level, harm, taxa.join(" "), title]),
  );
}

function infoOf(rule: RuleInfo): RuleInfo {
  const { id, title, description, help, harm, level, confidence, taxa, tags, links } = rule;
  return { id, title, description, help, harm, level, confidence, taxa, tags, links };
}
