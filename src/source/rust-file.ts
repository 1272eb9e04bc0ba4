import { basename, dirname, resolve } from "node:path";
import { InputError } from "../util/errors.ts";
import { PackageReader } from "./read-file.ts";

/** One Rust file that the user named: its text and where it is. Anything wrong with it is an `InputError`. */
export function readRustFile(path: string): {
  readonly text: string;
  readonly dir: string;
  readonly file: string;
} {
  const dir = dirname(resolve(path));
  const file = basename(path);
  const source = open(dir, path).read(file);
  if ("text" in source) return { text: source.text, dir, file };
  if ("missing" in source) throw new InputError("there is no such file", { place: path });
  throw new InputError(source.problem.message, { place: path });
}

function open(dir: string, path: string): PackageReader {
  try {
    return new PackageReader(dir);
  } catch (cause) {
    throw new InputError("there is no such folder", { place: path, cause });
  }
}
