import type { CfgAtom } from "../model/workspace.ts";

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
