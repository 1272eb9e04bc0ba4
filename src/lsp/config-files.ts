import { basename, dirname } from "node:path";
import { checkConfigText, CONFIG_NAMES } from "../config/index.ts";
import { ruleOf } from "../rules/read.ts";
import { InputError } from "../util/errors.ts";
import { problemSquiggle } from "./diagnostics/problems.ts";
import type { Squiggle } from "./diagnostics/squiggle.ts";
import type { OpenDocument } from "./documents.ts";

const NAMES = new Set<string>(CONFIG_NAMES.map((name) => basename(name)));

/** Whether a file is a configuration or a rule: it is checked while it is written. */
export function isChecked(path: string): boolean {
  return NAMES.has(basename(path)) || basename(path) === "rule.yml";
}

/** What is wrong in a configuration or a rule as it is in the editor. */
export function checkFile({ path, text }: OpenDocument): Squiggle[] {
  try {
    if (basename(path) === "rule.yml") ruleOf({ text, file: path });
    else checkConfigText(text, path);
    return [];
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return [problemSquiggle(error, dirname(path))];
  }
}
