import { mkdirSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";

import { InputError } from "../util/errors.ts";

/** The user's cargo folder: registry sources and the user's own configuration. */
export function cargoHome(env: NodeJS.ProcessEnv = process.env): string {
  return path.resolve(env["CARGO_HOME"] || path.join(homedir(), ".cargo"));
}

/** Makes a folder of our own, in the cache; an InputError when that is not possible. */
export function ensureFolder(dir: string): string {
  try {
    mkdirSync(dir, { recursive: true });
    return dir;
  } catch (cause) {
    throw new InputError("this folder of the cache cannot be made", {
      place: dir,
      hint: "choose another with APE_LINT_CACHE",
      cause,
    });
  }
}
