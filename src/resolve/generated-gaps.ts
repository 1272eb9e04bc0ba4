import type { Written } from "../extract/written-code.ts";
import type { NotAnalysed } from "../model/place.ts";
import type { Crate, Generated } from "./graph.ts";

/**
 * What code that is made while a crate is built may hide.
 *
 * @param written what the package's build script makes such code of; nothing telling: it hides nothing
 */
export function generatedGaps(crate: Crate, written: Written | undefined): NotAnalysed[] {
  return crate.generated.flatMap((one) => gapOf(one, written) ?? []);
}

function gapOf(
  { file, path, surely }: Generated,
  written: Written | undefined,
): NotAnalysed | undefined {
  const cause = "generated-code";
  const variable = /\benv!\s*\(\s*"(\w+)"/.exec(path)?.[1] ?? "OUT_DIR";
  const ofScript = variable === "OUT_DIR" || written?.variables.includes(variable) === true;
  if (!ofScript) {
    const message = `include! of code from a place that ${variable} names`;
    // rustc ends where a variable is not set: what may be left out is, unless somebody sets it
    return surely ? { cause, message, file } : { cause, message, file, variable };
  }
  const message = "include! of code that a build script generates";
  if (written === undefined) return { cause, message, file };
  const [first] = written.telling;
  return first === undefined
    ? undefined
    : { cause, message: `${message}, whose makings hold: ${first}`, file };
}
