import { homedir } from "node:os";
import path from "node:path";

/** The user's cargo folder: registry sources and the user's own configuration. */
export function cargoHome(env: NodeJS.ProcessEnv = process.env): string {
  return path.resolve(env["CARGO_HOME"] || path.join(homedir(), ".cargo"));
}
