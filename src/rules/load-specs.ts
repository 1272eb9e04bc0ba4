import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { InputError } from "../util/errors.ts";
import { checkedValue } from "../util/checked.ts";
import type { RuleFile } from "./schema.ts";
import { readRegularText } from "../util/regular-file.ts";

/** What the build calls the texts of rules. */
export const RULE_FORM = "rule";

/** What the file of a rule says, and where that is. */
export interface RuleSpec {
  readonly spec: RuleFile;
  /** Absolute folder that it was read from. */
  readonly folder: string;
  readonly file: string;
}

/** The rules that ship with ape-lint; the same folder from `src/` and from `dist/`. */
export const OWN_RULES = fileURLToPath(new URL("../../rules", import.meta.url));

/**
 * Reads every rule folder under the given folders, by default our own; sorted by id. Throws an InputError that
 * names file, line and column when a rule is not well formed, and when two rules share an id.
 */
export async function loadSpecs(options: { dirs?: readonly string[] } = {}): Promise<RuleSpec[]> {
  const rules = (await Promise.all((options.dirs ?? [OWN_RULES]).map(specsIn))).flat();
  const byId = new Map<string, RuleSpec>();
  for (const rule of rules) {
    const twin = byId.get(rule.spec.id);
    if (twin !== undefined) {
      throw new InputError(`two rules have the id \`${rule.spec.id}\``, {
        place: rule.folder,
        hint: `the other is ${twin.folder}`,
      });
    }
    byId.set(rule.spec.id, rule);
  }
  return [...byId.values()].sort((a, b) => (a.spec.id < b.spec.id ? -1 : 1));
}

async function specsIn(dir: string): Promise<RuleSpec[]> {
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
      .map((entry) => loadSpec(path.join(dir, entry.name))),
  );
}

/** What one of our own rules says, read without the others; undefined when none has that id. */
export async function loadOwnSpec(id: string): Promise<RuleSpec | undefined> {
  if (!/^[a-z][a-z\d-]*$/u.test(id)) return undefined;
  const folder = path.join(OWN_RULES, id);
  return existsSync(path.join(folder, "rule.yml")) ? loadSpec(folder) : undefined;
}

async function loadSpec(folder: string): Promise<RuleSpec> {
  const file = path.join(folder, "rule.yml");
  const text = readText(file);
  const checked = checkedValue({ form: RULE_FORM, name: path.basename(folder), text });
  if (checked !== undefined) return { spec: checked as RuleFile, folder, file };
  // NOTE: only who has rules of their own waits for what reads them.
  const { ruleOf } = await import("./read.ts");
  return { spec: ruleOf({ text, file }).spec, folder, file };
}

function readText(file: string): string {
  try {
    return readRegularText(file);
  } catch (cause) {
    const hint = "every folder here is a rule and holds a rule.yml";
    throw new InputError("cannot read the file", { place: file, cause, hint });
  }
}
