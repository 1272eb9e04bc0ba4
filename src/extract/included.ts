import { posix } from "node:path";
import type { FileFacts } from "./facts.ts";
import { evalActive, type Worlds } from "../syntax/cfg-eval.ts";
import { stringValue } from "../syntax/strings.ts";

const LITERAL = String.raw`((?:r#*)?"[^"\n]*"#*)`;
const PLAIN = new RegExp(`^${LITERAL}$`);
const IN_FOLDER = new RegExp(
  String.raw`^(?:(?:::)?(?:std|core)::)?concat!\s*\(\s*(?:(?:::)?(?:std|core)::)?env!\s*\(\s*"CARGO_MANIFEST_DIR"\s*\)\s*,\s*${LITERAL}\s*(?:,\s*)?\)$`,
);

/**
 * The file that `include!` brings in, relative to the package's folder.
 *
 * @param argument what stands between the parentheses
 * @param from the file that it stands in
 * @returns undefined when the argument is neither a plain path, nor one from the package's folder on
 */
export function includedFile(argument: string, from: string): string | undefined {
  const text = argument.trim().replace(/,$/, "").trimEnd();
  const plain = PLAIN.exec(text)?.[1];
  if (plain !== undefined) return posix.join(posix.dirname(from), stringValue(plain));
  const inFolder = IN_FOLDER.exec(text)?.[1];
  return inFolder === undefined ? undefined : posix.join(".", stringValue(inFolder));
}

const IN_MACRO = /\binclude!\s*[({[]\s*("[^"\n]*")/g;

/** What stands between the parentheses of each `include!` inside a body, and of those that macros may put into one. */
export function* bodyIncludes(
  { includes, cfgs, items, calls }: FileFacts,
  worlds: Worlds,
): Iterable<string> {
  for (const { argument, cfg } of includes)
    if (cfg === 0 || evalActive(cfgs[cfg]!, worlds) !== 0) yield argument;
  const texts = [
    ...items.flatMap(({ macro, target }) => (target === "include" ? [] : (macro?.text ?? []))),
    ...calls.map(({ macro }) => macro.text),
  ];
  for (const text of texts)
    if (text.includes("include!"))
      for (const [, argument] of text.matchAll(IN_MACRO)) yield argument!;
}
