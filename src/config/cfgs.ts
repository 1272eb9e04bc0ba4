import type { CfgAtom } from "../model/workspace.ts";
import { InputError, messageOf } from "../util/errors.ts";

/** Reads `name` or `name="value"`, quotes or not, as `--cfg` of rustc. Throws with a reason. */
export function parseCfg(text: string): CfgAtom {
  const found =
    /^\s*(?<name>[\p{XID_Start}_]\p{XID_Continue}*)\s*(?:=\s*(?:"(?<quoted>[^"]*)"|(?<bare>[^"]+)))?$/u.exec(
      text,
    );
  const name = found?.groups?.["name"];
  if (name === undefined) throw new Error('a cfg is `name` or `name="value"`.');
  const value = found?.groups?.["quoted"] ?? found?.groups?.["bare"]?.trim();
  return value === undefined ? { name } : { name, value };
}

/** The cfgs of a configuration. Throws an InputError with the place of one that is none. */
export function cfgsOf(
  texts: readonly string[] | undefined,
  placeOf: (path: readonly (string | number)[]) => string,
): CfgAtom[] {
  return (texts ?? []).map((text, index) => {
    try {
      return parseCfg(text);
    } catch (error) {
      const place = placeOf(["cfgs", index]);
      throw new InputError(`\`${text}\` is no cfg: ${messageOf(error)}`, { place });
    }
  });
}
