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

/** Whether the compiler finds the file in a variable: what stands there then, somebody makes while a crate is built. */
export function namesVariable(argument: string): boolean {
  return /OUT_DIR|env!/.test(argument);
}

const IN_MACRO = /\binclude!\s*[({[]\s*("[^"\n]*")/g;
/** What a macro may hand to one: `data_table_path => "../tables/emoji.rsv"`. */
const PATH_OF_CODE = /("[\w./-]*\w\.(?:rs|rsv|in|inc|inl|expr)")/g;

/** Macros whose files are no code, and the one whose file is read for itself. */
const OTHERS = /(?:^|::)include(?:_str|_bytes)?$/;

/** A file that code in a body may bring in, as it is named there. */
export interface BodyInclude {
  readonly argument: string;
  /** Whether an `include!` stands there; else a macro was given what looks like the name of one. */
  readonly surely: boolean;
}

/** What each `include!` inside a body names, and what macros may put into one. */
export function* bodyIncludes(facts: FileFacts, worlds: Worlds): Iterable<BodyInclude> {
  for (const { argument, cfg } of facts.includes)
    if (cfg === 0 || evalActive(facts.cfgs[cfg]!, worlds) !== 0) yield { argument, surely: true };
  for (const text of macroTexts(facts)) {
    const surely = text.includes("include!");
    for (const [, argument] of text.matchAll(surely ? IN_MACRO : PATH_OF_CODE))
      yield { argument: argument!, surely };
  }
}

function* macroTexts({ items, calls, paths }: FileFacts): Iterable<string> {
  for (const { macro, target = "" } of items)
    if (macro !== undefined && !OTHERS.test(target)) yield macro.text;
  for (const { macro, path } of calls) if (!OTHERS.test(paths[path]!)) yield macro.text;
}
