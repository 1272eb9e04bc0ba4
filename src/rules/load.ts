import { loadSpecs } from "./load-specs.ts";
import { compileRule, type Rule } from "./rule.ts";

/** Reads every rule folder under the given folders, by default our own, ready to be applied; errors as of `loadSpecs`. */
export async function loadRules(options: { dirs?: readonly string[] } = {}): Promise<Rule[]> {
  const specs = await loadSpecs(options);
  return specs.map(({ spec, folder, file }) => compileRule({ spec, folder, place: file }));
}
