import { posix } from "node:path";
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
