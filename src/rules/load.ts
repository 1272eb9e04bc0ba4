import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { InputError } from "../util/errors.ts";
import { checkedValue } from "../util/checked.ts";
import { compileRule, RULE_FORM } from "./rule.ts";
import type { Rule } from "./rule.ts";
import type { RuleFile } from "./schema.ts";
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
async function loadRule(folder: string): Promise<Rule> {
  const file = path.join(folder, "rule.yml");
  const text = readText(file);
  const checked = checkedValue({ form: RULE_FORM, name: path.basename(folder), text });
  if (checked !== undefined)
    return compileRule({ spec: checked as RuleFile, folder, place: file });
  // NOTE: only who has rules of their own waits for what reads them.
  const { ruleOf } = await import("./read.ts");
  return ruleOf({ text, file });
}

function readText(file: string): string {
  try {
    return readRegularText(file);
  } catch (cause) {
    const hint = "every folder here is a rule and holds a rule.yml";
    throw new InputError("cannot read the file", { place: file, cause, hint });
  }
}
