import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Taxon } from "../model/rule.ts";
import { InputError } from "../util/errors.ts";
import { readYaml, yamlPlace } from "../util/yaml.ts";
import { compileRule } from "./rule.ts";
import type { Rule } from "./rule.ts";
import { ruleSchema, taxonomySchema } from "./schema.ts";
import { readRegularText } from "../util/regular-file.ts";

/** The rules that ship with ape-lint; the same folder from `src/` and from `dist/`. */
export const OWN_RULES = fileURLToPath(new URL("../../rules", import.meta.url));

/**
 * Reads every rule folder under the given folders, by default our own; sorted by id. Throws an InputError that
 * names file, line and column when a rule is not well formed, and when two rules share an id.
 */
export async function loadRules(options: { dirs?: readonly string[] } = {}): Promise<Rule[]> {
  const rules = (await Promise.all((options.dirs ?? [OWN_RULES]).map(rulesIn))).flat();
  const byId = new Map<string, Rule>();
  for (const rule of rules) {
    const twin = byId.get(rule.id);
    if (twin !== undefined) {
      throw new InputError(`two rules have the id \`${rule.id}\``, {
        place: rule.folder,
        hint: `the other is ${twin.folder}`,
      });
    }
    byId.set(rule.id, rule);
  }
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Reads the list of findings that rules refer to. */
export async function loadTaxonomy(options: { dir?: string } = {}): Promise<Taxon[]> {
  const file = path.join(options.dir ?? OWN_RULES, "taxonomy.yml");
  return readYaml({ text: await readText(file), file, schema: taxonomySchema }).taxa;
}

async function rulesIn(dir: string): Promise<Rule[]> {
  const entries = await readdir(dir, { withFileTypes: true }).catch((cause: unknown) => {
    throw new InputError("cannot read the folder of rules", {
      place: dir,
      hint: "a folder of rules holds one folder for each rule, with a rule.yml in it",
      cause,
    });
  });
  return Promise.all(
    entries
      .filter((entry) => entry.isDirectory())
      .map((entry) => loadRule(path.join(dir, entry.name))),
  );
}

/** One of our own rules, read without the others; undefined when none has that id. */
export async function loadOwnRule(id: string): Promise<Rule | undefined> {
  if (!/^[a-z][a-z\d-]*$/u.test(id)) return undefined;
  const folder = path.join(OWN_RULES, id);
  return existsSync(path.join(folder, "rule.yml")) ? loadRule(folder) : undefined;
}

/** Reads one rule folder. */
export async function loadRule(folder: string): Promise<Rule> {
  const file = path.join(folder, "rule.yml");
  return ruleOf({ text: await readText(file, "every folder here is a rule and holds a rule.yml"), file });
}

/** Makes a rule of the text of its file. Throws an InputError with the place of a mistake. */
export function ruleOf({ text, file }: { text: string; file: string }): Rule {
  const folder = path.dirname(file);
  const spec = readYaml({ text, file, schema: ruleSchema });
  if (spec.id !== path.basename(folder)) {
    throw new InputError(`the id \`${spec.id}\` is not the name of its folder`, {
      place: yamlPlace({ text, file, path: ["id"] }),
      hint: `call it ${path.basename(folder)}`,
    });
  }
  return compileRule({ spec, folder, place: file });
}

async function readText(file: string, hint?: string): Promise<string> {
  try {
    return readRegularText(file);
  } catch (cause) {
    const why = hint === undefined ? {} : { hint };
    throw new InputError("cannot read the file", { place: file, cause, ...why });
  }
}
