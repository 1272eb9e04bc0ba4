import type { CfgAtom } from "../model/workspace.ts";

/** A cfg as `--cfg` takes it: `name` or `name="value"`. */
export function cfgText({ name, value }: CfgAtom): string {
  return value === undefined ? name : `${name}=${JSON.stringify(value)}`;
}
