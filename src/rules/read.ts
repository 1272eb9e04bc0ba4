import path from "node:path";
import { readOwnYaml } from "../util/checked.ts";
import { InputError } from "../util/errors.ts";
import { yamlPlace } from "../util/yaml.ts";
import { RULE_FORM } from "./load-specs.ts";
import { compileRule, type Rule } from "./rule.ts";
import { ruleSchema } from "./schema.ts";

/** Makes a rule of the text of its file. Throws an InputError with the place of a mistake. */
export function ruleOf({ text, file }: { text: string; file: string }): Rule {
  const folder = path.dirname(file);
  const name = path.basename(folder);
  const own = { form: RULE_FORM, name, text, file };
  const spec = readOwnYaml({ ...own, schema: () => ruleSchema }).value;
  if (spec.id !== name) {
    throw new InputError(`the id \`${spec.id}\` is not the name of its folder`, {
      place: yamlPlace({ text, file, path: ["id"] }),
      hint: `call it ${name}`,
    });
  }
  return compileRule({ spec, folder, place: file });
}
